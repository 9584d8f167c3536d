package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class OrderCancellationContractTest {
    private static final String KEY = "0123456789012345678901234567890123456789";

    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @AfterEach
    void clear() {
        sandbox.noMoreFaults();
    }

    @Test
    void anOrderIsCancelledOnceAndItsMoneyGivenBack() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount");
        assertThat(cancellations().findCancellation(key)).isEmpty();

        assertThat(cancellations().cancel(key, "asked for by support", true, KEY))
                .isEqualTo(Reply.done(key.externalId()));
        assertThat(cancellations().cancel(key, "asked for by support", true, KEY))
                .isEqualTo(Reply.done(key.externalId()));

        assertThat(cancellations().findCancellation(key)).isPresent();
        assertThat(sandbox.effects(key, "orderCancel")).isEqualTo(1);
        assertThat(sandbox.connector().orders().read(key).orElseThrow().order().cancelledAt())
                .isPresent();
        assertThat(sandbox.order(key).path("financialStatus").asText()).isEqualTo("refunded");
    }

    @Test
    void afterALostReplyTheCancellationIsFound() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount");
        sandbox.fault("orderCancel", "lose_reply");

        SystemFailure failure =
                catchThrowableOfType(SystemFailure.class, () -> cancellations().cancel(key, "why", true, KEY));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(cancellations().cancel(key, "why", true, KEY)).isInstanceOf(Reply.class);
        assertThat(sandbox.effects(key, "orderCancel")).isEqualTo(1);
    }

    @Test
    void aReadingThatFailsAfterTheChangeLeavesTheOutcomeUnknown() {
        // A quick job may be done before it has to be looked for.
        try (TestingSandbox slow = TestingSandbox.startWithSlowJobs()) {
            OrderKey key = slow.take("orders_paid_two_lines_tax_discount");
            slow.fault("job", "status");

            SystemFailure failure = catchThrowableOfType(
                    SystemFailure.class, () -> slow.connector().cancellations().cancel(key, "why", true, KEY));

            assertThat(failure.effectPossible()).isTrue();
        }
    }

    @Test
    void aJobThatIsNotDoneIsAnUnknownOutcome() {
        try (TestingSandbox slow = TestingSandbox.startWithSlowJobs()) {
            OrderKey key = slow.take("orders_paid_two_lines_tax_discount");

            SystemFailure failure = catchThrowableOfType(
                    SystemFailure.class, () -> slow.impatient().cancellations().cancel(key, "why", true, KEY));

            assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
            assertThat(failure.effectPossible()).isTrue();
            assertThat(slow.connector().cancellations().findCancellation(key)).isEmpty();
        }
    }

    @Test
    void anOrderThatShopifyDoesNotHaveIsRefused() {
        assertThat(cancellations().cancel(new OrderKey(SampleShops.NORTHWIND, "404"), "why", true, KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.CHANNEL_REFUSED));
    }

    private static OrderCancellation cancellations() {
        return sandbox.connector().cancellations();
    }
}
