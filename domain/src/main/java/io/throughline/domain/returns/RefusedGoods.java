package io.throughline.domain.returns;

/** What becomes of goods that were looked at and whose money a second person refuses. */
public enum RefusedGoods {
    /** They go back to the customer, as what is not taken does. */
    SEND_BACK,
    /** They stay where they are, and nothing is paid for them. */
    KEEP
}
