package io.throughline.domain.marketplace;

import java.time.Duration;
import java.time.Instant;

/** By when a marketplace wants to hear of one order, counted from when it was placed: instants that are stored once and never move. */
public record MarketplaceDeadlines(Instant placedAt, Instant acknowledgeBy, Instant shipBy) {
    public MarketplaceDeadlines {
        if (!acknowledgeBy.isAfter(placedAt) || !shipBy.isAfter(placedAt)) {
            throw new IllegalArgumentException("a deadline comes after the order that it is for");
        }
    }

    /** What an order is late with. */
    public enum Kind {
        ACKNOWLEDGE,
        SHIP
    }

    public Instant by(Kind kind) {
        return switch (kind) {
            case ACKNOWLEDGE -> acknowledgeBy;
            case SHIP -> shipBy;
        };
    }

    /** From this instant on, four fifths of the time have passed. */
    public Instant atRiskFrom(Kind kind) {
        Duration whole = Duration.between(placedAt, by(kind));
        return placedAt.plus(whole.multipliedBy(4).dividedBy(5));
    }
}
