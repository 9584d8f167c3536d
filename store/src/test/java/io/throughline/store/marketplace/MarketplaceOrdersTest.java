package io.throughline.store.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.marketplace.MarketplaceOrders.Pressing;
import io.throughline.domain.marketplace.MarketplaceOrders.Urgency;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderIntake.Outcome;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The orders of a marketplace: ten hours to take one on, and a hundred to ship it. */
class MarketplaceOrdersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final MarketplaceOrders orders = POSTGRES.database().marketplaceOrders();
    private final OrderKey key = new OrderKey(SampleAccounts.BAZAAR, "MP-" + NUMBERS.incrementAndGet());
    private final Order order = SampleOrder.of(key).paid().build();
    private final MarketplaceDeadlines deadlines = new MarketplaceDeadlines(
            PostgresExtension.START,
            PostgresExtension.START.plus(Duration.ofHours(10)),
            PostgresExtension.START.plus(Duration.ofHours(100)));

    @BeforeEach
    void handedOver() {
        passes(Duration.ZERO);
        POSTGRES.tables().useHandle(handle -> handle.execute("truncate marketplace_order"));
        assertThat(submit("hash")).isEqualTo(new Outcome.Accepted(order.id()));
    }

    private Outcome submit(String hash) {
        return POSTGRES.database()
                .orderIntake()
                .submit(
                        "bazaar",
                        key.externalId(),
                        hash,
                        order,
                        SampleOrder.ada(),
                        Optional.empty(),
                        Optional.of(deadlines));
    }

    @Test
    void deadlinesAreStoredWithTheOrderOnceAndTold() {
        assertThat(submit("hash")).isEqualTo(new Outcome.Replayed(order.id()));
        assertThat(submit("other")).isEqualTo(new Outcome.KeyReused());

        MarketplaceOrder kept = orders.find(order.id()).orElseThrow();
        assertThat(kept.key()).isEqualTo(key);
        assertThat(kept.deadlines()).isEqualTo(deadlines);
        assertThat(kinds()).containsExactly("order.submitted", "marketplace.deadlines");
    }

    @Test
    void anOrderOfNoMarketplaceHasNone() {
        Order other = SampleOrder.of(new OrderKey(SampleAccounts.REST, key.externalId()))
                .build();
        POSTGRES.database()
                .orderIntake()
                .submit("client", "r-" + key, "hash", other, SampleOrder.ada(), Optional.empty());

        assertThat(orders.find(other.id())).isEmpty();
    }

    @Test
    void whatWasToldIsWrittenOnceAndTraced() {
        orders.acknowledged(order.id());
        passes(Duration.ofSeconds(60));
        orders.acknowledged(order.id());
        orders.shipped(order.id());
        orders.shipped(order.id());

        MarketplaceOrder told = orders.find(order.id()).orElseThrow();
        assertThat(told.acknowledgedAt()).contains(PostgresExtension.START);
        assertThat(told.shippedAt()).contains(PostgresExtension.START.plusSeconds(60));
        assertThat(kinds()).containsOnlyOnce("marketplace.acknowledged", "marketplace.shipped");
    }

    @Test
    void whatIsCalledOffReadsAsCancelledWithItsMoneyGivenBack() {
        orders.cancellationAsked(order.id());
        passes(Duration.ofSeconds(60));
        orders.calledOff(order.id(), CancellationReason.BUYER_REQUEST, "MR-1");
        orders.calledOff(order.id(), CancellationReason.OTHER, "MR-2");

        Order read = POSTGRES.database()
                .submittedOrders()
                .read(key)
                .map(ChannelOrder::order)
                .orElseThrow();
        assertThat(read.cancelledAt()).contains(PostgresExtension.START.plusSeconds(60));
        assertThat(read.paymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(read.tenders()).hasSize(2);
        assertThat(read.tenders().getLast().parent())
                .contains(order.tenders().getFirst().id());
        assertThat(orders.find(order.id())
                        .orElseThrow()
                        .calledOff()
                        .orElseThrow()
                        .reference())
                .isEqualTo("MR-1");
        assertThat(kinds()).containsOnlyOnce("marketplace.cancellation-asked", "marketplace.called-off");
    }

    @Test
    void whatIsGivenBackForWhatCameBackIsKeptOnceAndReadWithTheOrder() {
        POSTGRES.stored(order);
        passes(Duration.ofSeconds(60));
        orders.refunded(order.id(), refund("MR-1"));
        orders.refunded(order.id(), refund("MR-2"));

        assertThat(orders.refunds(order.id())).containsExactly(refund("MR-1"));
        Order read = POSTGRES.database()
                .submittedOrders()
                .read(key)
                .map(ChannelOrder::order)
                .orElseThrow();
        assertThat(read).isEqualTo(MarketplaceRefund.told(order, List.of(refund("MR-1"))));
        assertThat(read.quantity("L1")).isEqualTo(1);
        assertThat(read.refunded()).hasToString("25.00 USD");
        assertThat(kinds()).containsOnlyOnce("marketplace.refunded");
        assertThat(POSTGRES.database().trace().lookup("MR-1"))
                .contains(order.id().value());
        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute("update marketplace_refund set refund_id = 'other'")))
                .hasMessageContaining("marketplace_refund");
    }

    @Test
    void aReturnIsFoundByItsNameAtTheMarketplace() {
        POSTGRES.stored(order);
        ReturnId id = ReturnId.of(order.id(), 1);
        orders.returnAsked(order.id(), id, "MB-" + key.externalId());
        orders.returnAsked(order.id(), id, "MB-" + key.externalId());

        assertThat(kinds()).containsOnlyOnce("marketplace.return-asked");
        assertThat(POSTGRES.database().trace().lookup("MB-" + key.externalId()))
                .contains(order.id().value());
    }

    private MarketplaceRefund refund(String id) {
        return new MarketplaceRefund(
                id,
                order.id() + "-R1",
                List.of(new LineQuantity("L1", SampleOrder.TEE, 1)),
                List.of(new MarketplaceRefund.Part("T1", MoneyBag.of(Money.of("25.00", order.currency())))),
                POSTGRES.clock().instant());
    }

    @Test
    void whatPressesIsFoundAndSaidOnceForEachUrgency() {
        passes(Duration.ofHours(8).minusSeconds(1));
        assertThat(pressing()).isEmpty();

        passes(Duration.ofHours(8));
        assertThat(pressing()).containsExactly(pressing(Kind.ACKNOWLEDGE, Urgency.AT_RISK));
        pressing().forEach(orders::noted);
        assertThat(pressing()).isEmpty();

        passes(Duration.ofHours(10));
        pressing().forEach(orders::noted);
        assertThat(pressing()).isEmpty();
        passes(Duration.ofHours(100));
        assertThat(pressing())
                .as("nobody has looked while it was only at risk")
                .containsExactly(pressing(Kind.SHIP, Urgency.MISSED));
        assertThat(orders.pressing(List.of(SampleAccounts.REST), 10)).isEmpty();
    }

    @Test
    void whatIsSettledOrEndedPressesNobody() {
        passes(Duration.ofHours(200));
        assertThat(pressing()).hasSize(2);
        orders.acknowledged(order.id());
        assertThat(pressing()).extracting(Pressing::kind).containsExactly(Kind.SHIP);

        POSTGRES.stored(order);
        POSTGRES.database().orders().advance(order.id(), OrderStatus.CANCELLED, "it has ended");
        assertThat(pressing()).isEmpty();
    }

    private Pressing pressing(Kind kind, Urgency urgency) {
        return new Pressing(order.id(), SampleAccounts.BAZAAR, kind, urgency, deadlines.by(kind));
    }

    private List<Pressing> pressing() {
        return orders.pressing(List.of(SampleAccounts.BAZAAR), 10);
    }

    private static void passes(Duration time) {
        Instant until = PostgresExtension.START.plus(time);
        POSTGRES.clock().advance(Duration.between(POSTGRES.clock().instant(), until));
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order.id().value()).stream()
                .map(TraceEntry::kind)
                .toList();
    }
}
