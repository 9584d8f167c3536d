package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.routing.AfterAction;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy makes of the orders of a trial. {@code splitOrders} were given to several facilities, {@code kilometres} is the mean over the
 * parcels of which the distance is known, {@code cost} the sum where a shipping table is known; {@code left} are those for which nobody was
 * found, by what the rule then wants.
 */
public record TrialFigures(
        int orders,
        int placed,
        long units,
        long placedUnits,
        int parcels,
        int splitOrders,
        Optional<Double> kilometres,
        Optional<Money> cost,
        int inTime,
        Map<AfterAction.Kind, Integer> left,
        Map<FacilityId, Load> loads) {
    public TrialFigures {
        left = Map.copyOf(left);
        loads = Map.copyOf(loads);
    }

    /** What a facility is given. */
    public record Load(int pieces, long units) {
        static final Load NONE = new Load(0, 0);

        Load plus(int more) {
            return new Load(pieces + 1, units + more);
        }
    }

    /** Percent of the units that are given out; all of nothing. */
    public double fillRate() {
        return units == 0 ? 100 : 100.0 * placedUnits / units;
    }

    /** Percent of the orders that are given out whose last parcel leaves in time. */
    public double promiseKept() {
        return placed == 0 ? 100 : 100.0 * inTime / placed;
    }
}
