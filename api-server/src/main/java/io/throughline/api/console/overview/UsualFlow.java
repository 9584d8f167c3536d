package io.throughline.api.console.overview;

import io.throughline.api.console.ReadBeside;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderFlow.Passed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has gone through the stages within the last 24 hours, and what usually does: the mean of up to seven such days before. There is no usual
 * day before a whole one has passed.
 */
public final class UsualFlow {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_DAYS = 7;
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Days that are over hardly change it, and there are many orders in them. */
    private static final Duration FRESH_USUAL = Duration.ofHours(1);

    private final OrderFlow flow;
    private final ReadBeside<Passed> lately;
    private final ReadBeside<Optional<Passed>> usual;

    public UsualFlow(OrderFlow flow, Clock clock) {
        this.flow = flow;
        this.lately = new ReadBeside<>("the flow of orders", now -> flow.passed(now.minus(DAY), now), FRESH, clock);
        this.usual = new ReadBeside<>("the usual flow of orders", this::usual, FRESH_USUAL, clock);
    }

    /** {@code usual} is empty where nobody knows it yet. */
    record Against(Passed lately, Optional<Passed> usual) {}

    /** What was read last; empty while the first reading is under way. */
    Optional<Against> latest() {
        Optional<Optional<Passed>> known = usual.latest();
        return lately.latest().flatMap(today -> known.map(day -> new Against(today, day)));
    }

    Optional<Passed> usual(Instant now) {
        Instant until = now.minus(DAY);
        long days = flow.firstReceived()
                .map(first -> Math.min(MOST_DAYS, Duration.between(first, until).toDays()))
                .orElse(0L);
        if (days < 1) {
            return Optional.empty();
        }
        Passed all = flow.passed(until.minus(DAY.multipliedBy(days)), until);
        return Optional.of(new Passed(
                mean(all.received(), days),
                mean(all.givenOut(), days),
                mean(all.handedOver(), days),
                mean(all.paid(), days),
                mean(all.invoiced(), days),
                mean(all.completed(), days)));
    }

    private static long mean(long sum, long days) {
        return Math.round((double) sum / days);
    }
}
