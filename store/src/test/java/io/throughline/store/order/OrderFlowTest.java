package io.throughline.store.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderFlow.Standing;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderFlowTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final OrderFlow flow = POSTGRES.database().orderFlow();

    @Test
    void countsTheOrdersOfATimeByWhereTheyStand() {
        heardOf();
        POSTGRES.clock().advance(Duration.ofHours(1));
        Instant since = POSTGRES.clock().instant();
        heardOf();
        OrderId further = heardOf();
        POSTGRES.database().orders().advance(further, OrderStatus.VALIDATED, "it adds up");

        assertThat(flow.receivedSince(since))
                .containsExactly(
                        new Standing(OrderStatus.RECEIVED, PaymentStatus.PENDING, PostingStatus.PENDING, 1),
                        new Standing(OrderStatus.VALIDATED, PaymentStatus.PENDING, PostingStatus.PENDING, 1));
        assertThat(flow.receivedSince(since.plusSeconds(1))).isEmpty();
    }

    private static OrderId heardOf() {
        OrderKey key = SampleOrder.freshKey();
        return POSTGRES.database()
                .orders()
                .hint(key, Channel.ONLINE, SamplePolicies.RULES)
                .id();
    }
}
