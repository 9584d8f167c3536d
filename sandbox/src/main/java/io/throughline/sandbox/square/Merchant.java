package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import java.util.List;
import java.util.Optional;

/** The seller: who may call, and the stores as Square locations. */
final class Merchant {

    private final SampleRetailer retailer;

    Merchant(SampleRetailer retailer) {
        this.retailer = retailer;
    }

    String id() {
        return retailer.square().merchantId();
    }

    boolean accepts(Optional<String> authorization) {
        return authorization
                .filter(("Bearer " + retailer.square().accessToken())::equals)
                .isPresent();
    }

    List<ObjectNode> locations() {
        return retailer.facilities().stream()
                .filter(facility -> facility.squareLocationId().isPresent())
                .map(this::location)
                .toList();
    }

    ObjectNode location(String id) {
        return location(facility(id));
    }

    SampleRetailer.Facility facility(String locationId) {
        return retailer.facilities().stream()
                .filter(facility ->
                        facility.squareLocationId().filter(locationId::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> SquareError.notFound("Location", locationId));
    }

    /** The currency of everything at a location. */
    String currency(String locationId) {
        return "IE".equals(facility(locationId).countryCode()) ? "EUR" : "USD";
    }

    private ObjectNode location(SampleRetailer.Facility facility) {
        String id = facility.squareLocationId().orElseThrow();
        ObjectNode location = Json.object()
                .put("id", id)
                .put("name", facility.name())
                .put("business_name", "Northwind")
                .put("timezone", facility.timeZone())
                .put("status", "ACTIVE")
                .put("type", "PHYSICAL")
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("merchant_id", id())
                .put("country", facility.countryCode())
                .put("language_code", "en-US")
                .put("currency", currency(id));
        location.putObject("address")
                .put("address_line_1", facility.address())
                .put("locality", facility.city())
                .put("administrative_district_level_1", facility.regionCode())
                .put("postal_code", facility.postalCode())
                .put("country", facility.countryCode());
        location.putObject("coordinates").put("latitude", facility.latitude()).put("longitude", facility.longitude());
        location.putArray("capabilities").add("CREDIT_CARD_PROCESSING");
        return location;
    }
}
