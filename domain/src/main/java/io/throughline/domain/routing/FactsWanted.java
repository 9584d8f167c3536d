package io.throughline.domain.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What else than stock a plan wants to know: the work of each facility, counted since {@code workSince}; how stock moves; the brands of the goods;
 * the instant by which a marketplace wants the order shipped. What nobody minds is not read.
 */
public record FactsWanted(Optional<Instant> workSince, boolean turnover, boolean brands, boolean shipBy) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final FactsWanted STOCK = new FactsWanted(Optional.empty(), false, false, false);

    public static FactsWanted stockOnly() {
        return STOCK;
    }

    public static FactsWanted ofBrands() {
        return new FactsWanted(Optional.empty(), false, true, false);
    }

    public static FactsWanted by(RoutingPolicy policy, Instant now) {
        return new FactsWanted(
                policy.mindsWork() ? Optional.of(now.minus(HOUR)) : Optional.empty(),
                policy.mindsTurnover(),
                policy.mindsBrands(),
                policy.mindsShipBy());
    }

    public boolean nothingElse() {
        return equals(STOCK);
    }
}
