package io.throughline.connectors.tryton;

import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Unit prices from which Tryton computes exactly a given net amount. It multiplies price and quantity and rounds half to even; a price
 * has at most four decimals, so some amounts of many units need a second row.
 */
final class UnitPrices {
    private static final int PRICE_DECIMALS = 4;
    private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(PRICE_DECIMALS);

    private UnitPrices() {}

    /** So many units at this price. */
    record Row(int quantity, BigDecimal price) {}

    /** Units that came back have a negative quantity and net amount, at the price that they were sold for. */
    static List<Row> rowsFor(int quantity, Money net) {
        if (quantity < 0) {
            return rowsFor(Math.negateExact(quantity), net.negated()).stream()
                    .map(row -> new Row(-row.quantity(), row.price()))
                    .toList();
        }
        int units = Math.max(1, quantity);
        Optional<Row> single = exact(units, net);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        BigDecimal price = nearest(units, net);
        Row most = new Row(units - 1, price);
        Money rest = net.minus(amount(most, net));
        return List.of(most, new Row(1, rest.toDecimal()));
    }

    private static Optional<Row> exact(int quantity, Money net) {
        BigDecimal price = nearest(quantity, net);
        return Stream.of(price, price.add(STEP), price.subtract(STEP))
                .map(candidate -> new Row(quantity, candidate))
                .filter(row -> amount(row, net).equals(net))
                .findFirst();
    }

    private static BigDecimal nearest(int quantity, Money net) {
        return net.toDecimal().divide(BigDecimal.valueOf(quantity), PRICE_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static Money amount(Row row, Money like) {
        BigDecimal exact = row.price().multiply(BigDecimal.valueOf(row.quantity()));
        return Money.of(exact.setScale(like.currency().decimals(), RoundingMode.HALF_EVEN), like.currency());
    }
}
