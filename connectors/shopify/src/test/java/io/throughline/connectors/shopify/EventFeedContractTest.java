package io.throughline.connectors.shopify;

import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.EventFeedContract;
import io.throughline.domain.reconciliation.EventFeedUnderTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;

final class EventFeedContractTest extends EventFeedContract {
    private static final AtomicLong NUMBERS = new AtomicLong(8_300_000_000_000L);

    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @Override
    protected EventFeedUnderTest underTest() {
        return new Customers(sandbox);
    }

    private static final class Customers extends ShopUnderTest implements EventFeedUnderTest {
        Customers(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public EventFeed feed() {
            return sandbox.connector().feed();
        }

        @Override
        public EventFeed unreachable() {
            return sandbox.unreachable().feed();
        }

        @Override
        public List<String> happen(int times) {
            return IntStream.range(0, times).mapToObj(one -> newCustomer()).toList();
        }

        private String newCustomer() {
            String id = Long.toString(NUMBERS.incrementAndGet());
            sandbox.control(
                    "PUT", "/shopify/" + SampleShops.DOMAIN + "/customers?webhooks=none", "{\"id\":" + id + "}", 200);
            return id;
        }
    }
}
