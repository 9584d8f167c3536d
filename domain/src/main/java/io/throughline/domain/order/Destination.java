package io.throughline.domain.order;

import io.throughline.domain.fulfillment.GeoPoint;
import java.util.Optional;

/** Where an order goes, coarse enough to be no personal data: a country, its province, and a point rounded to a tenth of a degree. */
public record Destination(String country, Optional<String> province, Optional<GeoPoint> point) {}
