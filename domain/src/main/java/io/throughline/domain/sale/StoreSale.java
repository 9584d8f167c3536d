package io.throughline.domain.sale;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was sold and taken back at once at a till, as the till tells it under an id of its own. A higher version of that id corrects what
 * a lower one said; one without lines says that the sale did not happen. The tenders always come to the total.
 */
public record StoreSale(
        FacilityId facility,
        String id,
        long version,
        String register,
        Instant soldAt,
        CurrencyCode currency,
        boolean taxesIncluded,
        List<Line> lines,
        List<Charge> charges,
        List<Tender> tenders) {
    public StoreSale {
        lines = List.copyOf(lines);
        // What was stored before there were charges names none.
        charges = charges == null ? List.of() : List.copyOf(charges);
        tenders = List.copyOf(tenders);
        if (version < 1 || (lines.isEmpty() && version == 1)) {
            throw new IllegalArgumentException("a sale has lines, unless it corrects an earlier version");
        }
        Money total = total(currency, taxesIncluded, lines, charges);
        Money tendered =
                Money.sum(currency, tenders.stream().map(Tender::amount).toList());
        if (!total.equals(tendered)) {
            throw new IllegalArgumentException("the tenders come to " + tendered + ", the sale to " + total);
        }
    }

    /**
     * One line; returned goods have a negative quantity, and so have its total and taxes. {@code discount}, never negative, has been taken
     * off; the total includes the taxes if the sale's amounts do.
     */
    public record Line(
            Sku sku,
            String title,
            boolean giftCard,
            int quantity,
            Money unitPrice,
            Money discount,
            Money total,
            List<TaxLine> taxes) {
        public Line {
            taxes = List.copyOf(taxes);
            if (Math.abs((long) quantity) > Movement.MOST_UNITS || quantity == 0) {
                throw new IllegalArgumentException("a line is of some units");
            }
        }

        public Money tax() {
            return taxOf(total, taxes);
        }

        /** Without tax. */
        public Money net(boolean taxesIncluded) {
            return taxesIncluded ? total.minus(tax()) : total;
        }
    }

    /** What was charged beside the goods, or given back of it; the total includes the taxes if the sale's amounts do. */
    public record Charge(Kind kind, String title, Money total, List<TaxLine> taxes) {
        public Charge {
            taxes = List.copyOf(taxes);
        }

        public Money tax() {
            return taxOf(total, taxes);
        }

        /** Without tax. */
        public Money net(boolean taxesIncluded) {
            return taxesIncluded ? total.minus(tax()) : total;
        }

        public enum Kind {
            SERVICE,
            TIP,
            /** What a total in cash was rounded by. */
            ROUNDING
        }
    }

    /** Money of one kind ({@code cash}, {@code card}), which the books know as a gateway; negative when it was given back. */
    public record Tender(String kind, Money amount) {}

    private static Money taxOf(Money total, List<TaxLine> taxes) {
        return Money.sum(total.currency(), taxes.stream().map(TaxLine::amount).toList());
    }

    public Money total() {
        return total(currency, taxesIncluded, lines, charges);
    }

    /** By what the trace finds it. */
    public String link() {
        return "sale/" + facility + "/" + id;
    }

    /** Whether another version says the same. */
    public boolean saysAs(StoreSale other) {
        return facility.equals(other.facility)
                && id.equals(other.id)
                && register.equals(other.register)
                && soldAt.equals(other.soldAt)
                && currency.equals(other.currency)
                && taxesIncluded == other.taxesIncluded
                && lines.equals(other.lines)
                && charges.equals(other.charges)
                && tenders.equals(other.tenders);
    }

    /** What comes to the total of such parts. */
    public static Money total(CurrencyCode currency, boolean taxesIncluded, List<Line> lines, List<Charge> charges) {
        Money parts = Money.sum(
                currency,
                Stream.concat(lines.stream().map(Line::total), charges.stream().map(Charge::total))
                        .toList());
        return taxesIncluded
                ? parts
                : parts.plus(Money.sum(
                        currency,
                        Stream.concat(
                                        lines.stream().map(Line::tax),
                                        charges.stream().map(Charge::tax))
                                .toList()));
    }
}
