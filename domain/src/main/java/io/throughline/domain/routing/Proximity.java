package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import java.util.Comparator;
import java.util.Optional;

/** How near facilities are to where an order goes: its own country first, then the distance, a warehouse before a store, the name. */
final class Proximity implements Comparator<Facility> {
    private final String country;
    private final Optional<GeoPoint> to;

    Proximity(Order order) {
        this.country = order.destination().map(Destination::country).orElse("");
        this.to = order.destination().flatMap(Destination::point);
    }

    @Override
    public int compare(Facility one, Facility other) {
        return Comparator.comparing((Facility facility) -> !facility.country().equals(country))
                .thenComparingDouble(
                        facility -> to.map(facility.point()::kilometresTo).orElse(0.0))
                .thenComparing(facility -> facility.kind() == Facility.Kind.STORE)
                .thenComparing(Facility::id)
                .compare(one, other);
    }
}
