package io.throughline.connectors.shopify;

import static java.util.stream.Collectors.toSet;

import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.reconciliation.SubscriptionsContract;
import io.throughline.domain.reconciliation.SubscriptionsUnderTest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;

final class SubscriptionsContractTest extends SubscriptionsContract {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @Override
    protected SubscriptionsUnderTest underTest() {
        return new Shop(sandbox);
    }

    private static final class Shop extends ShopUnderTest implements SubscriptionsUnderTest {
        Shop(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public Subscriptions subscriptions() {
            return sandbox.connector().subscriptions();
        }

        @Override
        public Subscriptions unreachable() {
            return sandbox.unreachable().subscriptions();
        }

        /** Shopify drops all of an app at once. */
        @Override
        public List<String> drop() {
            sandbox.dropSubscriptions();
            return ShopifySubscriptions.TOPICS;
        }

        @Override
        public Set<String> heard() {
            Set<String> present = StreamSupport.stream(sandbox.subscriptions().spliterator(), false)
                    .map(subscription -> subscription.path("topic").asText())
                    .collect(toSet());
            return ShopifySubscriptions.TOPICS.stream()
                    .filter(topic -> present.contains(topic.replace('/', '_').toUpperCase(Locale.ROOT)))
                    .collect(toSet());
        }
    }
}
