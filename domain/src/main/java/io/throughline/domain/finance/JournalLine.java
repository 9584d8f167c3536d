package io.throughline.domain.finance;

import io.throughline.domain.money.Money;

/** A debit or a credit on one account: exactly one of the two is positive, the other is zero. */
public record JournalLine(LedgerAccount account, Money debit, Money credit) {
    public JournalLine {
        if (debit.isNegative() || credit.isNegative() || debit.isPositive() == credit.isPositive()) {
            throw new IllegalArgumentException(account + ": one of debit " + debit + " and credit " + credit
                    + " must be positive, the other zero");
        }
    }

    /** A debit when positive, a credit when negative. */
    public static JournalLine signed(LedgerAccount account, Money amount) {
        Money zero = Money.zero(amount.currency());
        return amount.isNegative()
                ? new JournalLine(account, zero, amount.negated())
                : new JournalLine(account, amount, zero);
    }

    public Money signed() {
        return debit.minus(credit);
    }
}
