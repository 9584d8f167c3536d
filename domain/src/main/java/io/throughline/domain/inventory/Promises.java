package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When waiting demand of one SKU can be served: the oldest demand takes the earliest supply that is at one of its facilities. */
public final class Promises {
    private Promises() {}

    /** Demand that waits, the smaller id being the older. */
    public record Demand(long id, int units, Set<FacilityId> among) {
        public Demand {
            among = Set.copyOf(among);
        }
    }

    /** The date for each demand; empty when the supply doesn't cover it. */
    public static Map<Long, Optional<Instant>> of(List<Demand> demands, List<Expected> supplies) {
        return serve(demands, inOrder(supplies));
    }

    /** What of the supplies is left when all these demands have taken what they can get, the earliest first. */
    public static List<Expected> unclaimed(List<Demand> demands, List<Expected> supplies) {
        List<Left> left = inOrder(supplies);
        serve(demands, left);
        return left.stream()
                .filter(supply -> supply.units > 0)
                .map(Left::expected)
                .toList();
    }

    private static List<Left> inOrder(List<Expected> supplies) {
        return supplies.stream()
                .sorted(Comparator.comparing(Expected::expectedAt)
                        .thenComparing(supply -> supply.source().system())
                        .thenComparing(supply -> supply.source().id()))
                .map(Left::new)
                .toList();
    }

    private static Map<Long, Optional<Instant>> serve(List<Demand> demands, List<Left> left) {
        Map<Long, Optional<Instant>> promises = new LinkedHashMap<>();
        demands.stream()
                .sorted(Comparator.comparingLong(Demand::id))
                .forEach(demand -> promises.put(demand.id(), take(demand, left)));
        return promises;
    }

    private static Optional<Instant> take(Demand demand, List<Left> supplies) {
        int wanted = demand.units();
        Optional<Instant> last = Optional.empty();
        for (Left supply : supplies) {
            if (wanted > 0 && supply.units > 0 && demand.among().contains(supply.expected.facility())) {
                int taken = Math.min(wanted, supply.units);
                supply.units -= taken;
                wanted -= taken;
                last = Optional.of(supply.expected.expectedAt());
            }
        }
        return wanted == 0 ? last : Optional.empty();
    }

    private static final class Left {
        private final Expected expected;
        private int units;

        Left(Expected expected) {
            this.expected = expected;
            this.units = expected.outstanding();
        }

        Expected expected() {
            return new Expected(expected.source(), expected.facility(), expected.sku(), units, expected.expectedAt());
        }
    }
}
