package io.throughline.api.sale;

import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;

/** The stores that can be spoken of in an address. */
final class Stores {
    private final Facilities facilities;

    Stores(Facilities facilities) {
        this.facilities = facilities;
    }

    FacilityId get(String name) {
        return Parameters.name(name, FacilityId::new)
                .flatMap(facilities::find)
                .filter(facility -> facility.kind() == Facility.Kind.STORE)
                .map(Facility::id)
                .orElseThrow(() -> ProblemException.notFound("such store"));
    }
}
