package io.throughline.domain.order;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for which products, in memory. Nobody is woken: a test does that. */
public final class TestingAwaitedProducts implements AwaitedProducts {
    private final Map<OrderKey, Set<Sku>> awaited = new LinkedHashMap<>();

    @Override
    public synchronized void await(OrderKey key, String subject, Collection<Sku> products) {
        awaited.put(key, Set.copyOf(products));
    }

    @Override
    public synchronized int wake(Catalog catalog, int atMost) {
        List<OrderKey> served = awaited.entrySet().stream()
                .filter(waiting -> waiting.getValue().stream().anyMatch(catalog::knows))
                .map(Map.Entry::getKey)
                .limit(atMost)
                .toList();
        served.forEach(awaited::remove);
        return served.size();
    }

    public synchronized Set<Sku> of(OrderKey key) {
        return awaited.getOrDefault(key, Set.of());
    }
}
