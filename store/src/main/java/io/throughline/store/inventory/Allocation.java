package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.inventory.Reservations.Reserved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a routing plan means for reservations: which rows at the virtual facility it uses up, what of them is left there, and by how
 * much each balance changes. Pure arithmetic.
 */
record Allocation(List<Reserved> used, List<Left> left, Map<Place, Integer> taken, Map<Place, Integer> given) {
    Allocation {
        used = List.copyOf(used);
        left = List.copyOf(left);
        taken = Map.copyOf(taken);
        given = Map.copyOf(given);
    }

    private record Line(String id, Sku sku) {}

    /** Units of a used row that the plan leaves at the virtual facility, and from where those may be served. */
    record Left(LineQuantity units, Set<FacilityId> among) {
        Left {
            among = Set.copyOf(among);
        }
    }

    /** Whether anything of what the plan speaks of lies at the virtual facility. */
    static boolean concerns(List<Reserved> unrouted, RoutingPlan plan) {
        Map<Line, Integer> held = byLine(unrouted.stream().map(Reserved::asLine));
        return byLine(parts(plan)).keySet().stream().anyMatch(held::containsKey);
    }

    /** Empty when the plan wants more of a line than lies at the virtual facility. */
    static Optional<Allocation> of(List<Reserved> unrouted, RoutingPlan plan) {
        Map<Line, Integer> held = byLine(unrouted.stream().map(Reserved::asLine));
        Map<Line, Integer> wanted = byLine(parts(plan));
        if (wanted.entrySet().stream().anyMatch(want -> want.getValue() > held.getOrDefault(want.getKey(), 0))) {
            return Optional.empty();
        }
        Map<Line, Integer> rest = new HashMap<>(wanted);
        List<Reserved> used = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        for (Reserved row : unrouted) {
            Line line = new Line(row.lineId(), row.place().sku());
            int units = Math.min(row.quantity(), rest.getOrDefault(line, 0));
            if (units > 0) {
                rest.merge(line, -units, Integer::sum);
                used.add(row);
                if (units < row.quantity()) {
                    left.add(new Left(
                            new LineQuantity(row.lineId(), row.place().sku(), row.quantity() - units), row.among()));
                }
            }
        }
        Map<Place, Integer> taken = new HashMap<>();
        wanted.forEach((line, quantity) -> taken.merge(Place.unrouted(line.sku()), quantity, Integer::sum));
        return Optional.of(new Allocation(used, left, taken, given(plan)));
    }

    /** Whether what is taken from each facility can still be had there. */
    boolean fits(Map<Place, Balance> balances) {
        return given.entrySet().stream()
                .allMatch(wanted -> Optional.ofNullable(balances.get(wanted.getKey()))
                        .filter(balance -> balance.availableToPromise() >= wanted.getValue())
                        .isPresent());
    }

    /** Whether each facility could still serve all others who have none yet, so that nobody can depend on what it gives. */
    boolean leavesPlenty(Map<Place, Balance> balances) {
        return given.entrySet().stream().allMatch(wanted -> {
            Place unrouted = Place.unrouted(wanted.getKey().sku());
            int others = Objects.requireNonNull(balances.get(unrouted)).reserved() - taken.getOrDefault(unrouted, 0);
            Balance there = Objects.requireNonNull(balances.get(wanted.getKey()));
            return there.availableToPromise() - wanted.getValue() >= others;
        });
    }

    Set<Sku> skus() {
        return taken.keySet().stream().map(Place::sku).collect(Collectors.toSet());
    }

    Set<Place> places() {
        Set<Place> places = new HashSet<>(taken.keySet());
        places.addAll(given.keySet());
        return places;
    }

    /** By how much what is reserved changes at each place. */
    Map<Place, Integer> changes() {
        Map<Place, Integer> changes = new HashMap<>(given);
        taken.forEach((place, quantity) -> changes.merge(place, -quantity, Integer::sum));
        return changes;
    }

    private static Map<Place, Integer> given(RoutingPlan plan) {
        Map<Place, Integer> given = new HashMap<>();
        for (RoutingPlan.Assignment assignment : plan.assignments()) {
            if (assignment.facility().equals(FacilityId.UNROUTED)) {
                throw new IllegalArgumentException("a plan must name real facilities");
            }
            assignment
                    .lines()
                    .forEach(part ->
                            given.merge(new Place(part.sku(), assignment.facility()), part.quantity(), Integer::sum));
        }
        return given;
    }

    private static Stream<LineQuantity> parts(RoutingPlan plan) {
        return plan.assignments().stream().flatMap(assignment -> assignment.lines().stream());
    }

    private static Map<Line, Integer> byLine(Stream<LineQuantity> parts) {
        Map<Line, Integer> byLine = new HashMap<>();
        parts.forEach(part -> byLine.merge(new Line(part.lineId(), part.sku()), part.quantity(), Integer::sum));
        return byLine;
    }
}
