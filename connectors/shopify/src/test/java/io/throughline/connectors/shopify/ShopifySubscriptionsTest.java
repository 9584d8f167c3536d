package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.reconciliation.Subscriptions;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to the webhooks of a shop. */
final class ShopifySubscriptionsTest {
    private TestingSandbox sandbox;
    private Subscriptions subscriptions;

    @BeforeEach
    void start() {
        sandbox = TestingSandbox.start();
        subscriptions = sandbox.connector().subscriptions();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void onesThatPointToAnOldAddressAreTurned() {
        subscriptions.ensure(SampleShops.NORTHWIND);
        URI moved = URI.create("http://127.0.0.1:10/webhooks/shopify");

        try (ShopifyConnector elsewhere = sandbox.connector(moved)) {
            assertThat(elsewhere.subscriptions().ensure(SampleShops.NORTHWIND))
                    .containsExactlyElementsOf(ShopifySubscriptions.TOPICS);
            assertThat(elsewhere.subscriptions().ensure(SampleShops.NORTHWIND)).isEmpty();
        }

        assertThat(sandbox.subscriptions())
                .hasSize(ShopifySubscriptions.TOPICS.size())
                .allSatisfy(subscription ->
                        assertThat(subscription.path("uri").asText()).isEqualTo(moved.toString()));
    }

    @Test
    void shopsAreLookedAtOneByOne() {
        subscriptions.ensure(SampleShops.NORTHWIND);

        assertThat(subscriptions.ensure(SampleShops.JAPAN)).isNotEmpty();
    }
}
