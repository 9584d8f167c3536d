package io.throughline.domain.inventory;

/** The quantities of which outside systems are told. What is available is never told: they lower that themselves for their own orders. */
public enum ShownState {
    ON_HAND,
    /** What others than the system's own orders have been promised, and what can't be sold. */
    RESERVED,
    SAFETY_STOCK
}
