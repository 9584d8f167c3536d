package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;

/**
 * Stock of one SKU at one facility, in units, none of them ever negative. {@code shortfall} is what was sold beyond the physical stock;
 * held and damaged units are part of what is on hand, those in transit are not.
 */
public record Balance(
        FacilityId facility,
        Sku sku,
        int onHand,
        int reserved,
        int safetyStock,
        int held,
        int shortfall,
        int damaged,
        int inTransit) {
    public int availableToPromise() {
        return Math.max(0, sellable() - reserved - safetyStock);
    }

    /** What may leave the facility at all, whoever it was promised to. */
    public int sellable() {
        return Math.max(0, onHand - held - damaged);
    }

    /** Units that were sold or promised and are not there. */
    public int lacking() {
        return shortfall + uncovered();
    }

    /** Reserved units without stock behind them, because a sale that had already happened took it. */
    public int uncovered() {
        return Math.max(0, reserved - sellable());
    }
}
