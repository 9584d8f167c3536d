package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OutsideOrderSourceContract;
import io.throughline.domain.order.OutsideOrderSourceUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class OrderSourceContractTest extends OutsideOrderSourceContract {
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
    protected OutsideOrderSourceUnderTest underTest() {
        return new Shop(sandbox);
    }

    private record Shop(TestingSandbox sandbox) implements OutsideOrderSourceUnderTest {
        @Override
        public OrderSource source() {
            return sandbox.connector().orders();
        }

        @Override
        public OrderSource unreachable() {
            return sandbox.unreachable().orders();
        }

        @Override
        public AccountId account() {
            return SampleShops.NORTHWIND;
        }

        @Override
        public OrderKey place() {
            return sandbox.take("orders_paid_two_lines_tax_discount");
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
