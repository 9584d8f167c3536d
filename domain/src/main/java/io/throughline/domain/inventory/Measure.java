package io.throughline.domain.inventory;

/**
 * What is kept per SKU and facility, each with movements of its own. HELD and DAMAGED units are on hand but can't be sold, IN_TRANSIT
 * ones are on their way to the facility, SAFETY_STOCK is kept back because an outside system says so.
 */
public enum Measure {
    ON_HAND,
    HELD,
    DAMAGED,
    IN_TRANSIT,
    SAFETY_STOCK
}
