package io.throughline.connectors.square;

import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OutsideOrderSourceContract;
import io.throughline.domain.order.OutsideOrderSourceUnderTest;
import org.junit.jupiter.api.AutoClose;

final class OrderSourceContractTest extends OutsideOrderSourceContract {
    @AutoClose
    private static final TestingStores testing = new TestingStores();

    @Override
    protected OutsideOrderSourceUnderTest underTest() {
        return new Tills(testing);
    }

    private static final class Tills extends TillsUnderTest implements OutsideOrderSourceUnderTest {
        Tills(TestingStores testing) {
            super(testing);
        }

        @Override
        public OrderSource source() {
            return testing.square.sales();
        }

        @Override
        public OrderSource unreachable() {
            return testing.unreachable.sales();
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
    }
}
