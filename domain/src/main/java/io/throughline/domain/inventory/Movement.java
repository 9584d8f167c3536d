package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;

/** A change of physical stock: so many units (negative: out) at a facility. Source and source id are unique together. */
public record Movement(
        FacilityId facility, Sku sku, int quantity, Reason reason, String source, String sourceId, Instant occurredAt) {
    /** Far beyond any real stock, and far from the limits of the arithmetic. */
    public static final int MOST_UNITS = 10_000_000;

    public Movement {
        if (quantity == 0) {
            throw new IllegalArgumentException("a movement moves something");
        }
    }

    public enum Reason {
        OPENING,
        SALE,
        RETURN,
        RECEIPT,
        TRANSFER,
        ADJUSTMENT,
        COUNT,
        REJECT
    }
}
