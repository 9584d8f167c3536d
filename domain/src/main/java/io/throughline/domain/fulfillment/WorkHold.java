package io.throughline.domain.fulfillment;

/**
 * Why nobody goes on with work for the time being. {@code reference} is the dispute, or the authorisation, which holds all work of its order,
 * or the work item of the channel, which holds what it mirrors. {@code reason} is shown to whoever has the work.
 */
public record WorkHold(Source source, String reference, String reason) {
    /** Who wants that. */
    public enum Source {
        /** A payment is disputed. */
        DISPUTE,
        /** Its money was authorised, and was not taken in time. */
        PAYMENT,
        /** Somebody, or a rule, at the order's channel. */
        CHANNEL
    }
}
