package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.RefundEntry.Deduction;
import io.throughline.domain.sale.StoreSale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a return over a counter means for the books and the stock of the store that took it: a sale of less than nothing in its day, whose lines, charges and
 * tenders come to the refund, and one movement for what came of each SKU and disposition.
 */
public final class CounterBooking {
    private static final String REGISTER = "returns";
    private static final List<Measure> IN_TURN = List.of(Measure.HELD, Measure.ON_HAND);

    private final CounterReturn returned;
    private final boolean taxesIncluded;

    /** {@code taxesIncluded}: the prices of the sale had them. */
    public CounterBooking(CounterReturn returned, boolean taxesIncluded) {
        this.returned = returned;
        this.taxesIncluded = taxesIncluded;
    }

    /** A later version corrects which tenders the money went to, or, without lines, says that somebody else has told it. */
    public StoreSale sale(int version) {
        return new StoreSale(
                returned.store(),
                returned.id().value(),
                version,
                REGISTER,
                returned.takenAt(),
                returned.refund().currency(),
                taxesIncluded,
                lines(),
                charges(),
                tenders());
    }

    private List<StoreSale.Line> lines() {
        List<StoreSale.Line> lines = new ArrayList<>();
        List<RefundEntry> entries = returned.refund().entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof RefundEntry.Goods goods) {
                lines.add(line(goods, conditionAfter(entries, i)));
            }
        }
        return lines;
    }

    /** A condition follows the goods that are in it. */
    private static Optional<Deduction> conditionAfter(List<RefundEntry> entries, int goods) {
        return entries.stream()
                .skip(goods + 1L)
                .takeWhile(next -> !(next instanceof RefundEntry.Goods))
                .flatMap(next -> next instanceof Deduction deduction && isCondition(deduction)
                        ? Stream.of(deduction)
                        : Stream.empty())
                .findFirst();
    }

    private static boolean isCondition(Deduction deduction) {
        return deduction.cause() == Deduction.Cause.CONDITION;
    }

    private StoreSale.Line line(RefundEntry.Goods goods, Optional<Deduction> condition) {
        Money total = asPriced(goods).plus(condition.map(this::asPriced).orElse(Money.zero(currency())));
        List<TaxLine> taxes = new ArrayList<>(goods.taxes());
        condition.ifPresent(kept -> taxes.addAll(kept.taxes()));
        return new StoreSale.Line(
                goods.sku(),
                goods.title(),
                false,
                -goods.quantity(),
                Money.ofMinor(total.plus(goods.discount()).minor() / goods.quantity(), currency()),
                goods.discount(),
                total.negated(),
                negated(taxes));
    }

    private List<StoreSale.Charge> charges() {
        List<StoreSale.Charge> charges = new ArrayList<>();
        for (RefundEntry entry : returned.refund().entries()) {
            kindOf(entry)
                    .map(kind -> new StoreSale.Charge(
                            kind, entry.words(), asPriced(entry).negated(), negated(entry.taxes())))
                    .filter(charge ->
                            !charge.total().isZero() || !charge.taxes().isEmpty())
                    .ifPresent(charges::add);
        }
        return charges;
    }

    private static Optional<StoreSale.Charge.Kind> kindOf(RefundEntry entry) {
        return switch (entry) {
            case RefundEntry.Goods goods -> Optional.empty();
            case RefundEntry.Charge charge ->
                Optional.of(
                        switch (charge.kind()) {
                            case SHIPPING, DUTIES -> StoreSale.Charge.Kind.SERVICE;
                            case TIP -> StoreSale.Charge.Kind.TIP;
                            case ROUNDING -> StoreSale.Charge.Kind.ROUNDING;
                        });
            case RefundEntry.Goodwill given -> Optional.of(StoreSale.Charge.Kind.SERVICE);
            case Deduction kept ->
                switch (kept.cause()) {
                    case CONDITION -> Optional.empty();
                    case RESTOCKING_FEE, LABEL_FEE, GOODWILL -> Optional.of(StoreSale.Charge.Kind.SERVICE);
                    case LIMIT, CASH_ROUNDING -> Optional.of(StoreSale.Charge.Kind.ROUNDING);
                };
        };
    }

    private List<StoreSale.Tender> tenders() {
        return returned.parts().stream()
                .map(part -> new StoreSale.Tender(part.gateway(), part.amount().negated()))
                .toList();
    }

    /** With the taxes in it if and only if the sale's prices had them. */
    private Money asPriced(RefundEntry entry) {
        return taxesIncluded
                ? entry.amount()
                : entry.amount()
                        .minus(Money.sum(
                                currency(),
                                entry.taxes().stream().map(TaxLine::amount).toList()));
    }

    private static List<TaxLine> negated(List<TaxLine> taxes) {
        record Tax(String title, BigDecimal rate) {}
        Map<Tax, Money> sums = new LinkedHashMap<>();
        taxes.forEach(tax -> sums.merge(new Tax(tax.title(), tax.rate()), tax.amount(), Money::plus));
        return sums.entrySet().stream()
                .filter(sum -> !sum.getValue().isZero())
                .map(sum -> new TaxLine(
                        sum.getKey().title(),
                        sum.getKey().rate(),
                        sum.getValue().negated()))
                .toList();
    }

    private CurrencyCode currency() {
        return returned.refund().currency();
    }

    /** What is kept back is so before it is on hand, so that nobody is promised it in between; what is thrown away never comes into stock. */
    public List<Movement> movements() {
        record Kept(Sku sku, Disposition disposition) {}
        Map<Kept, Integer> units = new TreeMap<>(Comparator.comparing(Kept::sku).thenComparing(Kept::disposition));
        returned.lines()
                .forEach(line -> units.merge(new Kept(line.sku(), line.disposition()), line.quantity(), Integer::sum));
        List<Movement> movements = new ArrayList<>();
        units.forEach((kept, count) -> IN_TURN.stream()
                .filter(kept.disposition()::grows)
                .forEach(measure -> movements.add(new Movement(
                        source(kept.disposition(), measure, kept.sku()),
                        returned.store(),
                        kept.sku(),
                        measure,
                        Movement.Kind.RETURN,
                        count,
                        Optional.of(kept.disposition().name()),
                        returned.takenAt()))));
        return movements;
    }

    /** Its last parts are those of a sale's movement, by which it is known whose goods they are. */
    private StockSource source(Disposition disposition, Measure measure, Sku sku) {
        return new StockSource(
                StockSource.OWN,
                "sale/" + returned.store() + "/" + returned.id() + "/" + disposition + "/" + measure + "/"
                        + Movement.Kind.RETURN + "/" + sku,
                1);
    }
}
