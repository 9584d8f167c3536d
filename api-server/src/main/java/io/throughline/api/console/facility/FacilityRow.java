package io.throughline.api.console.facility;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import java.util.stream.Collectors;

/** A facility as lists show it. */
public record FacilityRow(
        String id,
        String address,
        String name,
        String kind,
        String country,
        String zone,
        String system,
        String methods,
        Badge state) {
    static FacilityRow of(Facility facility, boolean paused) {
        return new FacilityRow(
                facility.id().value(),
                Subjects.facility(facility.id().value()),
                facility.name(),
                Words.of(facility.kind()),
                facility.country(),
                facility.zone().getId(),
                facility.workAccount().value(),
                facility.methods().stream()
                        .sorted()
                        .map((DeliveryMethod method) -> Words.of(method))
                        .collect(Collectors.joining(", ")),
                paused ? new Badge("Paused", Tone.WAITING) : new Badge("Open", Tone.GOOD));
    }
}
