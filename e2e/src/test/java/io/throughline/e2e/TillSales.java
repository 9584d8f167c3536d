package io.throughline.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What a store's tills have sold on a day, as they hand it over, and what it all comes to. */
final class TillSales {
    private static final List<String> SKUS = List.of("NW-TEE-BLK-M", "NW-CAP-NVY", "NW-MUG-RED", "NW-SCARF-GRY");
    private static final List<String> TENDERS = List.of("cash", "square_card", "gift_card");

    private final SplittableRandom random;
    private final Instant first;
    private final List<ObjectNode> sales = new ArrayList<>();
    private final Map<String, BigDecimal> taken = new TreeMap<>();
    private final Map<String, Integer> left = new TreeMap<>();

    TillSales(long seed, Instant first, int count) {
        this.random = new SplittableRandom(seed);
        this.first = first;
        for (int i = 1; i <= count; i++) {
            sell(
                    "R" + (1 + i % 3) + "-" + i,
                    SKUS.get(random.nextInt(SKUS.size())),
                    random.nextInt(8) == 0 ? -1 : 1 + random.nextInt(2),
                    TENDERS.get(random.nextInt(TENDERS.size())));
        }
    }

    /** One line of dollars, 6.25 % tax on top. */
    ObjectNode sell(String id, String sku, int units, String tender) {
        BigDecimal total = new BigDecimal("20.00").multiply(BigDecimal.valueOf(units));
        BigDecimal tax = new BigDecimal("1.25").multiply(BigDecimal.valueOf(units));
        ObjectNode sale = Json.object()
                .put("saleId", id)
                .put("register", id.substring(0, 2))
                .put("soldAt", first.plusMillis(random.nextInt(60_000)).toString())
                .put("currency", "USD")
                .put("taxesIncluded", false);
        sale.putArray("lines")
                .addObject()
                .put("sku", sku)
                .put("quantity", units)
                .put("unitPrice", "20.00")
                .put("total", total.toPlainString())
                .putArray("taxes")
                .addObject()
                .put("title", "State tax")
                .put("rate", "0.0625")
                .put("amount", tax.toPlainString());
        sale.putArray("tenders")
                .addObject()
                .put("kind", tender)
                .put("amount", total.add(tax).toPlainString());
        sales.add(sale);
        taken.merge(tender, total.add(tax), BigDecimal::add);
        left.merge(sku, units, Integer::sum);
        return sale;
    }

    List<ObjectNode> all() {
        return List.copyOf(sales);
    }

    static ObjectNode batch(List<ObjectNode> sales) {
        ObjectNode batch = Json.object();
        batch.putArray("sales").addAll(sales);
        return batch;
    }

    BigDecimal total() {
        return taken.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** By tender. */
    Map<String, BigDecimal> taken() {
        return Map.copyOf(taken);
    }

    /** Units by SKU, those that came back taken off. */
    Map<String, Integer> left() {
        return Map.copyOf(left);
    }
}
