package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How many units of each line have come back at some point of an order's returns, and what part of its goods that is. Gift cards are no goods. */
final class ReturnedUnits {
    private final Purchase purchase;
    private final Map<String, Integer> units;

    private ReturnedUnits(Purchase purchase, Map<String, Integer> units) {
        this.purchase = purchase;
        this.units = units;
    }

    static ReturnedUnits before(Purchase purchase) {
        Map<String, Integer> units = new HashMap<>();
        purchase.lines().forEach(line -> units.put(line.sold().id(), line.returned()));
        return new ReturnedUnits(purchase, units);
    }

    ReturnedUnits plus(ReturnRequest.Line line) {
        Map<String, Integer> more = new HashMap<>(units);
        more.merge(line.lineId(), line.quantity(), Integer::sum);
        return new ReturnedUnits(purchase, more);
    }

    int of(String lineId) {
        return units.getOrDefault(lineId, 0);
    }

    /** What part of a charge for the whole order is due with the units that have come back since then. */
    UnaryOperator<Money> dueSince(ReturnedUnits before, ChargeRule rule) {
        boolean last = isEverything() && !before.isEverything();
        return switch (rule) {
            case NEVER -> whole -> Money.zero(whole.currency());
            case WITH_THE_LAST -> whole -> last ? whole : Money.zero(whole.currency());
            case IN_PROPORTION ->
                whole -> wholeValue() == 0
                        ? Money.zero(whole.currency())
                        : whole.share(before.value(), value(), wholeValue());
        };
    }

    private boolean isEverything() {
        return goods().stream()
                .allMatch(line -> of(line.sold().id()) == line.sold().quantity());
    }

    /** Out of {@link #wholeValue}; goods that cost nothing are counted by units. */
    private long value() {
        return goods().stream()
                .mapToLong(line -> valueOf(line, of(line.sold().id())))
                .sum();
    }

    private long wholeValue() {
        return goods().stream()
                .mapToLong(line -> valueOf(line, line.sold().quantity()))
                .sum();
    }

    private long valueOf(Purchase.Line line, int count) {
        Money total = line.sold().total();
        return goods().stream().allMatch(other -> other.sold().total().isZero())
                ? count
                : total.share(0, count, line.sold().quantity()).minor();
    }

    private List<Purchase.Line> goods() {
        return purchase.lines().stream().filter(line -> !line.sold().giftCard()).toList();
    }
}
