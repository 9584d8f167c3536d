package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import java.util.List;
import java.util.Optional;

/** The facilities of this deployment, as configured. */
public interface Facilities {
    List<Facility> all();

    Optional<Facility> find(FacilityId id);

    /** The facility that an account calls {@code location} (a Shopify location's number, a Square location id). */
    default Optional<Facility> byLocation(AccountId account, String location) {
        return all().stream()
                .filter(facility -> location.equals(facility.locations().get(account)))
                .findFirst();
    }

    default Facility get(FacilityId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no facility '" + id + "' is configured"));
    }
}
