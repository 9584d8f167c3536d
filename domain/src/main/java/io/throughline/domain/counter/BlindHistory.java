package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts by which a return without a receipt is judged: what was taken so before and still stands, of the customer and in the store, what the goods have cost, and which of
 * them have come back already.
 */
public record BlindHistory(
        List<Earlier> ofCustomer, List<Earlier> atStore, Map<Sku, Known> goods, Map<Unit, CounterReturnId> back) {
    public BlindHistory {
        ofCustomer = List.copyOf(ofCustomer);
        atStore = List.copyOf(atStore);
        goods = Map.copyOf(goods);
        back = Map.copyOf(back);
    }

    /** One that was not refused. */
    public record Earlier(CounterReturnId id, Instant at, Money value) {}

    /** What goods are called, and the lowest price that they had anywhere in the time. */
    public record Known(String title, Optional<Money> lowest) {}

    /** One single thing. */
    public record Unit(Sku sku, SerialNumber serial) {}

    /** Which facts are asked for. */
    public record Question(
            CustomerToken customer,
            FacilityId store,
            CurrencyCode currency,
            Set<Sku> skus,
            Set<Unit> units,
            Instant pricesSince,
            Instant customerSince,
            Instant storeSince) {
        public Question {
            skus = Set.copyOf(skus);
            units = Set.copyOf(units);
        }
    }
}
