package io.throughline.domain.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import java.util.List;
import java.util.Optional;

/**
 * One step of a refund. The amounts of all steps, which have the taxes in them, come to the refund; the taxes are those of the sale, so
 * what all steps have of a tax is what is given back of it. {@link #words} tells the step to a person.
 */
public sealed interface RefundEntry {
    Money amount();

    List<TaxLine> taxes();

    String words();

    /** What was paid for units that come back. {@code price} is before discounts, with taxes if and only if the order's prices have them. */
    record Goods(
            String lineId,
            Sku sku,
            String title,
            int quantity,
            Money price,
            Money discount,
            Money amount,
            List<TaxLine> taxes)
            implements RefundEntry {
        public Goods {
            taxes = List.copyOf(taxes);
        }

        @Override
        public String words() {
            return "paid for " + quantity + " × " + title
                    + (discount.isZero() ? "" : ", " + discount + " of discounts taken off");
        }
    }

    /** What is given back of a charge for the whole order. */
    record Charge(Kind kind, String title, Money amount, List<TaxLine> taxes) implements RefundEntry {
        public Charge {
            taxes = List.copyOf(taxes);
        }

        @Override
        public String words() {
            return "paid for " + title;
        }

        public enum Kind {
            SHIPPING,
            DUTIES,
            TIP,
            ROUNDING
        }
    }

    /** What is given for something that went wrong. No goods come back for it, and it has no part of any tax. */
    record Goodwill(ReturnReason reason, Money amount) implements RefundEntry {
        @Override
        public List<TaxLine> taxes() {
            return List.of();
        }

        @Override
        public String words() {
            return "given because something went wrong: " + reason;
        }
    }

    /** What is not paid, by a rule. Above zero only where something is rounded up. */
    record Deduction(Cause cause, Optional<String> lineId, String rule, String words, Money amount, List<TaxLine> taxes)
            implements RefundEntry {
        public Deduction {
            taxes = List.copyOf(taxes);
        }

        public enum Cause {
            CONDITION,
            RESTOCKING_FEE,
            LABEL_FEE,
            /** It was given before, when something went wrong. */
            GOODWILL,
            LIMIT,
            CASH_ROUNDING
        }
    }
}
