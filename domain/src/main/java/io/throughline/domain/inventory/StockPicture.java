package io.throughline.domain.inventory;

import java.util.Optional;

/** One SKU at one facility: what an account's system shall show of it, and what it is known to show. */
public record StockPicture(StockSubject place, Wanted wanted, Optional<Known> known) {
    /** Whether the system has to be asked what it shows before it can be told anything. */
    public boolean mustRead() {
        return known.isEmpty() || known.get().standing() == Standing.UNSURE;
    }

    /** Whether the system has said for good that it doesn't take what we tell. */
    public boolean refused() {
        return known.filter(one -> one.standing() == Standing.REFUSED).isPresent();
    }

    /**
     * The ledger's word for the account: {@code net} units on hand (less than nothing for a shortfall) after the movement
     * {@code ordinal}, and of these {@code reserved} for others than the account's own orders, or not to be sold. A bundle has as many
     * as can be made up, and as are reserved for the account's own orders of it.
     */
    public record Wanted(int net, long ordinal, int reserved, int safetyStock) {}

    /**
     * What the system showed last, after the movement {@code ordinal}. Since then the stock has changed by {@code own} units that the
     * system takes in by itself (its own orders, what it told us) and by {@code others}; {@code owed} are units that it was still to be
     * told of before.
     */
    public record Known(ShownStock shown, long ordinal, int owed, int own, int others, Standing standing) {
        /** What it shows now, if it has heard of all its own orders' goods that have left. */
        public int expectedOnHand() {
            return shown.onHand() + own;
        }

        /** How much it must be told of. */
        public int untold() {
            return owed + others;
        }
    }

    /** Whether what is known can be relied upon. */
    public enum Standing {
        KNOWN,
        /** Something else has changed it, or a call's outcome is not known: it is read before it is told anything. */
        UNSURE,
        REFUSED
    }
}
