package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.TestingShop;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.Subscriptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to the webhooks of a shop. */
final class ShopifySubscriptionsTest {
    private static final String MADE = "{\"data\":{\"webhookSubscriptionCreate\":{\"userErrors\":[]}}}";

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

    /** The app lacks the scope for disputes: it hears of everything else. */
    @Test
    void oneThatIsRefusedKeepsNoOtherFromBeingMade() {
        try (TestingShop shop = new TestingShop();
                Transport transport = new Transport()) {
            shop.answer(200, "{\"data\":{\"webhookSubscriptions\":{\"nodes\":[]}}}");
            for (String topic : ShopifySubscriptions.TOPICS) {
                shop.answer(200, topic.startsWith("disputes/") ? refused(topic) : MADE);
            }
            Shops shops = new Shops(List.of(new AdminApi(shop.config(), transport, Clock.systemUTC())));
            Subscriptions ours =
                    new ShopifySubscriptions(shops, Map.of(SampleShops.NORTHWIND, URI.create("http://127.0.0.1:9/")));

            SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> ours.ensure(SampleShops.NORTHWIND));

            assertThat(failure.code()).isEqualTo(FailureCode.SUBSCRIPTION_MISSING);
            assertThat(failure.getMessage())
                    .contains("no permission for disputes/create", "no permission for disputes/update");
            assertThat(shop.requests())
                    .hasSize(1 + ShopifySubscriptions.TOPICS.size())
                    .last()
                    .asString()
                    .contains("CUSTOMERS_MERGE");
        }
    }

    @Test
    void shopsAreLookedAtOneByOne() {
        subscriptions.ensure(SampleShops.NORTHWIND);

        assertThat(subscriptions.ensure(SampleShops.JAPAN)).isNotEmpty();
    }

    private static String refused(String topic) {
        return "{\"errors\":[{\"message\":\"no permission for %s\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}"
                .formatted(topic);
    }
}
