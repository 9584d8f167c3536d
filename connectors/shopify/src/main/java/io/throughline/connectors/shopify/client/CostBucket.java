package io.throughline.connectors.shopify.client;

import io.throughline.domain.account.CallBudget;
import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a shop still lets us spend, as its answers tell it. A call that would be throttled is not sent but told how long to wait;
 * background work waits while less than a quarter of the bucket is left. Thread-safe; one per shop.
 */
final class CostBucket {
    private static final double BACKGROUND_RESERVE = 0.25;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final Clock clock;
    private final Map<Operation, Double> told = new EnumMap<>(Operation.class);
    private boolean known;
    private double maximum;
    private double restoredPerSecond;
    private double left;
    private Instant asOf = Instant.EPOCH;
    private double inFlight;

    CostBucket(Clock clock) {
        this.clock = clock;
    }

    /** Lets the call go, or says by a failure how long it must wait. The permit is closed when the call has ended. */
    synchronized Permit admit(Operation operation) {
        double cost = told.getOrDefault(operation, operation.expectedCost());
        if (known) {
            double reserve = operation.urgency() == Operation.Urgency.BACKGROUND ? maximum * BACKGROUND_RESERVE : 0;
            double needed = Math.min(cost + reserve, maximum);
            double free = leftNow() - inFlight;
            if (free < needed) {
                throw SystemFailure.rateLimited(
                        operation.file() + " waits for " + Math.ceil(needed - free) + " points",
                        waitFor(needed - free, restoredPerSecond));
            }
        }
        inFlight += cost;
        return new Permit(operation, cost);
    }

    private double leftNow() {
        double seconds = Math.max(0, Duration.between(asOf, clock.instant()).toMillis()) / 1000.0;
        return Math.min(maximum, left + seconds * restoredPerSecond);
    }

    /** What the shop has told last; empty before its first answer. */
    synchronized Optional<CallBudget> budget() {
        return known ? Optional.of(new CallBudget(left, maximum, restoredPerSecond, asOf)) : Optional.empty();
    }

    static Duration waitFor(double points, double restoredPerSecond) {
        if (restoredPerSecond <= 0) {
            return Duration.ofSeconds(1);
        }
        Duration exact = Duration.ofMillis((long) Math.ceil(Math.max(0, points) / restoredPerSecond * 1000));
        return exact.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : exact;
    }

    /** A call under way. */
    final class Permit implements AutoCloseable {
        private final Operation operation;
        private final double cost;

        private Permit(Operation operation, double cost) {
            this.operation = operation;
            this.cost = cost;
        }

        /** Takes in what the answer told. */
        void told(Cost answer) {
            synchronized (CostBucket.this) {
                known = true;
                maximum = answer.throttleStatus().maximumAvailable();
                restoredPerSecond = answer.throttleStatus().restoreRate();
                left = answer.throttleStatus().currentlyAvailable();
                asOf = clock.instant();
                told.put(operation, answer.requestedQueryCost());
            }
        }

        @Override
        public void close() {
            synchronized (CostBucket.this) {
                inFlight -= cost;
            }
        }
    }

    /** {@code extensions.cost} of an answer. */
    record Cost(double requestedQueryCost, ThrottleStatus throttleStatus) {
        /** How long until the call could have been paid for. */
        Duration untilAffordable() {
            return waitFor(requestedQueryCost - throttleStatus.currentlyAvailable(), throttleStatus.restoreRate());
        }
    }

    /** The bucket as the shop sees it. */
    record ThrottleStatus(double maximumAvailable, double currentlyAvailable, double restoreRate) {}
}
