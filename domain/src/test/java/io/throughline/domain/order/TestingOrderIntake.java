package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes in orders in memory; each is known at once. */
public final class TestingOrderIntake implements OrderIntake {
    private final Map<String, OrderId> keys = new ConcurrentHashMap<>();
    private final List<Order> taken = new ArrayList<>();
    private final TestingOrders orders;

    public TestingOrderIntake(TestingOrders orders) {
        this.orders = orders;
    }

    public synchronized List<Order> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized Outcome submit(
            String client,
            String idempotencyKey,
            String bodyHash,
            Order order,
            PersonalData person,
            Optional<BasketId> basket,
            Optional<MarketplaceDeadlines> deadlines) {
        Optional<Outcome> earlier = earlier(client, idempotencyKey, bodyHash);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        keys.put(client + " " + idempotencyKey, order.id());
        taken.add(order);
        orders.accept(order, person, order.version());
        return new Outcome.Accepted(order.id());
    }

    @Override
    public Optional<Outcome> earlier(String client, String idempotencyKey, String bodyHash) {
        return Optional.ofNullable(keys.get(client + " " + idempotencyKey)).map(Outcome.Replayed::new);
    }

    @Override
    public boolean has(OrderId order) {
        return keys.containsValue(order);
    }
}
