package io.throughline.connectors.shopify.customer;

import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Instant;
import java.util.Optional;

/**
 * The changes of a shop's customers, whose webhooks may have been lost, or not been asked for yet. Shopify keeps no record of its webhooks,
 * so each change is an event of its own, and a customer whose webhook came is read once more. One who was merged into another is not told of.
 */
public final class CustomerFeed implements EventFeed {
    private static final String TOPIC = "customers/reconciled";

    private final Shops shops;

    public CustomerFeed(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        Connection<Changed> page = shops.of(account)
                .call(Operation.CUSTOMERS_SINCE, Search.pageSince(since, cursor), ChangedCustomers.class)
                .customers();
        return new Page(
                page.nodes().stream()
                        .map(customer -> event(new CustomerKey(account, Gid.number(customer.id())), customer))
                        .toList(),
                page.next());
    }

    private static Event event(CustomerKey key, Changed customer) {
        return new Event(TOPIC, key.externalId() + "@" + customer.updatedAt(), "customer/" + key, "{}");
    }

    private record ChangedCustomers(Connection<Changed> customers) {}

    private record Changed(String id, Instant updatedAt) {}
}
