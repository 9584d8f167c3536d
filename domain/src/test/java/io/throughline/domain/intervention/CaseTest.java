package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cases tell why a process does not get on: what they hide must be known to a person by them. */
class CaseTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "PAYMENT_DISPUTED, order.dispute order, true",
        "PAYMENT_DISPUTED, order.dispute 4711, false",
        "CHANGED_AFTER_SHIPMENT, order.late-change order, true",
        "CHANGED_AFTER_SHIPMENT, channel.accept order, true",
        "CHANGED_AFTER_SHIPMENT, order.after-end 2026-11-23T08:00:00Z 1f, false",
        "ERP_REJECTED, erp.announce order, true",
        "HOLD_NOT_TOLD, facility.hold O-7K2M9Q4XTA-F1, false"
    })
    void aDisputeHoldsAnOrderUpWhereItsProcessAsks(FailureCode code, String step, boolean holds) {
        Case open = cases.open(SampleAccounts.SHOP, "O-7K2M9Q4XTA", step, code, "words");

        assertThat(open.holdsUpProcess()).isEqualTo(holds);
        assertThat(open.tellsOfStandstill(clock.instant())).isEqualTo(holds);
        assertThat(open.awaitedByItsOrder()).isEqualTo(holds);
    }
}
