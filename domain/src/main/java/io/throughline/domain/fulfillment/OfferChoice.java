package io.throughline.domain.fulfillment;

/** What a customer may choose instead of what can't be done. */
public enum OfferChoice {
    /** Collects it at another store. */
    OTHER_STORE,
    /** Has it sent instead of collecting it. */
    SHIP,
    /** Waits until somebody has it. */
    WAIT,
    /** Does not want it any more. */
    CANCEL
}
