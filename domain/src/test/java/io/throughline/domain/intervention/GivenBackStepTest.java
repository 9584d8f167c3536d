package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenBackStepTest {
    @Test
    void namesTheTransactionsAndTheChange() {
        GivenBackStep step = GivenBackStep.about(List.of("R2", "R1"), "1f");

        assertThat(step.about()).isEqualTo("R1+R2 1f");
        assertThat(GivenBackStep.of(GivenBackStep.NAME + " " + step.about())).contains(step);
        assertThat(GivenBackStep.of(GivenBackStep.NAME + " R1")).contains(new GivenBackStep(Set.of("R1"), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.given-back", "order.after-end 2026-11-23T08:00:00Z 1f", "channel.accept order"})
    void othersAreNone(String step) {
        assertThat(GivenBackStep.of(step)).isEmpty();
    }

    @Test
    void onlyWhatWasGivenBackCanBecomeAReturn() {
        assertThat(caseAt("order.given-back R1").legalActions())
                .containsExactlyInAnyOrder(Action.ACCEPT_DIFFERENCE, Action.BOOK_AS_RETURN);
        assertThat(caseAt("order.late-change order").legalActions()).containsExactly(Action.ACCEPT_DIFFERENCE);
    }

    private static Case caseAt(String step) {
        Instant opened = Instant.parse("2026-11-23T08:00:00Z");
        return new Case(
                new CaseId("C-1001"),
                SampleAccounts.SHOP,
                "O-7K2M9Q4XTA",
                step,
                FailureCode.CHANGED_AFTER_SHIPMENT,
                "given back",
                CaseStatus.OPEN,
                opened,
                opened.plusSeconds(3600),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
