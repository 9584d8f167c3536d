package io.throughline.domain.fulfillment;

import io.throughline.domain.order.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How near facilities are to where an order goes: its own country first, then the distance, a warehouse before a store, the name. */
final class Proximity implements Comparator<Facility> {
    private final String country;
    private final Optional<GeoPoint> to;

    Proximity(Order order) {
        this.country =
                order.destination().map(destination -> destination.country()).orElse("");
        this.to = order.destination().flatMap(destination -> destination.point());
    }

    @Override
    public int compare(Facility one, Facility other) {
        return Comparator.comparing(this::abroad)
                .thenComparingDouble(this::kilometres)
                .thenComparing(facility -> facility.kind() == Facility.Kind.STORE)
                .thenComparing(Facility::id)
                .compare(one, other);
    }

    /** The nearer together goes first: of fewer abroad, then of fewer kilometres in all. */
    Comparator<List<Facility>> together() {
        return Comparator.comparingLong((List<Facility> several) ->
                        several.stream().filter(this::abroad).count())
                .thenComparingDouble(several ->
                        several.stream().mapToDouble(this::kilometres).sum());
    }

    private boolean abroad(Facility facility) {
        return !facility.country().equals(country);
    }

    private double kilometres(Facility facility) {
        return to.map(facility.point()::kilometresTo).orElse(0.0);
    }
}
