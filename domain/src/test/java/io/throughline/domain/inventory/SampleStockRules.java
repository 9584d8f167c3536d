package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;

/** Rules under which the ledger is used in tests. */
public final class SampleStockRules {
    /** The one outside system that moves stock in {@link #plain}. */
    public static final String POS = "square-northwind";

    private SampleStockRules() {}

    /** {@link #POS} moves everything, nothing is a bundle, nothing is kept back. */
    public static StockRules plain() {
        return with(Bundles.none(), SafetyStocks.none());
    }

    public static StockRules with(Bundles bundles, SafetyStocks safetyStocks) {
        return rules((facility, measure) -> new Authority(POS, Basis.MOVEMENTS), bundles, safetyStocks);
    }

    /** Nothing is a bundle, nothing is kept back. */
    public static StockRules movedBy(StockAuthorities authorities) {
        return rules(authorities, Bundles.none(), SafetyStocks.none());
    }

    /** As {@link #plain}, where channels may sell as these rules say. */
    public static StockRules offering(Bundles bundles, ChannelRules channels) {
        StockRules plain = with(bundles, SafetyStocks.none());
        return new StockRules(
                plain.authorities(), plain.safetyStocks(), bundles, plain.displacement(), plain.preorders(), channels);
    }

    private static StockRules rules(StockAuthorities authorities, Bundles bundles, SafetyStocks safetyStocks) {
        return new StockRules(authorities, safetyStocks, bundles, () -> Displacement.NEWEST_FIRST);
    }
}
