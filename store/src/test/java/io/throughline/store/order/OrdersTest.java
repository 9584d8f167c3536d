package io.throughline.store.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.event.EventType;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Orders.Accepted;
import io.throughline.domain.order.Reading;
import io.throughline.domain.order.Tender;
import io.throughline.domain.order.Tender.Kind;
import io.throughline.domain.order.Tender.Status;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Orders orders = POSTGRES.database().orders();

    @Test
    void hintMakesAnOrderKnownOnce() {
        OrderKey key = SampleOrder.freshKey();

        OrderView first = orders.hint(key, Channel.ONLINE, SamplePolicies.RULES);
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        OrderView second = orders.hint(key, Channel.ONLINE, SamplePolicies.RULES);

        assertThat(first.status()).isEqualTo(OrderStatus.RECEIVED);
        assertThat(first.name()).isEqualTo(key.externalId());
        assertThat(first.channelChanged()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(kinds(first.id())).containsExactly("order.received");
    }

    @Test
    void manyHintsAtOnceMakeOneOrder() throws Exception {
        OrderKey key = SampleOrder.freshKey();

        List<OrderView> views = Together.run(8, i -> orders.hint(key, Channel.ONLINE, SamplePolicies.RULES));

        assertThat(views).extracting(OrderView::id).containsOnly(OrderId.of(key));
        assertThat(kinds(OrderId.of(key))).containsExactly("order.received");
    }

    @Test
    void everyFieldOfAnOrderComesBack() {
        Order order = SampleOrder.withEverything();

        orders.accept(order, SampleOrder.ada(), POSTGRES.clock().instant());

        assertThat(orders.find(order.id())).contains(order);
        assertThat(POSTGRES.database().people().find(order.customer())).contains(SampleOrder.ada());
        OrderView view = orders.view(order.id()).orElseThrow();
        assertThat(view.name()).isEqualTo("#1099");
        assertThat(view.channel()).isEqualTo(Channel.MARKETPLACE);
    }

    @Test
    void newerVersionsReplaceAndOlderOnesDoNot() {
        OrderKey key = SampleOrder.freshKey();
        Instant then = Instant.parse("2026-11-20T15:00:00Z");
        Order first = SampleOrder.of(key).version(then).build();
        Order newer =
                SampleOrder.of(key).tags("edited").version(then.plusSeconds(1)).build();
        Order late = SampleOrder.of(key).tags("late").version(then).build();

        assertThat(accept(first)).isEqualTo(new Accepted(true, first));
        assertThat(accept(newer)).isEqualTo(new Accepted(true, newer));
        assertThat(accept(late)).isEqualTo(new Accepted(false, newer));
        assertThat(accept(newer)).isEqualTo(new Accepted(false, newer));

        assertThat(orders.find(first.id())).contains(newer);
        assertThat(orders.versions(first.id())).containsExactly(newer, first);
        assertThat(kinds(first.id())).containsExactly("order.received", "order.version", "order.version");
    }

    @Test
    void racingVersionsLeaveTheNewest() throws Exception {
        OrderKey key = SampleOrder.freshKey();
        Instant then = Instant.parse("2026-11-20T15:00:00Z");

        List<Accepted> acceptances = Together.run(
                8, i -> accept(SampleOrder.of(key).version(then.plusSeconds(i)).build()));

        assertThat(orders.find(OrderId.of(key)).map(Order::version)).contains(then.plusSeconds(7));
        assertThat(versions(OrderId.of(key)))
                .isEqualTo(acceptances.stream().filter(Accepted::news).count());
    }

    @Test
    void ofTwoReadingsWithinOneSecondTheOneThatBeganLaterCounts() {
        OrderKey key = SampleOrder.freshKey();
        Instant second = Instant.parse("2026-11-20T15:00:00Z");
        Order before = SampleOrder.of(key).version(second).build();
        Order after = SampleOrder.of(key).version(second).tags("captured").build();
        Instant earlier = POSTGRES.clock().instant();
        Instant later = earlier.plusMillis(5);

        assertThat(orders.accept(after, SampleOrder.ada(), later)).isEqualTo(new Accepted(true, after));
        assertThat(orders.accept(before, SampleOrder.ada(), earlier)).isEqualTo(new Accepted(false, after));
        assertThat(orders.find(after.id())).contains(after);
        assertThat(orders.reading(after.id())).contains(new Reading(second, later));

        assertThat(orders.accept(before, SampleOrder.ada(), later.plusMillis(1)))
                .as("changed back within the second")
                .isEqualTo(new Accepted(true, before));
    }

    @Test
    void aReadingThatFindsTheSameKnowsOfWhatWasHeardBeforeIt() {
        Order order = SampleOrder.fresh();
        Instant first = POSTGRES.clock().instant();
        orders.accept(order, SampleOrder.ada(), first);
        Instant heard = first.plusMillis(3);

        assertThat(orders.reading(order.id()).orElseThrow().knows(order.version(), heard))
                .isFalse();
        orders.accept(order, SampleOrder.ada(), heard.plusMillis(1));
        assertThat(orders.reading(order.id()).orElseThrow().knows(order.version(), heard))
                .isTrue();
    }

    @Test
    void whatIsPaidIsStoredAndTracedWithItsVersion() {
        Order paid = SampleOrder.withEverything();
        assertThat(paid.paymentStatus()).isNotEqualTo(PaymentStatus.PENDING);

        orders.accept(paid, SampleOrder.ada(), POSTGRES.clock().instant());
        assertThat(orders.view(paid.id()).orElseThrow().payment()).isEqualTo(paid.paymentStatus());
        assertThat(kinds(paid.id())).contains("order.version", "order.payment");
    }

    @Test
    void eachRefundIsToldOnce() {
        OrderBuilder order = SampleOrder.of(SampleOrder.freshKey()).paid();
        Instant placed = order.build().version();
        for (int refunds = 0; refunds <= 2; refunds++) {
            if (refunds > 0) {
                order.tender("R" + refunds, Kind.REFUND, Status.SUCCESS, "shopify_payments", "5.00", Optional.of("T1"));
            }
            Order told = order.version(placed.plusSeconds(refunds)).build();
            orders.accept(told, SampleOrder.ada(), POSTGRES.clock().instant());
            orders.accept(told, SampleOrder.ada(), POSTGRES.clock().instant());

            assertThat(POSTGRES.database().trace().of(told.id().value()))
                    .filteredOn(entry -> entry.kind().equals("refund.issued"))
                    .hasSize(refunds)
                    .allSatisfy(entry -> assertThat(entry.detail())
                            .containsEntry("amount", "5.00")
                            .containsEntry("to", "PARTIALLY_REFUNDED"));
        }
    }

    @Test
    void anOrderThatWasPaidAndRefundedBeforeItIsReadIsToldToBePaid() {
        Order read = refund(SampleOrder.of(SampleOrder.freshKey()).paid(), "10.00", "T1")
                .build();
        assertThat(read.paymentStatus()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);

        accept(read);
        accept(read);

        assertThat(paidEvents(read.id())).isEqualTo(1);
        assertThat(kinds(read.id())).containsSubsequence("order.paid", "refund.issued");
        assertThat(POSTGRES.database().trace().of(read.id().value()))
                .filteredOn(entry -> entry.kind().equals("order.paid"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(EventType.ORDER_PAID.data(read.id().value(), entry.detail()))
                                .isEqualTo(Map.of(
                                        "order", read.id().value(),
                                        "account", "northwind",
                                        "externalId", read.key().externalId(),
                                        "channel", "ONLINE",
                                        "amount", "90.00",
                                        "currency", "USD")));
    }

    /** First the one parcel is paid, then some of it goes back, and then the other is paid. */
    @Test
    void anOrderIsPaidWithItsLastParcelWhateverWentBackBetween() {
        OrderKey key = SampleOrder.freshKey();
        OrderBuilder order = SampleOrder.of(key).tender(authorisation("90.00"));
        Instant placed = order.build().version();
        accept(order.build());

        accept(capture(order, "C1", "50.00").version(placed.plusSeconds(1)).build());
        accept(refund(order, "50.00", "C1")
                .total("40.00")
                .version(placed.plusSeconds(2))
                .build());
        assertThat(paidEvents(OrderId.of(key)))
                .as("what is left is not captured, though as much was taken once")
                .isZero();

        accept(capture(order, "C2", "40.00").version(placed.plusSeconds(3)).build());
        assertThat(orders.view(OrderId.of(key)).orElseThrow().payment()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        assertThat(paidEvents(OrderId.of(key))).isEqualTo(1);
    }

    @Test
    void whatIsAddedAfterPaymentMakesItNoSecondPayment() {
        OrderKey key = SampleOrder.freshKey();
        OrderBuilder order = SampleOrder.of(key).paid();
        Instant placed = order.build().version();
        accept(order.build());
        assertThat(paidEvents(OrderId.of(key))).isEqualTo(1);

        accept(order.line(SampleOrder.CAP, 1, "40.00")
                .version(placed.plusSeconds(1))
                .build());
        assertThat(orders.view(OrderId.of(key)).orElseThrow().payment()).isEqualTo(PaymentStatus.PARTIALLY_CAPTURED);
        accept(order.tender("T2", Kind.SALE, Status.SUCCESS, "shopify_payments", "40.00", Optional.empty())
                .version(placed.plusSeconds(2))
                .build());

        assertThat(orders.view(OrderId.of(key)).orElseThrow().payment()).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(paidEvents(OrderId.of(key))).isEqualTo(1);
    }

    @Test
    void whatWasCancelledBeforeAnybodyPaidIsNotPaid() {
        OrderBuilder order = SampleOrder.of(SampleOrder.freshKey()).authorised();
        Instant placed = order.build().version();
        Order cancelled = order.tender("V1", Kind.VOID, Status.SUCCESS, "shopify_payments", "90.00", Optional.of("A1"))
                .total("0.00")
                .cancelledAt(placed.plusSeconds(5))
                .build();

        accept(cancelled);

        assertThat(paidEvents(cancelled.id())).isZero();
    }

    private static OrderBuilder refund(OrderBuilder order, String amount, String of) {
        return order.tender("R1", Kind.REFUND, Status.SUCCESS, "shopify_payments", amount, Optional.of(of));
    }

    private static OrderBuilder capture(OrderBuilder order, String id, String amount) {
        return order.tender(id, Kind.CAPTURE, Status.SUCCESS, "shopify_payments", amount, Optional.of("A1"));
    }

    /** Of which each parcel takes its part. */
    private static Tender authorisation(String amount) {
        return new Tender(
                "A1",
                Kind.AUTHORIZATION,
                Status.SUCCESS,
                "shopify_payments",
                MoneyBag.of(Money.of(amount, CurrencyCode.of("USD"))),
                Optional.empty(),
                true,
                Instant.parse("2026-11-20T15:00:05Z"));
    }

    private static int paidEvents(OrderId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from public_event where subject = :id and type = 'order.paid.v1'")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void anEqualReadingMendsWhatIsSaidOfThePayment() {
        Order paid = SampleOrder.withEverything();
        orders.accept(paid, SampleOrder.ada(), POSTGRES.clock().instant());
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update customer_order set payment = 'PENDING' where id = ?",
                        paid.id().value()));

        orders.accept(paid, SampleOrder.ada(), POSTGRES.clock().instant());
        assertThat(orders.view(paid.id()).orElseThrow().payment()).isEqualTo(paid.paymentStatus());
    }

    @Test
    void readingClearsOnlyHintsThatCameBeforeIt() {
        Order order = SampleOrder.fresh();
        orders.hint(order.key(), Channel.ONLINE, SamplePolicies.RULES);
        Instant readAt = POSTGRES.clock().instant();
        POSTGRES.clock().advance(Duration.ofMillis(5));
        orders.hint(order.key(), Channel.ONLINE, SamplePolicies.RULES);

        orders.accept(order, PersonalData.none(), readAt);
        assertThat(changed(order)).isTrue();

        orders.accept(order, PersonalData.none(), POSTGRES.clock().instant());
        assertThat(changed(order)).isFalse();

        POSTGRES.clock().advance(Duration.ofMillis(5));
        assertThat(orders.hint(order.key(), Channel.ONLINE, SamplePolicies.RULES)
                        .channelChanged())
                .isTrue();
    }

    @Test
    void lifeGoesOnlyWhereItMay() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());

        orders.advance(id, OrderStatus.VALIDATED, "right");
        orders.advance(id, OrderStatus.VALIDATED, "again");
        assertThatThrownBy(() -> orders.advance(id, OrderStatus.COMPLETED, "too soon"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("VALIDATED and can't become COMPLETED");
        orders.advance(id, OrderStatus.CANCELLED, "not wanted");
        assertThatThrownBy(() -> orders.advance(id, OrderStatus.APPROVED, "too late"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(orders.view(id).orElseThrow().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(kinds(id)).filteredOn("order.status"::equals).hasSize(2);
    }

    @Test
    void thePostingMovesFreelyAndIsTracedWhenItDoes() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());

        orders.posting(id, PostingStatus.POSTED);
        orders.posting(id, PostingStatus.POSTED);
        orders.posting(id, PostingStatus.CONFIRMED);
        // Of an attempt that wakes late.
        orders.posting(id, PostingStatus.POSTED);

        OrderView view = orders.view(id).orElseThrow();
        assertThat(view.posting()).isEqualTo(PostingStatus.CONFIRMED);
        assertThat(kinds(id)).endsWith("order.posting", "order.posting");
    }

    @Test
    void whoeverAsksFirstToCancelIsRemembered() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());
        Instant asked = POSTGRES.clock().instant();

        orders.requestCancel(id, "ada@northwind.example", "changed her mind");
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        orders.requestCancel(id, "channel northwind", "cancelled at the channel");

        assertThat(orders.view(id).orElseThrow().cancelRequestedAt()).contains(asked);
        assertThat(entries(id))
                .last()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("actor", "ada@northwind.example"));
    }

    @Test
    void aCancellationThatIsDeclinedMayBeAskedForAgain() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());
        orders.declineCancel(id, "nobody has asked");
        assertThat(orders.view(id).orElseThrow().cancelDeclinedAt()).isEmpty();
        orders.requestCancel(id, "ada@northwind.example", "changed her mind");
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        Instant declined = POSTGRES.clock().instant();

        orders.declineCancel(id, "WH-EAST goes on with it");
        orders.declineCancel(id, "WH-EAST goes on with it");

        OrderView view = orders.view(id).orElseThrow();
        assertThat(view.cancelRequestedAt()).isEmpty();
        assertThat(view.cancelDeclinedAt()).contains(declined);
        assertThat(kinds(id)).endsWith("order.cancel-requested", "order.cancel-declined");
        assertThat(entries(id))
                .flatExtracting(entry -> EventType.of(id.value(), entry.kind(), entry.detail()))
                .filteredOn(EventType.CANCELLATION_DECLINED::equals)
                .as("told once")
                .hasSize(1);
        orders.requestCancel(id, "ada@northwind.example", "is sure");
        assertThat(orders.view(id).orElseThrow().cancelRequestedAt()).isPresent();
    }

    @Test
    void whatItsChannelHasCancelledIsNotDeclined() {
        OrderBuilder order = SampleOrder.of(SampleOrder.freshKey());
        OrderId id = POSTGRES.stored(order.build());
        orders.requestCancel(id, "ada@northwind.example", "changed her mind");
        Instant later = order.build().version().plus(Duration.ofHours(1));
        orders.accept(order.cancelledAt(later).version(later).build(), PersonalData.none(), later);

        orders.declineCancel(id, "WH-EAST goes on with it");

        assertThat(orders.view(id).orElseThrow().cancelRequestedAt()).isPresent();
        assertThat(orders.view(id).orElseThrow().cancelDeclinedAt()).isEmpty();
    }

    @Test
    void whyItShallEndIsKeptWithThePersonAndNotInTheTrace() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());

        orders.requestCancel(id, "ada@northwind.example", "Mrs Canary rang");

        assertThat(entries(id).toString()).contains("ada@northwind.example").doesNotContain("Canary");
        assertThat(POSTGRES.database().people().words(id.value())).contains("Mrs Canary rang");
    }

    @Test
    void theRulesOfTheFirstHintStay() {
        OrderKey key = SampleOrder.freshKey();
        OrderRules first = new OrderRules("standard-1", Set.of("orders", "shopify"));
        orders.hint(key, Channel.ONLINE, first);

        OrderView later = orders.hint(key, Channel.ONLINE, new OrderRules("standard-2", Set.of()));

        assertThat(later.rules()).contains(first);
        assertThat(orders.view(OrderId.of(key)).orElseThrow().rules()).contains(first);
    }

    @Test
    void anOrderFromBeforeRoutingWasAPolicyStaysWithoutAVersionOfIt() {
        OrderKey known = SampleOrder.freshKey();
        OrderRules before = new OrderRules("standard-1", Set.of("orders"));
        OrderRules today = new OrderRules("standard-1", Optional.of("routing-2"), Set.of("orders"));
        orders.hint(known, Channel.ONLINE, before);

        assertThat(orders.hint(known, Channel.ONLINE, today).rules()).contains(before);
        assertThat(orders.hint(SampleOrder.freshKey(), Channel.ONLINE, today).rules())
                .contains(today);
    }

    @Test
    void changesOfUnknownOrdersAreErrors() {
        OrderId nobody = OrderId.of(SampleOrder.freshKey());

        assertThat(orders.view(nobody)).isEmpty();
        assertThat(orders.find(nobody)).isEmpty();
        assertThatThrownBy(() -> orders.advance(nobody, OrderStatus.VALIDATED, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> orders.posting(nobody, PostingStatus.POSTED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> orders.requestCancel(nobody, "ada", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recentGivesTheNewestFirstWithTheirWorkInOrder() {
        POSTGRES.clock().advance(Duration.ofHours(1));
        OrderId older = POSTGRES.stored(SampleOrder.fresh());
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        OrderId newer = POSTGRES.stored(SampleOrder.fresh());
        handOver(newer);

        List<OrderView> recent = orders.recent(2);

        assertThat(recent).extracting(OrderView::id).containsExactly(newer, older);
        assertThat(recent.getFirst()).isEqualTo(orders.view(newer).orElseThrow());
        assertThat(recent.getFirst().fulfillmentOrders())
                .extracting(work -> work.id().value())
                .containsExactly(newer + "-F1", newer + "-F2");
        assertThatThrownBy(() -> orders.recent(501)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void databaseRefusesToChangeAToldVersion() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle ->
                                handle.execute("update order_version set body = '{}' where order_id = ?", id.value())))
                .hasMessageContaining("order_version is append-only");
    }

    @Test
    void everyStatusOfTheDomainFitsTheTable() {
        OrderId id = POSTGRES.stored(SampleOrder.fresh());

        for (OrderStatus status : OrderStatus.values()) {
            POSTGRES.tables()
                    .useHandle(handle -> handle.execute(
                            "update customer_order set status = ? where id = ?", status.name(), id.value()));
        }
        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute("update customer_order set status = 'LOST'")))
                .hasMessageContaining("customer_order_status_check");
    }

    @Test
    void ordersAreFoundByWhatPeopleCallThem() {
        Order order = SampleOrder.fresh();
        POSTGRES.stored(order);

        assertThat(List.of(
                        order.id().value(),
                        order.name(),
                        order.key().externalId(),
                        order.key().workflowId(),
                        "gid://FulfillmentOrder/" + order.key().externalId()))
                .allSatisfy(id -> assertThat(POSTGRES.database().trace().lookup(id))
                        .contains(order.id().value()));
    }

    private void handOver(OrderId id) {
        FacilityId harbor = new FacilityId("ST-HARBOR");
        POSTGRES.inventory()
                .record(new Movement(
                        harbor,
                        SampleOrder.TEE,
                        5,
                        Movement.Kind.OPENING,
                        StockSource.PEOPLE,
                        id.value(),
                        PostgresExtension.START));
        POSTGRES.inventory()
                .recordHandedOver(
                        id,
                        new RoutingPlan(List.of(assignment(harbor, "L1"), assignment(harbor, "L2")), "at the till"),
                        PostgresExtension.START);
    }

    private static RoutingPlan.Assignment assignment(FacilityId facility, String line) {
        return new RoutingPlan.Assignment(
                facility,
                DeliveryMethod.CARRIED_OUT,
                Optional.empty(),
                List.of(new LineQuantity(line, SampleOrder.TEE, 1)));
    }

    private Accepted accept(Order order) {
        return orders.accept(order, PersonalData.none(), POSTGRES.clock().instant());
    }

    private boolean changed(Order order) {
        return orders.view(order.id()).orElseThrow().channelChanged();
    }

    private static long versions(OrderId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from order_version where order_id = ?", id.value())
                        .mapTo(Long.class)
                        .one());
    }

    private static List<TraceEntry> entries(OrderId id) {
        return POSTGRES.database().trace().of(id.value());
    }

    private static List<String> kinds(OrderId id) {
        return entries(id).stream().map(TraceEntry::kind).toList();
    }
}
