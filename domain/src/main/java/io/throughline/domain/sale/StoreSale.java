package io.throughline.domain.sale;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import java.time.Instant;
import java.util.List;

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
        List<Tender> tenders) {
    public StoreSale {
        lines = List.copyOf(lines);
        tenders = List.copyOf(tenders);
        if (version < 1 || (lines.isEmpty() && version == 1)) {
            throw new IllegalArgumentException("a sale has lines, unless it corrects an earlier version");
        }
        Money total = total(currency, taxesIncluded, lines);
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
            return Money.sum(
                    total.currency(), taxes.stream().map(TaxLine::amount).toList());
        }

        /** Without tax. */
        public Money net(boolean taxesIncluded) {
            return taxesIncluded ? total.minus(tax()) : total;
        }
    }

    /** Money of one kind ({@code cash}, {@code card}), which the books know as a gateway; negative when it was given back. */
    public record Tender(String kind, Money amount) {}

    public Money total() {
        return total(currency, taxesIncluded, lines);
    }

    /** By what the trace finds it. */
    public String link() {
        return "sale/" + facility + "/" + id;
    }

    /** What comes to the total of such lines. */
    public static Money total(CurrencyCode currency, boolean taxesIncluded, List<Line> lines) {
        Money total = Money.sum(currency, lines.stream().map(Line::total).toList());
        return taxesIncluded
                ? total
                : total.plus(Money.sum(currency, lines.stream().map(Line::tax).toList()));
    }
}
