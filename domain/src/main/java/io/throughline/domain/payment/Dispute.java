package io.throughline.domain.payment;

/**
 * A customer's objection to a payment of an order, raised with whoever issued the card. {@code id} is the channel's. It decides by itself where
 * the money stays: while it is open nobody knows, once it is lost the customer has it.
 */
public record Dispute(String id, Kind begunAs, Status status) {
    public Dispute {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a dispute has a name");
        }
    }

    /** Nobody has decided it, as far as we know. */
    public boolean open() {
        return !lost() && !won();
    }

    /** The customer has the money back, without any refund of ours. */
    public boolean lost() {
        return switch (status) {
            case ACCEPTED, CHARGE_REFUNDED, LOST -> true;
            case NEEDS_RESPONSE, UNDER_REVIEW, PREVENTED, WON, UNKNOWN -> false;
        };
    }

    /** The payment stands. */
    public boolean won() {
        return status == Status.WON;
    }

    /** As it stands: another name once it has another status. */
    public String standing() {
        return id + "@" + status;
    }

    /** The same words as long as it is the same dispute. */
    public String words() {
        return "dispute " + id + " of its payment, begun as " + begunAs;
    }

    /** How it was begun. */
    public enum Kind {
        INQUIRY,
        CHARGEBACK,
        UNKNOWN
    }

    /** PREVENTED does not tell whether the money went back, so that is open. What the channel may add one day is UNKNOWN. */
    public enum Status {
        NEEDS_RESPONSE,
        UNDER_REVIEW,
        PREVENTED,
        ACCEPTED,
        CHARGE_REFUNDED,
        LOST,
        WON,
        UNKNOWN
    }
}
