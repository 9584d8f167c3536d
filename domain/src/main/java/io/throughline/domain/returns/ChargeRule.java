package io.throughline.domain.returns;

/** When something is given back that was charged for the order as a whole. */
public enum ChargeRule {
    NEVER,
    /** As much of it as of the goods' value. */
    IN_PROPORTION,
    /** With the last unit of the goods that comes back, and only if all do. */
    WITH_THE_LAST
}
