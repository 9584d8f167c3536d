package io.throughline.connectors.square;

import com.squareup.square.types.WebhookSubscription;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.reconciliation.SubscriptionsContract;
import io.throughline.domain.reconciliation.SubscriptionsUnderTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class SubscriptionsContractTest extends SubscriptionsContract {
    private static TestingStores testing;
    private static TestingSubscription subscription;

    @BeforeAll
    static void start() {
        testing = new TestingStores();
        subscription = new TestingSubscription(testing);
        subscription.make(TestingStores.HOOK.toString());
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @Override
    protected SubscriptionsUnderTest underTest() {
        return new OneSubscription(testing, subscription);
    }

    private record OneSubscription(TestingStores testing, TestingSubscription subscription)
            implements SubscriptionsUnderTest {
        @Override
        public Subscriptions subscriptions() {
            return testing.square.subscriptions();
        }

        @Override
        public Subscriptions unreachable() {
            return testing.unreachable.subscriptions();
        }

        @Override
        public AccountId account() {
            return TestingStores.POS;
        }

        @Override
        public List<String> drop() {
            subscription.change(WebhookSubscription.builder()
                    .eventTypes(List.of("payment.created"))
                    .build());
            return List.of(
                    "order.updated",
                    "order.fulfillment.updated",
                    "payment.updated",
                    "refund.created",
                    SquareEvent.OF_STOCK);
        }

        @Override
        public Set<String> heard() {
            return Set.copyOf(subscription.get().getEventTypes().orElseThrow());
        }

        @Override
        public void meetsNext(Trouble trouble) {
            testing.fault("*", trouble);
        }

        @Override
        public void noMoreTrouble() {
            testing.noMoreFaults();
        }
    }
}
