package io.throughline.domain.intervention;

/** What a person may decide about a case. */
public enum Action {
    /** Try the same again. */
    RETRY,
    /** Try again with the amendment that comes with the decision ({@link Amendable}). */
    AMEND_AND_RETRY,
    /** Take the work from this facility and route it again without it. */
    REROUTE,
    RELEASE_HOLD,
    /** Go on as if the step had been done: the difference is known and borne. */
    ACCEPT_DIFFERENCE,
    /** Have the system show the ledger's number again, whatever it shows by now. */
    PUBLISH_AGAIN,
    /** What the channel gave back becomes a return of ours, with a credit note and a payment in the ERP. */
    BOOK_AS_RETURN,
    /** End the order and undo what was done. */
    CANCEL;

    /** Anybody may decide what is harmless, whatever is at stake, also an actor whom nobody has verified. */
    public boolean harmless() {
        return this == RETRY;
    }
}
