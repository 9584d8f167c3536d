package io.throughline.domain.payment;

import io.throughline.domain.money.Money;
import java.util.Optional;

/**
 * A customer's objection to a payment of an order, raised with whoever issued the card. {@code id} is the channel's. It decides by itself where
 * the money stays: while it is open nobody knows, once it is lost the customer has it. {@code amount} is how much is disputed, where the channel
 * tells.
 */
public record Dispute(String id, Kind begunAs, Status status, Optional<Money> amount) {
    public Dispute {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a dispute has a name");
        }
    }

    public Dispute(String id, Kind begunAs, Status status) {
        this(id, begunAs, status, Optional.empty());
    }

    public Dispute about(Optional<Money> disputed) {
        return new Dispute(id, begunAs, status, disputed);
    }

    /** Whether less is disputed than was paid. Where that is not known, or not told in the currency of the payment, all is. */
    public boolean partial(Money paid) {
        return amount.filter(disputed -> disputed.currency().equals(paid.currency()) && disputed.compareTo(paid) < 0)
                .isPresent();
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

    /** How much it is about, for people. */
    public String amountWords() {
        return amount.map(Money::toString).orElse("an amount that is not told");
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
