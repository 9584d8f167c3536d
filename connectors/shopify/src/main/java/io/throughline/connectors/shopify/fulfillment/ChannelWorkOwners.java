package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import java.util.Optional;

/** Which order a fulfillment order belongs to. */
public final class ChannelWorkOwners {
    private final Shops shops;
    private final ChannelWorkReader reader = new ChannelWorkReader();

    public ChannelWorkOwners(Shops shops) {
        this.shops = shops;
    }

    public Optional<OrderKey> orderOf(AccountId account, String channelWork) {
        return reader.find(shops.of(account), channelWork)
                .map(work -> new OrderKey(account, Gid.number(work.orderId())));
    }
}
