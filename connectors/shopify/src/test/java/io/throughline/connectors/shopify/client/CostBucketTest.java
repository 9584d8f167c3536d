package io.throughline.connectors.shopify.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class CostBucketTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private final CostBucket bucket = new CostBucket(CLOCK);

    @Test
    void aBucketThatNothingIsKnownOfLetsCallsGo() {
        try (CostBucket.Permit permit = bucket.admit(Operation.ORDER_READ)) {
            assertThat(permit).isNotNull();
        }
    }

    @Test
    void whatTheShopHasToldCanBeShown() {
        assertThat(bucket.budget()).isEmpty();

        told(Operation.ORDERS_SINCE, 50, 280);

        assertThat(bucket.budget().orElseThrow().left()).isEqualTo(280);
        assertThat(bucket.budget().orElseThrow().asOf()).isEqualTo(CLOCK.instant());
    }

    @Test
    void backgroundWorkLeavesAQuarterToTheOrders() {
        told(Operation.ORDERS_SINCE, 50, 280);

        SystemFailure failure = catchThrowableOfType(
                SystemFailure.class, () -> bucket.admit(Operation.ORDERS_SINCE).close());

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(200));
        bucket.admit(Operation.ORDER_READ).close();
    }

    @Test
    void callsUnderWayAreCounted() {
        told(Operation.ORDER_CAPTURE, 10, 25);

        try (CostBucket.Permit first = bucket.admit(Operation.ORDER_CAPTURE);
                CostBucket.Permit second = bucket.admit(Operation.ORDER_CAPTURE)) {
            assertThat(first).isNotSameAs(second);
            assertThat(catchThrowableOfType(
                                    SystemFailure.class,
                                    () -> bucket.admit(Operation.ORDER_CAPTURE).close())
                            .retryAfter())
                    .contains(Duration.ofMillis(50));
        }
        bucket.admit(Operation.ORDER_CAPTURE).close();
    }

    @Test
    void aCallThatCostsMoreThanTheWholeBucketWaitsForAFullOne() {
        told(Operation.ORDER_READ, 1500, 1000);

        bucket.admit(Operation.ORDER_READ).close();
    }

    private void told(Operation operation, double requested, double left) {
        try (CostBucket.Permit permit = bucket.admit(operation)) {
            permit.told(new CostBucket.Cost(requested, new CostBucket.ThrottleStatus(1000, left, 100)));
        }
    }
}
