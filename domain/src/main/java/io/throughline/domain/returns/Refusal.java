package io.throughline.domain.returns;

/** Why something is not taken back. */
public enum Refusal {
    NOT_OF_THIS_ORDER,
    NOT_RETURNABLE,
    NOT_HANDED_OVER,
    /** Nothing was handed over that could come back: its money is given without goods. */
    WITHOUT_GOODS,
    MORE_THAN_IS_LEFT,
    WINDOW_CLOSED,
    UNKNOWN_GRADE,
    CUSTOMER_LIMIT
}
