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
