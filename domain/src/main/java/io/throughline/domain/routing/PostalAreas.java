package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.GeoPoint;
import java.util.Optional;

/** Where postal codes lie, as coarsely as routing needs it. */
@FunctionalInterface
public interface PostalAreas {
    /** Empty where nothing is known of it. */
    Optional<GeoPoint> find(String country, String postalCode);

    static PostalAreas none() {
        return (country, postalCode) -> Optional.empty();
    }
}
