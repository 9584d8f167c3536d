package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.EventFeedContract;
import io.throughline.domain.reconciliation.EventFeedUnderTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class EventFeedContractTest extends EventFeedContract {
    private static final AtomicLong NUMBERS = new AtomicLong(8_300_000_000_000L);

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
    protected EventFeedUnderTest underTest() {
        return new Customers(sandbox);
    }

    private record Customers(TestingSandbox sandbox) implements EventFeedUnderTest {
        @Override
        public EventFeed feed() {
            return sandbox.connector().feed();
        }

        @Override
        public EventFeed unreachable() {
            return sandbox.unreachable().feed();
        }

        @Override
        public AccountId account() {
            return SampleShops.NORTHWIND;
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
