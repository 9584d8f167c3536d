package io.throughline.domain.fulfillment;

/**
 * Where a parcel is. Ranks grow along the way, so that news that come late, twice or in another order never turn it back; the terminal
 * ones never change again.
 */
public enum ParcelStatus {
    /** Packed; its label is still to be bought. */
    TO_BE_LABELLED(0, false),
    LABELLED(1, false),
    IN_TRANSIT(2, false),
    OUT_FOR_DELIVERY(3, false),
    /** Nothing was heard of it for so long that it counts as delivered; what is heard after all still counts. */
    UNHEARD(3, false),
    DELIVERED(4, true),
    /** Nobody has taken it in: it is on its way back, or has come back. */
    REFUSED(4, true),
    LOST(4, true),
    /** Its label was given back before it left. */
    VOIDED(4, true),
    /** It was not labelled by us: whoever has packed it does so by itself, and nothing is heard of it. */
    UNLABELLED(4, true);

    private final int rank;
    private final boolean terminal;

    ParcelStatus(int rank, boolean terminal) {
        this.rank = rank;
        this.terminal = terminal;
    }

    public boolean terminal() {
        return terminal;
    }

    /** It has reached its customer, as far as anybody knows. */
    public boolean arrived() {
        return this == DELIVERED || this == UNHEARD;
    }

    /** It will not reach its customer. */
    public boolean astray() {
        return this == REFUSED || this == LOST;
    }

    /** Whether news of {@code next} may move on from here. */
    public boolean mayBecome(ParcelStatus next) {
        return !terminal && next.rank > rank;
    }
}
