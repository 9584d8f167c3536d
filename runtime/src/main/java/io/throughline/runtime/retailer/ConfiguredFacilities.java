package io.throughline.runtime.retailer;

import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facilities in the order of the file. */
final class ConfiguredFacilities implements Facilities {
    private final Map<FacilityId, Facility> facilities;

    ConfiguredFacilities(Map<FacilityId, Facility> facilities) {
        this.facilities = new LinkedHashMap<>(facilities);
    }

    @Override
    public List<Facility> all() {
        return List.copyOf(facilities.values());
    }

    @Override
    public Optional<Facility> find(FacilityId id) {
        return Optional.ofNullable(facilities.get(id));
    }
}
