package io.throughline.store.order;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import java.util.Map;

/** What is told of an order with what becomes of it, so that nobody has to ask for it: which it is, where it began and what it comes to. */
final class ToldOrder {
    private ToldOrder() {}

    static Map<String, String> of(Order order) {
        Money total = order.total().shop();
        return Map.of(
                "account", order.key().account().value(),
                "externalId", order.key().externalId(),
                "channel", order.channel().name(),
                "amount", total.toDecimal().toPlainString(),
                "currency", total.currency().toString());
    }
}
