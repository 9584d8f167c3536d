package io.throughline.domain.routing;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import java.util.Optional;

/**
 * Where an order goes, coarsely: the point that its channel told; else, if the policy routes by postal areas, that of its postal code, which is
 * looked up among the personal data and kept nowhere.
 */
public final class Whereabouts {
    private final PersonalDataStore people;
    private final PostalAreas areas;

    public Whereabouts(PersonalDataStore people, PostalAreas areas) {
        this.people = people;
        this.areas = areas;
    }

    public Optional<GeoPoint> of(Order order, RoutingPolicy policy) {
        return order.destination()
                .flatMap(Destination::point)
                .or(() -> policy.byPostalAreas() ? byPostalCode(order) : Optional.empty());
    }

    private Optional<GeoPoint> byPostalCode(Order order) {
        return people.find(order.customer())
                .flatMap(PersonalData::shipTo)
                .flatMap(PostalAddress::postalCode)
                .flatMap(code -> order.destination().flatMap(goesTo -> areas.find(goesTo.country(), code)))
                .map(GeoPoint::coarse);
    }
}
