package io.throughline.connectors.shopify;

import static java.util.stream.Collectors.toSet;

import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.reconciliation.SubscriptionsContract;
import io.throughline.domain.reconciliation.SubscriptionsUnderTest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class SubscriptionsContractTest extends SubscriptionsContract {
    private static TestingSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestingSandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Override
    protected SubscriptionsUnderTest underTest() {
        return new Shop(sandbox);
    }

    private record Shop(TestingSandbox sandbox) implements SubscriptionsUnderTest {
        @Override
        public Subscriptions subscriptions() {
            return sandbox.connector().subscriptions();
        }

        @Override
        public Subscriptions unreachable() {
            return sandbox.unreachable().subscriptions();
        }

        @Override
        public AccountId account() {
            return SampleShops.NORTHWIND;
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

        @Override
        public void meetsNext(Trouble trouble) {
            sandbox.fault("*", trouble);
        }

        @Override
        public void noMoreTrouble() {
            sandbox.noMoreFaults();
        }
    }
}
