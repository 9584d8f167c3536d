package io.throughline.domain.returns;

/** Why goods are not taken, and go back to the customer. */
public enum SendBackReason {
    /** It is another thing than was bought. */
    WRONG_ARTICLE,
    /** It was used more than is taken back. */
    USED,
    DAMAGED_BY_CUSTOMER,
    INCOMPLETE,
    /** The policy does not take it. */
    NOT_RETURNABLE,
    /** Somebody has taken it, and a second person does not pay for it. */
    NOT_PAID_FOR
}
