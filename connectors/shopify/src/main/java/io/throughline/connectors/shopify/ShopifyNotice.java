package io.throughline.connectors.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ChannelReturnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a webhook says that no order's process has to hear: an export, a return, a product, a customer, or what the law lets people ask. Names and addresses stay behind. */
public sealed interface ShopifyNotice {
    String RETURNS = "returns/";

    /** A bulk operation has come to its end. */
    record ExportFinished(AccountId account) implements ShopifyNotice {}

    /** {@code product} is its number in the shop. {@code gone}: it was deleted. */
    record ProductChanged(AccountId account, String product, boolean gone) implements ShopifyNotice {}

    /** A return was asked for, opened, declined, cancelled or closed in the shop. */
    record ReturnChanged(ChannelReturnId id) implements ShopifyNotice {}

    record CustomerChanged(CustomerKey customer) implements ShopifyNotice {}

    record CustomersMerged(CustomerKey gone, CustomerKey kept) implements ShopifyNotice {}

    record DataRequested(String request, CustomerKey customer, List<OrderKey> orders) implements ShopifyNotice {}

    record CustomerToForget(CustomerKey customer, List<OrderKey> orders) implements ShopifyNotice {}

    record ShopToForget(AccountId account) implements ShopifyNotice {}

    /** Whether a body under this topic must say what {@link #read} looks for. What a hint about a product leaves out, the next sync says. */
    static boolean isExpected(String topic) {
        return switch (topic) {
            case "customers/create", "customers/update", "customers/data_request", "customers/redact" -> true;
            default -> topic.startsWith(RETURNS);
        };
    }

    /** Empty: it is about something else, or does not say what it should. */
    static Optional<ShopifyNotice> read(AccountId account, String topic, JsonNode body) {
        return switch (topic) {
            case "bulk_operations/finish" -> Optional.of(new ExportFinished(account));
            case "customers/create", "customers/update" ->
                customer(account, body.path("id")).map(CustomerChanged::new);
            case "products/create", "products/update", "products/delete" ->
                Gid.told(body.path("id"), "Product")
                        .map(number -> new ProductChanged(account, number, topic.equals("products/delete")));
            case "customers/merge" -> merged(account, body);
            case "customers/data_request" ->
                customer(account, body.path("customer").path("id"))
                        .map(customer -> new DataRequested(
                                body.path("data_request").path("id").asText("0"),
                                customer,
                                orders(account, body.path("orders_requested"))));
            case "customers/redact" ->
                customer(account, body.path("customer").path("id"))
                        .map(customer ->
                                new CustomerToForget(customer, orders(account, body.path("orders_to_redact"))));
            case "shop/redact" -> Optional.of(new ShopToForget(account));
            default ->
                topic.startsWith(RETURNS)
                        ? Gid.told(body.path("id"), "Return")
                                .map(number -> new ReturnChanged(new ChannelReturnId(account, number)))
                        : Optional.empty();
        };
    }

    private static Optional<ShopifyNotice> merged(AccountId account, JsonNode body) {
        if (!body.path("status").asText("completed").equals("completed")) {
            return Optional.empty();
        }
        Optional<CustomerKey> gone = customer(account, body.path("admin_graphql_api_customer_deleted_id"));
        Optional<CustomerKey> kept = customer(account, body.path("admin_graphql_api_customer_kept_id"));
        return gone.flatMap(lost -> kept.map(stays -> new CustomersMerged(lost, stays)));
    }

    private static Optional<CustomerKey> customer(AccountId account, JsonNode id) {
        return Gid.told(id, "Customer").map(number -> new CustomerKey(account, number));
    }

    private static List<OrderKey> orders(AccountId account, JsonNode ids) {
        List<OrderKey> orders = new ArrayList<>();
        ids.forEach(id -> Gid.told(id, "Order").ifPresent(number -> orders.add(new OrderKey(account, number))));
        return orders;
    }
}
