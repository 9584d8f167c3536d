package io.throughline.connectors.shopify.reconciliation;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.Subscriptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The webhooks of each shop. One of ours that points elsewhere is turned to the configured address, a missing one is made anew;
 * subscriptions of others are left alone.
 */
public final class ShopifySubscriptions implements Subscriptions {
    /** Tells of no order, but that a shop's stock has changed. */
    public static final String OF_STOCK = "inventory_levels/update";

    /**
     * What processes want to hear of, as the topic header spells it. Edits, refunds and transactions all come with an
     * orders/updated too, so they are not asked for twice. What privacy laws ask is sent
     * to the address in the app's own configuration.
     */
    public static final List<String> TOPICS = List.of(
            "orders/create",
            "orders/updated",
            "orders/cancelled",
            "fulfillments/create",
            "fulfillment_orders/order_routing_complete",
            "fulfillment_orders/moved",
            "fulfillment_orders/split",
            "fulfillment_orders/merged",
            "fulfillment_orders/placed_on_hold",
            "fulfillment_orders/hold_released",
            "fulfillment_orders/cancelled",
            "fulfillment_orders/fulfillment_request_accepted",
            "fulfillment_orders/fulfillment_request_rejected",
            "fulfillment_orders/cancellation_request_accepted",
            "fulfillment_orders/cancellation_request_rejected",
            "fulfillment_orders/fulfillment_service_failed_to_complete",
            "disputes/create",
            "disputes/update",
            "returns/request",
            "returns/approve",
            "returns/decline",
            "returns/cancel",
            "returns/close",
            OF_STOCK,
            "bulk_operations/finish",
            "products/create",
            "products/update",
            "products/delete",
            "customers/create",
            "customers/update",
            "customers/merge");

    private static final String NAME = "throughline";

    private final Shops shops;
    private final Map<AccountId, URI> addresses;

    public ShopifySubscriptions(Shops shops, Map<AccountId, URI> addresses) {
        this.shops = shops;
        this.addresses = Map.copyOf(addresses);
    }

    @Override
    public List<String> ensure(AccountId account) {
        URI address = addresses.get(account);
        if (address == null) {
            return List.of();
        }
        AdminApi shop = shops.of(account);
        List<Subscription> present = all(shop);
        List<String> mended = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String topic : TOPICS) {
            List<Subscription> ours = present.stream()
                    .filter(subscription -> subscription.topic().equals(enumName(topic)))
                    .toList();
            if (ours.stream().noneMatch(subscription -> subscription.pointsTo(address))) {
                Optional<String> refusal = mend(
                        shop,
                        topic,
                        address,
                        ours.stream().filter(Subscription::named).findFirst());
                refusal.ifPresentOrElse(words -> refused.add(topic + ": " + words), () -> mended.add(topic));
            }
        }
        if (!refused.isEmpty()) {
            // Last, so that one that the app lacks a scope for keeps no other from being made.
            throw SystemFailure.withoutEffect(
                    FailureCode.SUBSCRIPTION_MISSING,
                    shop.shopDomain() + " refuses the subscription to " + String.join("; ", refused),
                    null);
        }
        return mended;
    }

    /** Gives the shop's words where it refuses that. */
    private static Optional<String> mend(AdminApi shop, String topic, URI address, Optional<Subscription> strayed) {
        try {
            List<UserError> errors = make(shop, topic, address, strayed);
            return errors.isEmpty() ? Optional.empty() : Optional.of(UserError.words(errors));
        } catch (SystemFailure failure) {
            if (failure.code() == FailureCode.CREDENTIAL_REFUSED) {
                return Optional.of(String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    private static List<UserError> make(AdminApi shop, String topic, URI address, Optional<Subscription> strayed) {
        Map<String, Object> subscription = Map.of("uri", address.toString(), "name", NAME);
        return strayed.isPresent()
                ? shop.call(
                                Operation.WEBHOOK_SUBSCRIPTION_UPDATE,
                                Map.of("id", strayed.get().id(), "subscription", subscription),
                                Updated.class)
                        .webhookSubscriptionUpdate()
                        .userErrors()
                : shop.call(
                                Operation.WEBHOOK_SUBSCRIPTION_CREATE,
                                Map.of("topic", enumName(topic), "subscription", subscription),
                                Created.class)
                        .webhookSubscriptionCreate()
                        .userErrors();
    }

    private static List<Subscription> all(AdminApi shop) {
        List<Subscription> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Map<String, Object> variables = new LinkedHashMap<>();
            next.ifPresent(after -> variables.put("after", after));
            Connection<Subscription> page = shop.call(Operation.WEBHOOK_SUBSCRIPTIONS_LIST, variables, Listed.class)
                    .webhookSubscriptions();
            all.addAll(page.nodes());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private static String enumName(String topic) {
        return topic.replace('/', '_').toUpperCase(Locale.ROOT);
    }

    private record Listed(Connection<Subscription> webhookSubscriptions) {}

    private record Subscription(String id, Optional<String> name, String topic, Optional<String> uri) {
        boolean pointsTo(URI address) {
            return uri.filter(address.toString()::equals).isPresent();
        }

        boolean named() {
            return name.filter(NAME::equals).isPresent();
        }
    }

    private record Created(Outcome webhookSubscriptionCreate) {}

    private record Updated(Outcome webhookSubscriptionUpdate) {}

    private record Outcome(List<UserError> userErrors) {}
}
