package io.throughline.api.returns;

import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;

/** The facilities that an address or a query can speak of. */
final class KnownFacilities {
    private final Facilities facilities;

    KnownFacilities(Facilities facilities) {
        this.facilities = facilities;
    }

    FacilityId get(String name) {
        return Parameters.name(name, FacilityId::new)
                .flatMap(facilities::find)
                .map(Facility::id)
                .orElseThrow(() -> ProblemException.notFound("such facility"));
    }
}
