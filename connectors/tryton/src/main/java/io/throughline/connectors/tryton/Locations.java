package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where Tryton's locations are. A warehouse's code is the facility's id; goods are on hand there while they lie in its storage location
 * or below that, and on their way in before.
 */
final class Locations {
    private final Map<Long, JsonNode> rows = new HashMap<>();
    private final Map<Long, FacilityId> storages = new HashMap<>();
    private final Map<Long, FacilityId> inputs = new HashMap<>();

    private Locations() {}

    /** {@code facilities} are those that there are; other warehouses are no concern of ours. */
    static Locations read(RestApi rest, Set<FacilityId> facilities) {
        Locations read = new Locations();
        rest.search("stock.location", Values.array(), "code", "type", "parent", "storage_location", "input_location")
                .forEach(row -> read.add(row, facilities));
        return read;
    }

    private void add(JsonNode row, Set<FacilityId> facilities) {
        rows.put(Values.id(row), row);
        if (Values.text(row, "type").equals("warehouse")) {
            facilities.stream()
                    .filter(facility -> facility.value().equals(Values.text(row, "code")))
                    .findFirst()
                    .ifPresent(facility -> {
                        storages.put(row.path("storage_location").longValue(), facility);
                        inputs.put(row.path("input_location").longValue(), facility);
                    });
        }
    }

    /** The storage location of each facility that Tryton keeps as a warehouse. */
    NavigableMap<FacilityId, Long> shelves() {
        NavigableMap<FacilityId, Long> shelves = new TreeMap<>();
        storages.forEach((location, facility) -> shelves.put(facility, location));
        return shelves;
    }

    /** The facility on whose shelves this location is. */
    Optional<FacilityId> storage(long location) {
        return under(storages, location);
    }

    /** The facility all of whose shelves are this one location. */
    Optional<FacilityId> whole(long location) {
        boolean divided =
                rows.values().stream().anyMatch(row -> row.path("parent").longValue() == location);
        return divided ? Optional.empty() : Optional.ofNullable(storages.get(location));
    }

    /** The facility at which goods have come in by this location, put away or not. */
    Optional<FacilityId> received(long location) {
        return storage(location).or(() -> under(inputs, location));
    }

    String type(long location) {
        return Optional.ofNullable(rows.get(location))
                .map(row -> Values.text(row, "type"))
                .orElse("");
    }

    private Optional<FacilityId> under(Map<Long, FacilityId> roots, long location) {
        JsonNode row = rows.get(location);
        // No tree is as deep as there are locations.
        for (int depth = 0; row != null && depth <= rows.size(); depth++) {
            FacilityId facility = roots.get(Values.id(row));
            if (facility != null) {
                return Optional.of(facility);
            }
            row = rows.get(row.path("parent").longValue());
        }
        return Optional.empty();
    }
}
