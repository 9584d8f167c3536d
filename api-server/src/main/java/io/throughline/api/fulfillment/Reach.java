package io.throughline.api.fulfillment;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;

/** The facilities that a caller may speak of; those of others look to a store's device like none. */
final class Reach {
    private final Facilities facilities;

    Reach(Facilities facilities) {
        this.facilities = facilities;
    }

    Facility facility(String name, Caller caller) {
        return Parameters.name(name, FacilityId::new)
                .flatMap(facilities::find)
                .filter(facility -> caller.worksFor(facility.id()))
                .orElseThrow(() -> ProblemException.notFound("such facility"));
    }
}
