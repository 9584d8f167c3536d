package io.throughline.connectors.shopify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.TestingShop;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.connectors.shopify.reconciliation.ShopFeed;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disputes of a shop that nobody told of. */
final class DisputeFeedTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final EventFeed.Event CUSTOMER = new EventFeed.Event("customers/update", "1", "customer/1", "{}");

    private final TestingShop shop = new TestingShop();
    private final Transport transport = new Transport();
    private final EventFeed feed = new ShopFeed(
            (account, since, cursor) -> new EventFeed.Page(List.of(CUSTOMER), Optional.empty()),
            new DisputeFeed(new Shops(List.of(new AdminApi(shop.config(), transport, Clock.systemUTC())))));

    @AfterEach
    void close() {
        transport.close();
        shop.close();
    }

    @Test
    void aDisputeIsOneEventAsLongAsItStandsSo() {
        shop.answer(200, """
                {"data":{"disputes":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[
                    {"id":"gid://shopify/ShopifyPaymentsDispute/7","status":"LOST","order":{"id":"gid://shopify/Order/5"}},
                    {"id":"gid://shopify/ShopifyPaymentsDispute/8","status":"WON","order":null}]}}}
                """);

        assertThat(page().events())
                .containsExactly(
                        CUSTOMER,
                        new EventFeed.Event(
                                "disputes/reconciled", "7@LOST", "order/" + SampleShops.NORTHWIND + "/5", "{}"));
    }

    /** What else the shop tells is taken in all the same. */
    @Test
    void anAppWithoutTheScopeIsToldWhichItLacks() {
        shop.answer(200, """
                {"errors":[{"message":"Access denied for disputes field.","extensions":{"code":"ACCESS_DENIED"}}]}
                """);

        EventFeed.Page page = page();

        assertThat(page.events()).containsExactly(CUSTOMER);
        assertThat(page.unheard()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.SUBSCRIPTION_MISSING);
            assertThat(failure.getMessage()).contains("scope read_shopify_payments_disputes", "Access denied");
        });
    }

    private EventFeed.Page page() {
        return feed.since(SampleShops.NORTHWIND, NOON, Optional.empty());
    }
}
