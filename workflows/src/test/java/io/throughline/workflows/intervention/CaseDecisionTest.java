package io.throughline.workflows.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.WordedDecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no process waits for is decided by starting one. */
class CaseDecisionTest {
    private final CaseDecisionScenario decision = new CaseDecisionScenario();

    @AfterEach
    void stop() {
        decision.close();
    }

    @Test
    void itEndsWithWhatCameOfIt() {
        assertThat(decision.decide("C-7 ACCEPT_DIFFERENCE")).isEqualTo("ACCEPT_DIFFERENCE for C-7");
        assertThat(decision.decide("C-7", "RETRY")).isEqualTo("RETRY for C-7");
        assertThat(decision.decide("C-7 AMEND_AND_RETRY AM-3")).isEqualTo("AM-3 for C-7");
    }

    /** It is asked for all, or for one code, and what it shows can be pasted. */
    @Test
    void whatWaitsIsSeenFirst() {
        assertThat(decision.look().cases())
                .singleElement()
                .satisfies(one -> assertThat(one.decide()).containsExactly("C-7 RETRY"));
        assertThat(decision.look("STOCK_MISSING").cases())
                .extracting(WaitingCases.Waiting::code)
                .containsExactly(FailureCode.STOCK_MISSING);
    }

    /** A process that fails to begin would be tried for ever. */
    @Test
    void whatCanNotBeReadIsAnsweredToo() {
        assertThat(decision.decide("C-7 PLEASE")).isEqualTo(WordedDecision.RULE);
        assertThat(decision.decide()).isEqualTo(WordedDecision.RULE);
        assertThat(decision.decide("C-7", "RETRY", "now")).isEqualTo("RETRY for C-7");
    }
}
