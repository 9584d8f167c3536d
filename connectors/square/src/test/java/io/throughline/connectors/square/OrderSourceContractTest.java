package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OutsideOrderSourceContract;
import io.throughline.domain.order.OutsideOrderSourceUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class OrderSourceContractTest extends OutsideOrderSourceContract {
    private static TestingStores testing;

    @BeforeAll
    static void start() {
        testing = new TestingStores();
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @Override
    protected OutsideOrderSourceUnderTest underTest() {
        return new Tills(testing);
    }

    private record Tills(TestingStores testing) implements OutsideOrderSourceUnderTest {
        @Override
        public OrderSource source() {
            return testing.square.sales();
        }

        @Override
        public OrderSource unreachable() {
            return testing.unreachable.sales();
        }

        @Override
        public AccountId account() {
            return TestingStores.POS;
        }

        @Override
        public OrderKey place() {
            return testing.sell("""
                    {"location": "LDOWNTOWN", "tender": "CARD",
                     "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}, {"sku": "NW-MUG-RED", "quantity": 1}],
                     "discounts": [{"name": "Loyalty", "percentage": "10"}],
                     "taxes": [{"name": "TX State", "percentage": "6.25"}]}
                    """);
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
