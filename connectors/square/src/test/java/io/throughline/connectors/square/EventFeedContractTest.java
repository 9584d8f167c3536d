package io.throughline.connectors.square;

import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.EventFeedContract;
import io.throughline.domain.reconciliation.EventFeedUnderTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class EventFeedContractTest extends EventFeedContract {
    private static TestingStores testing;

    /** Square keeps the events that somebody has asked to be told of. */
    @BeforeAll
    static void start() {
        testing = new TestingStores();
        new TestingSubscription(testing).make(TestingStores.HOOK.toString());
        testing.square.subscriptions().ensure(TestingStores.POS);
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @Override
    protected EventFeedUnderTest underTest() {
        return new Tills(testing);
    }

    private static final class Tills extends TillsUnderTest implements EventFeedUnderTest {
        Tills(TestingStores testing) {
            super(testing);
        }

        @Override
        public EventFeed feed() {
            return testing.square.feed();
        }

        @Override
        public EventFeed unreachable() {
            return testing.unreachable.feed();
        }

        @Override
        public List<String> happen(int times) {
            return IntStream.range(0, times)
                    .mapToObj(one -> testing.sell("{\"location\":\"LHARBOR\",\"items\":[{\"sku\":\"NW-CAP-NVY\"}]}")
                            .externalId())
                    .toList();
        }
    }
}
