package io.throughline.domain.fulfillment;

/**
 * How far the work at one facility has come. Ranks grow along the way, so that a late or repeated report never turns it back; the
 * terminal ones never open again.
 */
public enum FulfillmentStatus {
    ALLOCATED(0, false),
    RELEASED(1, false),
    ACKNOWLEDGED(2, false),
    PICKING(3, false),
    PACKED(4, false),
    READY_FOR_PICKUP(5, false),
    SHIPPED(6, true),
    PICKED_UP(6, true),
    /** Its carrier has handed all parcels to the customer. That is told afterwards: the process of its order goes by SHIPPED. */
    DELIVERED(7, true),
    REJECTED(7, true),
    CANCELLED(7, true);

    private final int rank;
    private final boolean terminal;

    FulfillmentStatus(int rank, boolean terminal) {
        this.rank = rank;
        this.terminal = terminal;
    }

    public boolean terminal() {
        return terminal;
    }

    public boolean handedOver() {
        return this == SHIPPED || this == PICKED_UP || this == DELIVERED;
    }

    /** Somebody is to hand it over, or has. */
    public boolean givenOut() {
        return !terminal || handedOver();
    }

    public boolean reached(FulfillmentStatus other) {
        return rank >= other.rank && !(this == REJECTED || this == CANCELLED);
    }

    /** Whether a report of {@code next} may move on from here. */
    public boolean mayBecome(FulfillmentStatus next) {
        return !terminal && next.rank > rank;
    }
}
