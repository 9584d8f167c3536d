package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkChanges.MovedPart;
import io.throughline.domain.fulfillment.WorkPlaces.Share;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Work that somebody has cut up at its channel, as what is to be done at each place: one piece of work for each item of the channel. */
final class MovedParts {
    private MovedParts() {}

    /** Empty: a place is no facility of ours, or some of it lies nowhere. In the same order however its channel lists its items. */
    static Optional<List<MovedPart>> of(
            FulfillmentOrder work, List<Share> shares, Function<String, Optional<Facility>> byLocation) {
        List<MovedPart> parts = shares.stream()
                .sorted(Comparator.comparing(Share::item))
                .flatMap(share -> byLocation.apply(share.location()).stream()
                        .map(facility ->
                                new MovedPart(facility.id(), share.item(), lines(work.lines(), share.units()))))
                .toList();
        return units(parts.stream().flatMap(part -> part.lines().stream())).equals(units(work.lines().stream()))
                ? Optional.of(parts)
                : Optional.empty();
    }

    /** The other places to which it, or a part of it, was moved, in words. */
    static String where(WorkChanges changes, FulfillmentOrder work) {
        List<String> others = changes.parts(work.id()).stream()
                .map(MovedPart::facility)
                .filter(facility -> !facility.equals(work.facility()))
                .map(FacilityId::value)
                .distinct()
                .sorted()
                .toList();
        return others.isEmpty()
                ? changes.movedTo(work.id()).map(FacilityId::value).orElse("another place")
                : String.join(", ", others);
    }

    /** What is left of the work, where it lies: of what is less by now, what stays where it is goes on first. */
    static List<Delivery> deliveries(List<MovedPart> parts, Delivery left, FacilityId stays) {
        Map<String, Integer> open = units(left.lines().stream());
        List<Delivery> deliveries = new ArrayList<>();
        parts.stream()
                .sorted(Comparator.comparing(part -> !part.facility().equals(stays)))
                .forEach(part -> {
                    List<LineQuantity> lines = lines(part.lines(), open);
                    if (!lines.isEmpty()) {
                        lines.forEach(line -> open.merge(line.lineId(), -line.quantity(), Integer::sum));
                        deliveries.add(new Delivery(
                                left.method(), Optional.of(part.facility()), Optional.of(part.item()), lines));
                    }
                });
        return deliveries;
    }

    private static List<LineQuantity> lines(List<LineQuantity> of, Map<String, Integer> atMost) {
        return of.stream()
                .flatMap(line -> {
                    int units = Math.min(line.quantity(), atMost.getOrDefault(line.lineId(), 0));
                    return units > 0
                            ? Stream.of(new LineQuantity(line.lineId(), line.sku(), units))
                            : Stream.<LineQuantity>empty();
                })
                .toList();
    }

    private static Map<String, Integer> units(Stream<LineQuantity> lines) {
        Map<String, Integer> units = new HashMap<>();
        lines.forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
        return units;
    }
}
