package io.throughline.connectors.square;

import com.squareup.square.types.BatchGetCatalogObjectsRequest;
import com.squareup.square.types.CatalogItemVariation;
import com.squareup.square.types.CatalogObject;
import com.squareup.square.types.CatalogObjectItemVariation;
import com.squareup.square.types.CatalogObjectType;
import com.squareup.square.types.CatalogQuery;
import com.squareup.square.types.CatalogQuerySet;
import com.squareup.square.types.SearchCatalogObjectsRequest;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * SKUs and Square's names for them. An order line at Square names a catalog variation and no SKU, so both directions are looked up
 * and remembered; what Square refuses as unknown is forgotten by {@link #forget}. Thread-safe.
 */
final class CatalogIndex {

    private static final int MOST_VALUES = 250;

    private final Merchants merchants;
    private final Map<Key, String> variations = new ConcurrentHashMap<>();
    private final Map<Key, Sku> skus = new ConcurrentHashMap<>();

    CatalogIndex(Merchants merchants) {
        this.merchants = merchants;
    }

    /** A text that belongs to one merchant. */
    private record Key(AccountId account, String text) {}

    /** The variation of a SKU, once {@link #learn} has asked for it; empty when Square has none. */
    Optional<String> variation(AccountId account, Sku sku) {
        return Optional.ofNullable(variations.get(new Key(account, sku.value())));
    }

    Optional<Sku> sku(AccountId account, String variation) {
        return Optional.ofNullable(skus.get(new Key(account, variation)));
    }

    /** Looks up the SKUs that are not known yet. */
    void learn(AccountId account, Collection<Sku> wanted) {
        List<String> unknown = wanted.stream()
                .filter(sku -> variation(account, sku).isEmpty())
                .map(Sku::value)
                .distinct()
                .toList();
        inParts(
                unknown,
                part -> remember(
                        account,
                        merchants
                                .of(account)
                                .mustRead(client -> client.catalog()
                                        .search(SearchCatalogObjectsRequest.builder()
                                                .objectTypes(List.of(CatalogObjectType.ITEM_VARIATION))
                                                .query(CatalogQuery.builder()
                                                        .setQuery(CatalogQuerySet.builder()
                                                                .attributeName("sku")
                                                                .attributeValues(part)
                                                                .build())
                                                        .build())
                                                .build())
                                        .getObjects())));
    }

    /** Looks up the variations that are not known yet. */
    void learnVariations(AccountId account, Collection<String> wanted) {
        List<String> unknown = wanted.stream()
                .filter(variation -> sku(account, variation).isEmpty())
                .distinct()
                .toList();
        inParts(
                unknown,
                part -> remember(
                        account,
                        merchants
                                .of(account)
                                .mustRead(client -> client.catalog()
                                        .batchGet(BatchGetCatalogObjectsRequest.builder()
                                                .objectIds(part)
                                                .build())
                                        .getObjects())));
    }

    private static void inParts(List<String> values, Consumer<List<String>> lookUp) {
        for (int start = 0; start < values.size(); start += MOST_VALUES) {
            lookUp.accept(values.subList(start, Math.min(values.size(), start + MOST_VALUES)));
        }
    }

    private void remember(AccountId account, Optional<List<CatalogObject>> objects) {
        for (CatalogObject object : objects.orElse(List.of())) {
            Optional<CatalogObjectItemVariation> variation = object.getItemVariation();
            Optional<Sku> sku = variation
                    .flatMap(CatalogObjectItemVariation::getItemVariationData)
                    .flatMap(CatalogItemVariation::getSku)
                    .flatMap(Sku::read);
            if (variation.isPresent() && sku.isPresent()) {
                variations.put(
                        new Key(account, sku.get().value()), variation.get().getId());
                skus.put(new Key(account, variation.get().getId()), sku.get());
            }
        }
    }

    void forget(AccountId account, Collection<Sku> stale) {
        stale.forEach(sku -> variations.remove(new Key(account, sku.value())));
    }
}
