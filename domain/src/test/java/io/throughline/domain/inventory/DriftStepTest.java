package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftStepTest {
    private final TestingCases cases = new TestingCases(new SettableClock(Instant.EPOCH));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsReadAsItIsWritten(boolean shown) {
        DriftStep step = new DriftStep(SampleAccounts.SHOP, Measure.ON_HAND, shown);

        assertThat(DriftStep.of(step.toString())).contains(step);
    }

    /** Cases that were opened before the word was there. */
    @Test
    void withoutAWordItIsAboutASystemThatShowsOurStock() {
        assertThat(DriftStep.of("stock.drift northwind ON_HAND"))
                .contains(new DriftStep(AccountId.of("northwind"), Measure.ON_HAND, true));
        assertThat(DriftStep.of("stock.drift northwind ON_HAND told")).isEmpty();
    }

    @Test
    void onlyASystemThatShowsOurStockCanBeToldAgain() {
        assertThat(about(new DriftStep(SampleAccounts.SHOP, Measure.ON_HAND, true).toString())
                        .legalActions())
                .containsExactlyInAnyOrder(Action.ACCEPT_DIFFERENCE, Action.PUBLISH_AGAIN);
        assertThat(about(new DriftStep(SampleAccounts.ERP, Measure.ON_HAND, false).toString())
                        .legalActions())
                .containsExactly(Action.ACCEPT_DIFFERENCE);
        assertThat(about("stock.shortfall").legalActions()).containsExactly(Action.ACCEPT_DIFFERENCE);
    }

    private Case about(String step) {
        return cases.open(SampleAccounts.SHOP, "stock/ST-HARBOR/TEE", step, FailureCode.STOCK_DISCREPANCY, "2 apart");
    }
}
