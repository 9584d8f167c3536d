package io.throughline.domain.finance;

/**
 * An account of the books by its role; {@code detail} tells several of one role apart (the tax's title, the tender's gateway) and is
 * empty otherwise. Which account of which ERP that is, is configuration.
 */
public record LedgerAccount(Role role, String detail) implements Comparable<LedgerAccount> {
    public static LedgerAccount of(Role role) {
        return new LedgerAccount(role, "");
    }

    public static LedgerAccount tax(String title) {
        return new LedgerAccount(Role.TAX, title);
    }

    public static LedgerAccount clearing(String gateway) {
        return new LedgerAccount(Role.CLEARING, gateway);
    }

    @Override
    public int compareTo(LedgerAccount other) {
        int byRole = role.compareTo(other.role);
        return byRole != 0 ? byRole : detail.compareTo(other.detail);
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? role.name() : role + ":" + detail;
    }

    public enum Role {
        RECEIVABLE,
        REVENUE,
        SHIPPING_REVENUE,
        TAX,
        TIPS_PAYABLE,
        DUTIES_PAYABLE,
        GIFT_CARD_LIABILITY,
        CLEARING,
        ROUNDING,
        /** What the goods on the shelves are worth. */
        INVENTORY,
        /** What was lost of them, less what was found. */
        STOCK_ADJUSTMENT;

        /** Whether an ERP books it by its own moves of stock, where it does, and by no document of ours that would name an account. */
        public boolean followsStock() {
            return this == INVENTORY || this == STOCK_ADJUSTMENT;
        }
    }
}
