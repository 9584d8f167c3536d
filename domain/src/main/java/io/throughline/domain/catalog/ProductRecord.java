package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All that one system says of a product. A version is the system's own time of change; those of two systems can't be compared. */
public record ProductRecord(Sku sku, List<Stated> attributes, List<PriceStated> prices, Optional<CostStated> cost) {
    public ProductRecord {
        attributes = List.copyOf(attributes);
        prices = List.copyOf(prices);
    }

    /** Of a system that values no stock. */
    public ProductRecord(Sku sku, List<Stated> attributes, List<PriceStated> prices) {
        this(sku, attributes, prices, Optional.empty());
    }

    /** An empty value says that the product has none. */
    public record Stated(Attribute attribute, Optional<String> value, Instant version) {}

    /** What one unit costs at a channel, or in the list of an ERP. */
    public record PriceStated(AccountId channel, Money amount, Instant version) {}

    /** What one unit costs the retailer, as the ERP says that values the stock. */
    public record CostStated(UnitCost cost, Instant version) {}
}
