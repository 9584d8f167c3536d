package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Action;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked for otherwise than before. */
class EffectRequestsTest extends EffectsFixture {
    @Test
    void whatWasRefusedMayBeAskedForOtherwiseWhenItIsTriedAgain() {
        carryOut(key -> Reply.refused(FailureCode.ERP_REJECTED, "no such product"));

        assertThat(effects.carryOut(intent("three tees", this::done), decided(Action.RETRY)))
                .isEqualTo(Reply.done("F-1"));
    }

    @Test
    void whatWasDoneIsNeverAskedForOtherwise() {
        carryOut(this::done);

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.INTERNAL_ERROR);
    }

    @Test
    void whatCertainlyDidNothingMayBeAskedForOtherwiseUnderAnotherKey() {
        assertFails(FailureCode.SYSTEM_UNREACHABLE, this::isDown);

        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(Reply.done("F-1"));
        assertThat(calls)
                .as("a vendor refuses a key that it knows with another request")
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(probes).isZero();
        assertThat(ledger.requestOf(key())).isEqualTo("three tees");
    }

    @Test
    void whatMayHaveHappenedIsAskedForOtherwiseOnlyWhenItIsNotFound() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);

        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(Reply.done("F-1"));
        assertThat(probes).isOne();
        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whatIsFoundStaysAsItWasToldWhateverIsAskedForNow() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        probed = Optional.of(Receipt.of("F-1"));

        for (int again = 0; again < 2; again++) {
            assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                    .isEqualTo(Reply.done("F-1"));
        }
        assertThat(calls).hasSize(1);
    }

    @Test
    void whoAsksForSomethingElseMeanwhileWaitsTooAndIsToldOfARefusal() {
        hold();
        assertFails("three tees", FailureCode.EFFECT_IN_FLIGHT, this::done);

        clock.advance(LEASE);
        Reply refused = Reply.refused(FailureCode.FACILITY_REFUSED, "closed today");
        carryOut(key -> refused);
        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(refused);
        assertThat(calls).isEmpty();
    }
}
