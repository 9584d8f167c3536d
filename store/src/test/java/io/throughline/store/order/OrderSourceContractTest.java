package io.throughline.store.order;

import static io.throughline.domain.order.OrderBuilder.tax;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderIntake.Outcome;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OrderSourceContract;
import io.throughline.domain.order.OrderSourceUnderTest;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderSourceContractTest extends OrderSourceContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Override
    protected OrderSourceUnderTest underTest() {
        return new Submissions(POSTGRES.database());
    }

    /** The orders of REST clients, some of them submitted in the same instant. */
    private record Submissions(Database database) implements OrderSourceUnderTest {
        private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
        private static final int IN_ONE_INSTANT = 50;
        private static final AtomicInteger NUMBERS = new AtomicInteger();

        @Override
        public OrderSource source() {
            return database.submittedOrders();
        }

        @Override
        public AccountId account() {
            return SampleAccounts.REST;
        }

        @Override
        public OrderKey place() {
            int number = NUMBERS.incrementAndGet();
            Order order = new OrderBuilder(new OrderKey(account(), "R-%04d".formatted(number)), "USD")
                    .line(SampleOrder.TEE, 2, "50.00", tax("State", "4.13"))
                    .line(SampleOrder.CAP, 1, "40.00", tax("State", "3.30"))
                    .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                    .version(START.plusSeconds(number / IN_ONE_INSTANT))
                    .paid()
                    .build();
            assertThat(database.orderIntake()
                            .submit("client", "key-" + number, "hash", order, SampleOrder.ada(), Optional.empty()))
                    .isEqualTo(new Outcome.Accepted(order.id()));
            return order.key();
        }
    }
}
