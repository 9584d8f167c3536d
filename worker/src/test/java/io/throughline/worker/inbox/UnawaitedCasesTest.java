package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UnawaitedCasesTest {
    private final TestingCases cases = new TestingCases(new SettableClock(Instant.parse("2026-11-23T09:00:00Z")));
    private final UnawaitedCases desk = new UnawaitedCases(cases);

    @ParameterizedTest
    @EnumSource(
            names = {
                "HOLD_NOT_TOLD",
                "WORK_MOVED",
                "ADDRESS_CHANGED",
                "DEADLINE_AT_RISK",
                "DEADLINE_MISSED",
                "PARCEL_ASTRAY",
                "LABEL_NOT_VOIDED",
                "TRACE_BROKEN",
                "PRIVACY_REQUEST",
                "OFFER_UNANSWERED"
            })
    void whoeverHasSeenToItIsAskedNoMoreThoughTheOrderGoesOn(FailureCode code) {
        Case open = open(code);

        assertThat(desk.resolve(open)).isTrue();
        assertThat(cases.open()).as("not before it is decided").hasSize(1);
        assertThat(desk.resolve(cases.decide(open.id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();

        assertThat(cases.open()).isEmpty();
    }

    @Test
    void othersAreLeftAlone() {
        assertThat(desk.resolve(open(FailureCode.ERP_REJECTED))).isFalse();
    }

    private Case open(FailureCode code) {
        return cases.open(SampleAccounts.SHOP, "O-7K2M9Q4XTA", "facility.hold-untold O-7K2M9Q4XTA-F1/1", code, "look");
    }
}
