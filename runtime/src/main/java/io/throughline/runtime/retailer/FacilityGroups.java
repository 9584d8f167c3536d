package io.throughline.runtime.retailer;

import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that a policy gives to several facilities; wherever it names facilities, a group may be. */
final class FacilityGroups {
    private final Facilities facilities;
    private final Map<String, Set<FacilityId>> groups = new LinkedHashMap<>();

    FacilityGroups(Facilities facilities) {
        this.facilities = facilities;
    }

    void read(YamlSection section) {
        String hint = "for each group of facilities its members";
        section.section("groups", hint, names -> {
            for (String name : names.keys()) {
                if (facilities.all().stream()
                        .anyMatch(facility -> facility.id().value().equals(name))) {
                    throw names.wrong(name, "is the name of a facility: give the group another one");
                }
                groups.put(name, Set.copyOf(names.values(name, "any of " + facilityNames(), this::facility)));
            }
            return groups;
        });
    }

    /** Facilities, by their own names or those of their groups. */
    Set<FacilityId> members(YamlSection section, String key) {
        Set<FacilityId> members = new HashSet<>();
        section.values(
                        key,
                        "any of the groups " + groups.keySet() + " or facilities " + facilityNames(),
                        text -> Optional.ofNullable(groups.get(text)).orElseGet(() -> Set.of(facility(text))))
                .forEach(members::addAll);
        return members;
    }

    /** The same where none means all, which can't be said by an empty list or group. */
    Set<FacilityId> some(YamlSection section, String key) {
        if (!section.has(key)) {
            return Set.of();
        }
        Set<FacilityId> members = members(section, key);
        if (members.isEmpty()) {
            throw section.wrong(key, "these are no facilities: leave it out for all, or name some");
        }
        return members;
    }

    private FacilityId facility(String text) {
        return facilities.get(new FacilityId(text)).id();
    }

    private List<FacilityId> facilityNames() {
        return facilities.all().stream().map(Facility::id).toList();
    }
}
