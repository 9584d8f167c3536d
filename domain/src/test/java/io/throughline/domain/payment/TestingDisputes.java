package io.throughline.domain.payment;

import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of disputes, in memory. */
public final class TestingDisputes implements Disputes {
    private final Map<OrderId, Map<String, Dispute>> known = new ConcurrentHashMap<>();

    @Override
    public synchronized void heard(OrderId order, Dispute dispute) {
        known.computeIfAbsent(order, first -> new TreeMap<>()).put(dispute.id(), dispute);
    }

    @Override
    public synchronized List<Dispute> of(OrderId order) {
        return List.copyOf(known.getOrDefault(order, Map.of()).values());
    }
}
