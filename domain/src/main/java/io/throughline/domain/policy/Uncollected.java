package io.throughline.domain.policy;

/** What becomes of goods that lie ready and are not picked up in time. Where other goods of their order have left, a person decides. */
public enum Uncollected {
    /** A person decides. */
    ASK,
    /** The order is cancelled: the goods go back on the shelf, the money to the customer, who is told. */
    CANCEL
}
