package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.payment.DisputedAmounts;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shopify's orders, read by GraphQL. An order's external id is its number, as webhooks give it. */
public final class ShopifyOrders implements OrderSource {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private final Shops shops;
    private final OrderReader reader = new OrderReader();
    private final OrderMapper mapper;

    public ShopifyOrders(Shops shops, Facilities facilities) {
        this.shops = shops;
        this.mapper = new OrderMapper(facilities);
    }

    static String gid(OrderKey key) {
        return Gid.of("Order", key.externalId());
    }

    @Override
    public Optional<ChannelOrder> read(OrderKey key) {
        if (!NUMBER.matcher(key.externalId()).matches()) {
            return Optional.empty();
        }
        AdminApi shop = shops.of(key.account());
        return reader.read(shop, gid(key)).map(order -> map(key, order)).map(order -> withAmounts(shop, order));
    }

    private static ChannelOrder withAmounts(AdminApi shop, ChannelOrder read) {
        return read.disputes().isEmpty()
                ? read
                : new ChannelOrder(
                        read.order(),
                        read.person(),
                        read.disputes().stream()
                                .map(dispute -> DisputedAmounts.of(shop, dispute))
                                .toList(),
                        read.heldWork(),
                        read.items());
    }

    private ChannelOrder map(OrderKey key, OrderDocument.Whole order) {
        requireRouted(key, order);
        try {
            return mapper.map(key.account(), order);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw SystemFailure.withoutEffect(
                    FailureCode.ORDER_UNREADABLE, "order " + key + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Shopify makes an order's fulfillment orders a moment after the order; without them nothing could be told to it later. */
    private static void requireRouted(OrderKey key, OrderDocument.Whole order) {
        boolean goods = order.lines().stream().anyMatch(line -> line.requiresShipping() && line.currentQuantity() > 0);
        if (goods && order.work().isEmpty() && order.head().cancelledAt().isEmpty()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_ERROR, "Shopify has made no fulfillment order for order " + key + " yet", null);
        }
    }

    @Override
    public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
        Connection<ChangedOrder> page = shops.of(account)
                .call(Operation.ORDERS_SINCE, Search.pageSince(since, cursor), ChangedOrders.class)
                .orders();
        return new Page(
                page.nodes().stream()
                        .map(order -> new Changed(new OrderKey(account, Gid.number(order.id())), order.updatedAt()))
                        .toList(),
                page.next());
    }

    private record ChangedOrders(Connection<ChangedOrder> orders) {}

    private record ChangedOrder(String id, Instant updatedAt) {}
}
