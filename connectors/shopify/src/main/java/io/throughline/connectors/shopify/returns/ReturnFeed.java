package io.throughline.connectors.shopify.returns;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.ScopedList;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.returns.ChannelReturnId;
import java.time.Instant;
import java.util.Optional;

/**
 * The returns of a shop's orders that have changed, whose webhooks may have been lost: a return changes its order. That one stands so is one event, which is
 * news once.
 */
public final class ReturnFeed implements EventFeed {
    private static final String TOPIC = "returns/reconciled";

    private final Shops shops;

    public ReturnFeed(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        AdminApi shop = shops.of(account);
        return ScopedList.page(shop, "returns", "read_returns", () -> {
            Connection<Changed> page = shop.call(Operation.RETURNS_SINCE, Search.pageSince(since, cursor), Orders.class)
                    .orders();
            return new Page(
                    page.nodes().stream()
                            .flatMap(order -> order.returns().nodes().stream())
                            .map(one -> event(account, one))
                            .toList(),
                    page.next());
        });
    }

    private static Event event(AccountId account, Standing one) {
        String number = Gid.number(one.id());
        return new Event(TOPIC, number + "@" + one.status(), new ChannelReturnId(account, number).subject(), "{}");
    }

    private record Orders(Connection<Changed> orders) {}

    private record Changed(Connection<Standing> returns) {}

    private record Standing(String id, String status) {}
}
