package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.CurrencyCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The canonical catalogue: what each owner says, with where it comes from. */
public interface ProductCatalog extends Catalog {
    Optional<Product> find(Sku sku);

    /** What those of them that there are are called; without a title, as their SKU. */
    Map<Sku, String> titles(Collection<Sku> skus);

    /** Of which products an account says what it does not own, and what does not count; the latest first, at most {@code limit}. */
    List<Refused> refusedFrom(AccountId source, int limit);

    /** {@code counts} is what the owner says, or nothing. */
    record Refused(Sku sku, Product.Contradiction word, Optional<String> counts) {}

    /** In the order of their SKUs, at most {@code limit}. */
    List<Product> after(Optional<Sku> sku, int limit);

    /** What a product costs now; all channels or currencies where none is named. */
    List<Price> prices(Sku sku, Optional<AccountId> channel, Optional<CurrencyCode> currency);
}
