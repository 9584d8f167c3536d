package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Price;
import io.throughline.domain.catalog.Product;
import io.throughline.domain.catalog.Product.Contradiction;
import io.throughline.domain.catalog.Product.Known;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The canonical catalogue in PostgreSQL. A product never ceases to be known, so each SKU that was found once is remembered here; one that
 * was not found is looked for again each time, and counts from the moment at which it is synced.
 */
public final class PostgresProductCatalog implements ProductCatalog {
    private static final int MOST_REMEMBERED = 500_000;

    private final Transactions transactions;
    private final Clock clock;
    private final Set<Sku> remembered = ConcurrentHashMap.newKeySet();

    public PostgresProductCatalog(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public boolean knows(Sku sku) {
        return remembered.contains(sku) || isThere(sku);
    }

    private boolean isThere(Sku sku) {
        boolean there =
                transactions.with(handle -> handle.createQuery("select exists (select from product where sku = :sku)")
                        .bind("sku", sku.value())
                        .mapTo(Boolean.class)
                        .one());
        if (there) {
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.add(sku);
        }
        return there;
    }

    @Override
    public Optional<Product> find(Sku sku) {
        return transactions.with(handle ->
                products(
                                handle,
                                handle.createQuery("select sku, since from product where sku = :sku")
                                        .bind("sku", sku.value()))
                        .stream()
                        .findFirst());
    }

    @Override
    public Map<Sku, String> titles(Collection<Sku> skus) {
        return transactions.with(handle -> handle
                .createQuery("""
                        select p.sku, coalesce(a.value, p.sku) as title from product p
                        left join product_attribute a on a.sku = p.sku and a.attribute = :title
                        where p.sku = any(cast(:skus as text[]))
                        """)
                .bind("title", Attribute.TITLE)
                .bindArray("skus", String.class, Skus.texts(skus))
                .map((row, context) -> Map.entry(Sku.of(row.getString("sku")), row.getString("title")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<Product> after(Optional<Sku> sku, int limit) {
        return transactions.with(handle -> products(
                handle,
                handle.createQuery("select sku, since from product where sku > :after order by sku limit :limit")
                        .bind("after", sku.map(Sku::value).orElse(""))
                        .bind("limit", limit)));
    }

    /** Prices are compared as they are read: an index finds no more of them than their owners let stand. */
    @Override
    public List<Refused> refusedFrom(AccountId source, int limit) {
        return transactions.with(handle -> products(
                        handle,
                        handle.createQuery("""
                        select distinct p.sku, p.since from product p join (
                            select o.sku from product_observation o
                            left join product_attribute a on a.sku = o.sku and a.attribute = o.about
                            where o.source = :source and not starts_with(o.about, :ownPrice)
                                and (starts_with(o.about, :price) or o.value is distinct from a.value)
                            order by o.at desc limit :most) latest on latest.sku = p.sku
                        """)
                                .bind("source", source.value())
                                .bind("ownPrice", PageIntake.PRICE + source + " ")
                                .bind("price", PageIntake.PRICE)
                                .bind("most", limit))
                .stream()
                .flatMap(product -> refused(handle, product, source))
                .sorted(Comparator.comparing((Refused word) -> word.word().at()).reversed())
                .limit(limit)
                .toList());
    }

    private static Stream<Refused> refused(Handle handle, Product product, AccountId source) {
        return product.contradictions().stream()
                .filter(word -> word.source().equals(source))
                .map(word -> new Refused(product.sku(), word, counts(handle, product, word)));
    }

    private static Optional<String> counts(Handle handle, Product product, Contradiction word) {
        return word.about().startsWith(PageIntake.PRICE)
                ? Optional.ofNullable(pricesByName(handle, Set.of(product.sku()))
                                .getOrDefault(product.sku(), Map.of())
                                .get(word.about()))
                        .map(price -> PageIntake.words(price.amount()))
                : product.attributes().stream()
                        .filter(known -> known.attribute().name().equals(word.about()))
                        .findFirst()
                        .flatMap(Known::value);
    }

    /** {@code found} asks for SKUs and since when they are known; the products come in its order. */
    private static List<Product> products(Handle handle, Query found) {
        Map<Sku, Instant> since = new LinkedHashMap<>();
        found.map((row, context) -> Map.entry(Sku.of(row.getString("sku")), Columns.instant(row, "since")))
                .forEach(known -> since.put(known.getKey(), known.getValue()));
        Map<Sku, Map<Attribute, Known>> attributes = AttributeRows.of(handle, since.keySet());
        Map<Sku, List<Contradiction>> observed = ObservationRows.of(handle, since.keySet());
        Map<Sku, Map<String, Price>> prices = pricesByName(handle, since.keySet());
        return since.entrySet().stream()
                .map(known -> {
                    Map<Attribute, Known> has = attributes.getOrDefault(known.getKey(), Map.of());
                    Map<String, Price> costs = prices.getOrDefault(known.getKey(), Map.of());
                    return new Product(
                            known.getKey(),
                            known.getValue(),
                            List.copyOf(has.values()),
                            observed.getOrDefault(known.getKey(), List.of()).stream()
                                    .filter(word -> contradicts(word, has, costs))
                                    .toList());
                })
                .toList();
    }

    private static boolean contradicts(Contradiction word, Map<Attribute, Known> has, Map<String, Price> costs) {
        return word.about().startsWith(PageIntake.PRICE)
                ? Optional.ofNullable(costs.get(word.about()))
                        .map(price -> contradicts(word, Optional.of(PageIntake.words(price.amount())), price.source()))
                        .orElseGet(() -> !isOfItsOwn(word))
                : Optional.ofNullable(has.get(Attribute.valueOf(word.about())))
                        .map(known -> contradicts(word, known.value(), known.source()))
                        .orElseGet(() -> word.value().isPresent());
    }

    /** What an account had said before it became the owner contradicts nobody. */
    private static boolean contradicts(Contradiction word, Optional<String> counts, AccountId owner) {
        return !word.source().equals(owner) && !word.value().equals(counts);
    }

    /** A channel's word on its own price, which it gave before there was the product: it counts with its next sync. */
    private static boolean isOfItsOwn(Contradiction price) {
        return price.about().startsWith(PageIntake.PRICE + price.source() + " ");
    }

    private static Map<Sku, Map<String, Price>> pricesByName(Handle handle, Set<Sku> skus) {
        Map<Sku, Map<String, Price>> prices = new HashMap<>();
        PriceRows.latest(handle, skus)
                .forEach((tag, price) -> prices.computeIfAbsent(tag.sku(), sku -> new HashMap<>())
                        .put(PageIntake.about(tag), price));
        return prices;
    }

    @Override
    public List<Price> prices(Sku sku, Optional<AccountId> channel, Optional<CurrencyCode> currency) {
        return transactions.with(handle -> PriceRows.valid(handle, sku, channel, currency, clock.instant()));
    }
}
