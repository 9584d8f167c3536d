package io.throughline.connectors.shopify;

import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OutsideOrderSourceContract;
import io.throughline.domain.order.OutsideOrderSourceUnderTest;
import org.junit.jupiter.api.AutoClose;

final class OrderSourceContractTest extends OutsideOrderSourceContract {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @Override
    protected OutsideOrderSourceUnderTest underTest() {
        return new Shop(sandbox);
    }

    private static final class Shop extends ShopUnderTest implements OutsideOrderSourceUnderTest {
        Shop(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public OrderSource source() {
            return sandbox.connector().orders();
        }

        @Override
        public OrderSource unreachable() {
            return sandbox.unreachable().orders();
        }

        @Override
        public OrderKey place() {
            return sandbox.take("orders_paid_two_lines_tax_discount");
        }
    }
}
