package io.throughline.domain.marketplace;

/** Why an order of a marketplace is not, or no longer, carried out, as its marketplace is told. */
public enum CancellationReason {
    /** The marketplace has asked for it, in the name of its customer. */
    BUYER_REQUEST,
    /** Nobody has what was ordered, or does the work. */
    OUT_OF_STOCK,
    OTHER
}
