package io.throughline.domain.sale;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sale means for the stock: one movement for what left and one for what came back of each SKU, under the sale's id and version. A
 * correction withdraws what it no longer speaks of. Gift cards move no stock.
 */
public final class SoldGoods {
    private SoldGoods() {}

    /** {@code before} is the version that this one corrects. */
    public static List<Movement> movements(StoreSale sale, Optional<StoreSale> before) {
        Map<Sku, Integer> sold = new TreeMap<>();
        Map<Sku, Integer> returned = new TreeMap<>();
        before.ifPresent(earlier ->
                goods(earlier).forEach(line -> side(line, sold, returned).put(line.sku(), 0)));
        goods(sale).forEach(line -> side(line, sold, returned).merge(line.sku(), line.quantity(), Integer::sum));
        List<Movement> movements = new ArrayList<>();
        sold.forEach((sku, units) -> movements.add(movement(sale, sku, Movement.Kind.SALE, units)));
        returned.forEach((sku, units) -> movements.add(movement(sale, sku, Movement.Kind.RETURN, -units)));
        return movements;
    }

    private static List<StoreSale.Line> goods(StoreSale sale) {
        return sale.lines().stream().filter(line -> !line.giftCard()).toList();
    }

    private static Map<Sku, Integer> side(StoreSale.Line line, Map<Sku, Integer> sold, Map<Sku, Integer> returned) {
        return line.quantity() > 0 ? sold : returned;
    }

    private static Movement movement(StoreSale sale, Sku sku, Movement.Kind kind, int units) {
        return new Movement(
                new StockSource(StockSource.OWN, sale.link() + "/" + kind + "/" + sku, sale.version()),
                sale.facility(),
                sku,
                Measure.ON_HAND,
                kind,
                kind == Movement.Kind.SALE ? -units : units,
                Optional.empty(),
                sale.soldAt());
    }
}
