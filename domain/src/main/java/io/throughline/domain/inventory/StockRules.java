package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Bundles;
import java.util.function.Supplier;

/** The retailer's data by which the ledger books, promises and is shown. What is a matter of policy is asked for each time. */
public record StockRules(
        StockAuthorities authorities,
        SafetyStocks safetyStocks,
        Bundles bundles,
        Supplier<Displacement> displacement,
        Preorders preorders,
        ChannelRules channels,
        StockCompanies companies) {
    /** Where every product may leave as soon as it is there, and every channel may sell it. */
    public StockRules(
            StockAuthorities authorities,
            SafetyStocks safetyStocks,
            Bundles bundles,
            Supplier<Displacement> displacement) {
        this(authorities, safetyStocks, bundles, displacement, Preorders.none());
    }

    /** Where every channel may sell everything. */
    public StockRules(
            StockAuthorities authorities,
            SafetyStocks safetyStocks,
            Bundles bundles,
            Supplier<Displacement> displacement,
            Preorders preorders) {
        this(authorities, safetyStocks, bundles, displacement, preorders, ChannelRules.none());
    }

    /** Where no ERP is told of what the ledger adjusts. */
    public StockRules(
            StockAuthorities authorities,
            SafetyStocks safetyStocks,
            Bundles bundles,
            Supplier<Displacement> displacement,
            Preorders preorders,
            ChannelRules channels) {
        this(authorities, safetyStocks, bundles, displacement, preorders, channels, StockCompanies.none());
    }

    /** The same, where these ERPs are told of what the ledger adjusts. */
    public StockRules told(StockCompanies told) {
        return new StockRules(authorities, safetyStocks, bundles, displacement, preorders, channels, told);
    }
}
