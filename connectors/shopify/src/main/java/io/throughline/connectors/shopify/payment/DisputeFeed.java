package io.throughline.connectors.shopify.payment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.ScopedList;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The disputes of a shop, whose webhooks may have been lost. Shopify does not tell when a dispute has changed, so all that were begun in the time in which one
 * is decided are looked at each time; that one stands so is one event, which is news once. A shop without Shopify
 * Payments refuses the list as it does without the scope.
 */
public final class DisputeFeed implements EventFeed {
    private static final String TOPIC = "disputes/reconciled";
    private static final Duration DECIDED_WITHIN = Duration.ofDays(120);

    private final Shops shops;

    public DisputeFeed(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        Map<String, Object> variables = Search.pageSince("initiated_at", since.minus(DECIDED_WITHIN), cursor);
        AdminApi shop = shops.of(account);
        return ScopedList.page(shop, "disputes", "read_shopify_payments_disputes", () -> {
            Connection<Dispute> page = shop.call(Operation.DISPUTES_SINCE, variables, Disputes.class)
                    .disputes();
            return new Page(
                    page.nodes().stream()
                            .flatMap(dispute -> event(account, dispute))
                            .toList(),
                    page.next());
        });
    }

    private static Stream<Event> event(AccountId account, Dispute dispute) {
        return dispute.order().stream()
                .map(order -> new Event(
                        TOPIC,
                        Gid.number(dispute.id()) + "@" + dispute.status(),
                        new OrderKey(account, Gid.number(order.id())).workflowId(),
                        "{}"));
    }

    private record Disputes(Connection<Dispute> disputes) {}

    private record Dispute(String id, String status, Optional<Reference> order) {}
}
