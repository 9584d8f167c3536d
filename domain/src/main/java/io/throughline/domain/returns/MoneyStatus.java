package io.throughline.domain.returns;

/** How far the money of a return has come. */
public enum MoneyStatus {
    AWAITS_GOODS,
    /** What the goods are worth can be told. */
    UNCALCULATED,
    /** It is so much that somebody else than who asked for the return must agree. */
    UNAPPROVED,
    APPROVED,
    /** The channel gives it back. */
    ISSUED,
    /** The channel has given it back; the ERP is still to hear of it. */
    CONFIRMED,
    /** It is in the books, or somebody bears that it is not; or nothing was to be given back. */
    ENDED
}
