package io.throughline.domain.transfer;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.Optional;

/** Whether a facility may send what an order needs to the store where it is collected; empty: it may not. */
@FunctionalInterface
public interface OrderTransferRules {
    Optional<OrderTransferTerms> of(FacilityId from, FacilityId to);

    static OrderTransferRules none() {
        return (from, to) -> Optional.empty();
    }
}
