package io.throughline.api.webhook;

import io.throughline.connectors.shopify.ShopifyNotice;
import io.throughline.connectors.shopify.ShopifyNotice.CustomerChanged;
import io.throughline.connectors.shopify.ShopifyNotice.CustomerToForget;
import io.throughline.connectors.shopify.ShopifyNotice.CustomersMerged;
import io.throughline.connectors.shopify.ShopifyNotice.DataRequested;
import io.throughline.connectors.shopify.ShopifyNotice.ExportFinished;
import io.throughline.connectors.shopify.ShopifyNotice.ProductChanged;
import io.throughline.connectors.shopify.ShopifyNotice.ReturnChanged;
import io.throughline.connectors.shopify.ShopifyNotice.ShopToForget;
import io.throughline.connectors.shopify.ShopifyWebhooks.Verified;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.inbox.Inbox.Gathering;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ChannelReturnId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores what Shopify says that no order's process has to hear. What is kept of it are numbers: whoever they belong to is read, or forgotten, later. */
final class NoticeInbox {
    private final WebhookInbox inbox;

    NoticeInbox(WebhookInbox inbox) {
        this.inbox = inbox;
    }

    void store(Verified event, ShopifyNotice notice) {
        switch (notice) {
            case ExportFinished finished -> store(event, "catalog/" + finished.account(), Map.of());
            case ProductChanged(AccountId account, String product, boolean _) ->
                inbox.store(
                        account,
                        event.topic(),
                        event.eventId(),
                        "products/" + account,
                        Map.of("product", product),
                        Gathering.STREAM);
            case ReturnChanged(ChannelReturnId id) -> store(event, id.subject(), Map.of());
            case CustomerChanged(CustomerKey customer) -> store(event, customer.workflowId(), Map.of());
            case CustomersMerged(CustomerKey gone, CustomerKey kept) ->
                store(event, kept.workflowId(), Map.of("gone", gone.externalId()));
            case DataRequested(String request, CustomerKey customer, List<OrderKey> orders) ->
                storePrivacy(event, about(customer, orders, Map.of("request", request)));
            case CustomerToForget(CustomerKey customer, List<OrderKey> orders) ->
                storePrivacy(event, about(customer, orders, Map.of()));
            case ShopToForget shop -> storePrivacy(event, Map.of());
        }
    }

    private void storePrivacy(Verified event, Map<String, ?> hint) {
        inbox.storeThoughOff(
                event.account(), event.topic(), event.eventId(), "privacy/" + event.account(), hint, Gathering.BURST);
    }

    private static Map<String, Object> about(CustomerKey customer, List<OrderKey> orders, Map<String, String> more) {
        Map<String, Object> hint = new TreeMap<>(more);
        hint.put("customer", customer.externalId());
        hint.put("orders", orders.stream().map(OrderKey::externalId).toList());
        return hint;
    }

    private void store(Verified event, String subject, Map<String, ?> hint) {
        inbox.store(event.account(), event.topic(), event.eventId(), subject, hint, Gathering.BURST);
    }
}
