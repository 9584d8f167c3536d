package io.throughline.e2e;

import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A shop that loses its subscriptions together with an order's webhooks; what is found goes on its journey. */
record ComparedShop(House house, ShopOrders orders, Function<Placed, Traveller> traveller)
        implements ComparedChannel<Placed> {
    private static final String SUBSCRIPTIONS = "/shopify/" + ShopOrders.SHOP + "/subscriptions";

    @Override
    public String account() {
        return ShopOrders.ACCOUNT;
    }

    @Override
    public String system() {
        return "shopify";
    }

    /** By the queries' first fields. */
    @Override
    public List<String> questions() {
        return List.of("webhookSubscriptions", "orders");
    }

    @Override
    public Placed lose() {
        house.stage().sandbox().delete(SUBSCRIPTIONS);
        return orders.placeSilently();
    }

    @Override
    public void awaitDone(Placed found) {
        traveller.apply(found).travel();
    }

    @Override
    public List<String> traces(Placed found) {
        List<String> traces = new ArrayList<>(new Footprints(house).of(found));
        Json.list(house.stage().sandbox().get(SUBSCRIPTIONS)).stream()
                .map(Object::toString)
                .sorted()
                .forEach(traces::add);
        return traces;
    }
}
