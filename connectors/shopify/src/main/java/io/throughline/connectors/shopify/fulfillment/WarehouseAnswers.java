package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What warehouses have refused, whose webhooks may have been lost: requests for fulfillment, and for cancellation, that were rejected, and
 * cancellations that were accepted. Shopify does not count that as a change of the order. That a request was accepted is seen in time by
 * whoever waits for it.
 */
public final class WarehouseAnswers implements EventFeed {
    private static final String TOPIC = "fulfillment_orders/reconciled";
    private static final Set<String> ANSWERED = Set.of("REJECTED", "CANCELLATION_REJECTED", "CANCELLATION_ACCEPTED");

    private final Shops shops;

    public WarehouseAnswers(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        Connection<Changed> page = shops.of(account)
                .call(Operation.FULFILLMENT_ORDERS_SINCE, Search.pageSince(since, cursor), ChangedWork.class)
                .fulfillmentOrders();
        return new Page(
                page.nodes().stream()
                        .filter(work -> ANSWERED.contains(work.requestStatus()))
                        .map(work -> event(account, work))
                        .toList(),
                page.next());
    }

    /** The same work may lie elsewhere afterwards, and be refused there, too. */
    private static Event event(AccountId account, Changed work) {
        return new Event(TOPIC, work.id() + "@" + work.updatedAt(), "work/" + account + "/" + work.id(), "{}");
    }

    private record ChangedWork(Connection<Changed> fulfillmentOrders) {}

    private record Changed(String id, String requestStatus, Instant updatedAt) {}
}
