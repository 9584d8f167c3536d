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
        return new StockRules(
                (facility, measure) -> new Authority(POS, Basis.MOVEMENTS),
                safetyStocks,
                bundles,
                () -> Displacement.NEWEST_FIRST);
    }
}
