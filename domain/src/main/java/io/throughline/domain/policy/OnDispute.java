package io.throughline.domain.policy;

/** What becomes of an order's open work when its payment is disputed. A person is told in either case. */
public enum OnDispute {
    /** Nobody goes on with it until a person has decided, or the dispute is won. */
    HOLD,
    /** The same where all that was paid is disputed. Which goods a part is about nobody knows, so that holds nothing. */
    HOLD_WHOLE,
    /** It goes on. */
    GO_ON
}
