package io.throughline.workflows.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.counter.CounterReturn.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The money of returns over a counter. */
class CounterReturnLifeTest {
    private final CounterReturnScenario scenario = new CounterReturnScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aCardIsRefundedConfirmedAndTheCoinsAreReported() {
        assertThat(scenario.refundedSlowlyAndReported()).isEqualTo("money SETTLED");

        assertThat(scenario.calls()).containsExactly("refund", "confirm", "confirm", "confirm", "close");
        assertThat(scenario.history().getEvents()).hasSizeLessThan(70);
    }

    @Test
    void whatIsRefusedEndsWithoutMoney() {
        scenario.start(Stage.UNAPPROVED);
        scenario.pass(Duration.ofMinutes(5));
        assertThat(scenario.calls()).containsExactly("approve");
        scenario.becomes(Stage.REFUSED);
        scenario.decided();

        assertThat(scenario.result()).isEqualTo("money REFUSED");
        assertThat(scenario.calls()).doesNotContain("refund").endsWith("close");
    }

    /** Goods without a receipt are much, or suspicious: a second person looks, then the card is given and followed. */
    @Test
    void whatIsApprovedIsGivenAndFollowed() {
        scenario.start(Stage.UNAPPROVED);
        scenario.pass(Duration.ofHours(30));
        assertThat(scenario.calls()).containsOnly("approve");
        scenario.becomes(Stage.TO_REFUND);
        scenario.decided();
        scenario.pass(Duration.ofMinutes(150));
        assertThat(scenario.calls()).contains("refund", "confirm").doesNotContain("close");
        scenario.becomes(Stage.SETTLED);

        assertThat(scenario.result()).isEqualTo("money SETTLED");
        assertThat(scenario.calls().stream().filter("refund"::equals)).hasSize(1);
        assertThat(scenario.calls()).endsWith("close");
    }

    /** A jacket of 600.00 that a card and coins paid, as an operator reads it in Temporal from the counter to its end. */
    @Test
    void theStoryOfAJacketThatIsApprovedRefundedAndPaidOut() {
        scenario.start(Stage.UNAPPROVED);
        scenario.pass(Duration.ofMinutes(1));
        assertThat(scenario.details())
                .contains("**Money:** UNAPPROVED, 20.00 USD", "**Goods:** 1 × NW-JKT-GRN-L", "REFUND_UNAPPROVED")
                .doesNotContain("Payout");

        scenario.becomes(Stage.TO_REFUND);
        scenario.decided();
        scenario.pass(Duration.ofMinutes(1));
        assertThat(scenario.details())
                .contains("**Money:** ON_ITS_WAY", "given as PAY1_R1")
                .doesNotContain("REFUND_UNAPPROVED");

        scenario.getsThrough();
        scenario.pass(Duration.ofHours(2));
        assertThat(scenario.details()).contains("**Money:** TO_PAY_OUT", "**Payout:** to be reported by ");

        scenario.becomes(Stage.SETTLED);
        assertThat(scenario.result()).isEqualTo("money SETTLED");
        assertThat(scenario.details()).contains("**Money:** SETTLED").doesNotContain("Payout", "Stalled");
        assertThat(scenario.calls()).containsSubsequence("approve", "refund", "confirm", "close");
    }

    @Test
    void aPayoutThatWasApprovedMayStillBeAQuestion() {
        assertThat(scenario.approvedAndNeverReported()).isEqualTo("money SETTLED");

        assertThat(scenario.calls()).containsSubsequence("approve", "review", "review", "close");
    }

    @Test
    void aPayoutThatNobodyReportsIsAQuestion() {
        scenario.start(Stage.TO_PAY_OUT);
        scenario.pass(Duration.ofHours(23));
        assertThat(scenario.calls()).isEmpty();
        scenario.pass(Duration.ofHours(2));
        assertThat(scenario.calls()).containsExactly("review");
        scenario.decided();

        assertThat(scenario.result()).isEqualTo("money SETTLED");
    }
}
