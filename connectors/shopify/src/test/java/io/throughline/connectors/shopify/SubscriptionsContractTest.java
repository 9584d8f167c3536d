package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.reconciliation.Subscriptions;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubscriptionsContractTest {
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
    void missingOnesAreMadeAndGivenOnce() {
        assertThat(subscriptions.ensure(SampleShops.NORTHWIND)).containsExactlyElementsOf(ShopifySubscriptions.TOPICS);
        assertThat(subscriptions.ensure(SampleShops.NORTHWIND)).isEmpty();
        assertThat(present()).hasSize(ShopifySubscriptions.TOPICS.size());
    }

    @Test
    void oneThatShopifyDeletedIsMadeAnew() {
        subscriptions.ensure(SampleShops.NORTHWIND);
        sandbox.control("DELETE", "/shopify/" + SampleShops.DOMAIN + "/subscriptions", "", 204);

        assertThat(subscriptions.ensure(SampleShops.NORTHWIND)).contains("orders/create", "orders/updated");
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

        assertThat(present())
                .hasSize(ShopifySubscriptions.TOPICS.size())
                .allSatisfy(subscription ->
                        assertThat(subscription.path("uri").asText()).isEqualTo(moved.toString()));
    }

    @Test
    void shopsAreLookedAtOneByOne() {
        subscriptions.ensure(SampleShops.NORTHWIND);

        assertThat(subscriptions.ensure(SampleShops.JAPAN)).isNotEmpty();
    }

    private JsonNode present() {
        return sandbox.control("GET", "/shopify/" + SampleShops.DOMAIN + "/subscriptions", "", 200);
    }
}
