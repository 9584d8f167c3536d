package io.throughline.store.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderFlow.Passed;
import io.throughline.domain.order.OrderFlow.Standing;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
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

    @Test
    void countsWhatWentThroughTheStagesOfATime() {
        POSTGRES.clock().advance(Duration.ofDays(1));
        Instant from = POSTGRES.clock().instant();
        heardOf();
        OrderId routed = heardOf();
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute("""
                    insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, allocated_at)
                    values (?, ?, 1, 'WH-EAST', 'SHIPPING', 'ALLOCATED', '[]', ?)
                    """, routed + "-F1", routed.value(), Timestamp.from(from));
            handle.execute("""
                    insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, handed_over_at)
                    values (?, ?, 2, 'WH-EAST', 'SHIPPING', 'SHIPPED', '[]', ?)
                    """, routed + "-F2", routed.value(), Timestamp.from(from));
            journal(handle, routed + "-F1/invoice", "INVOICE", routed, from);
            journal(handle, routed + "/payment/T1", "PAYMENT", routed, from);
        });

        assertThat(flow.passed(from, from.plusSeconds(1))).isEqualTo(new Passed(2, 1, 1, 1, 1, 0));
        assertThat(flow.passed(from.plusSeconds(1), from.plusSeconds(2))).isEqualTo(new Passed(0, 0, 0, 0, 0, 0));
        assertThat(flow.firstReceived())
                .isPresent()
                .get()
                .satisfies(first -> assertThat(first).isBeforeOrEqualTo(from));
    }

    /** What is heard of it later is no second end. */
    @Test
    void anOrderIsCompletedOnce() {
        POSTGRES.clock().advance(Duration.ofDays(1));
        OrderId order = heardOf();
        POSTGRES.clock().advance(Duration.ofSeconds(10));
        Instant end = POSTGRES.clock().instant();
        complete(order, end);
        complete(order, end.plusSeconds(60));

        assertThat(flow.passed(end, end.plusSeconds(1)).completed()).isOne();
        assertThat(flow.passed(end.plusSeconds(1), end.plusSeconds(90)).completed())
                .isZero();
    }

    private static void complete(OrderId order, Instant at) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update customer_order set status = 'COMPLETED', changed_at = ? where id = ?",
                        Timestamp.from(at),
                        order.value()));
    }

    private static void journal(Handle handle, String reference, String kind, OrderId order, Instant at) {
        handle.execute("""
                insert into journal (reference, order_id, kind, business_date, currency, stored_at)
                values (?, ?, ?, cast('2026-11-23' as date), 'USD', ?)
                """, reference, order.value(), kind, Timestamp.from(at));
        handle.execute("""
                insert into journal_line (reference, number, role, detail, currency, debit, credit)
                values (?, 1, 'RECEIVABLE', '', 'USD', 100, 0), (?, 2, 'REVENUE', '', 'USD', 0, 100)
                """, reference, reference);
    }

    private static OrderId heardOf() {
        OrderKey key = SampleOrder.freshKey();
        return POSTGRES.database()
                .orders()
                .hint(key, Channel.ONLINE, SamplePolicies.RULES)
                .id();
    }
}
