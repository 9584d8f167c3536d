package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.CostStated;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.catalog.UnitCost;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The goods of each company, with its list prices and what it values a unit at, in the order of their ids: an export is nothing but the id up to
 * which it goes. What is added meanwhile comes with the next one.
 */
final class TrytonCatalog implements CatalogSource {
    private static final int PAGE = 500;

    private final TrytonErp erp;

    TrytonCatalog(TrytonErp erp) {
        this.erp = erp;
    }

    @Override
    public String export(AccountId account, Instant since) {
        return erp.read(account, company -> Long.toString(company.goods().lastId()));
    }

    @Override
    public Export state(AccountId account, String export) {
        return new Export.Ready("", Long.parseLong(export));
    }

    @Override
    public Page read(AccountId account, Export.Ready export, Optional<String> cursor) {
        long after = cursor.map(Long::parseLong).orElse(0L);
        return erp.read(account, company -> page(account, company.goods(), after, export.size()));
    }

    private static Page page(AccountId account, Goods goods, long after, long last) {
        List<JsonNode> rows = goods.between(after, last, PAGE);
        CurrencyCode currency = goods.currency();
        List<ProductRecord> products = new ArrayList<>();
        int unusable = 0;
        for (JsonNode row : rows) {
            Optional<ProductRecord> product = product(account, currency, row);
            product.ifPresent(products::add);
            unusable += product.isPresent() ? 0 : 1;
        }
        if (rows.size() < PAGE) {
            return new Page(products, unusable, last, Optional.empty());
        }
        long read = Values.id(rows.getLast());
        return new Page(products, unusable, read, Optional.of(Long.toString(read)));
    }

    private static Optional<ProductRecord> product(AccountId account, CurrencyCode currency, JsonNode row) {
        try {
            Instant version = Values.optionalChange(row).orElse(Instant.EPOCH);
            Optional<PriceStated> price = Values.optionalDecimal(row.path("list_price_used"))
                    .map(amount -> new PriceStated(account, Money.rounded(amount, currency), version));
            return Values.optionalText(row, "code")
                    .flatMap(Sku::read)
                    .map(sku -> new ProductRecord(
                            sku,
                            List.of(new Stated(Attribute.TITLE, Values.optionalText(row, "name"), version)),
                            price.stream().toList(),
                            cost(currency, row, version)));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** What the company values a unit at; less than nothing is no cost. */
    private static Optional<CostStated> cost(CurrencyCode currency, JsonNode row, Instant version) {
        return Values.optionalDecimal(row.path("cost_price"))
                .filter(amount -> amount.signum() >= 0)
                .map(amount -> new CostStated(new UnitCost(amount, currency), version));
    }
}
