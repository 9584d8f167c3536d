package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Payment;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tee of two for 50.00 comes back, worth 25.00, and a mug is taken for it. */
class ExchangesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Person SUPPORT = new Person("support", "support (key 1)");
    private static final AccountId REST = AccountId.of("rest");

    private final Returns returns = POSTGRES.database().returns();
    private final Exchanges exchanges = POSTGRES.database().exchanges();
    private final ReturnIntake intake = POSTGRES.database().returnIntake();
    private final Baskets baskets =
            POSTGRES.database().stock(SampleStockRules.plain()).baskets();
    private final ReturnPolicies policies = new OnePolicy(new ReturnPolicyBuilder()
            .limits(usd("500.00"), usd("500.00"), usd("500.00"))
            .exchange(false, Duration.ofDays(3))
            .build());
    private final ReturnPreviews previews = new ReturnPreviews(
            POSTGRES.database().purchases(),
            policies,
            Clock.fixed(POSTGRES.clock().instant(), ZoneOffset.UTC));
    private final ReturnReckoning reckoning = new ReturnReckoning(policies);
    private final Sku mug = Sku.of("MUG-" + UUID.randomUUID());
    private Order order = SampleOrder.of(SampleOrder.freshKey()).build();

    @BeforeEach
    void theTeesHaveLeft() {
        order = SampleOrder.of(SampleOrder.freshKey())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .build();
        POSTGRES.stored(order);
        ship(allocate(order));
        receive(mug, 1);
    }

    @Test
    void itIsKeptWithItsReturnUntilThatIsDue() {
        ReturnId id = exchanged("25.00");

        Exchange exchange = exchanges.find(id).orElseThrow();
        assertThat(exchange.status()).isEqualTo(Exchange.Status.KEPT);
        assertThat(exchange.expectedCredit()).hasToString("25.00 USD");
        assertThat(exchange.total()).hasToString("25.00 USD");
        Basket basket = baskets.find(exchange.basket()).orElseThrow();
        assertThat(basket.state()).isEqualTo(Basket.State.HELD);
        assertThat(basket.expiresAt()).isAfter(find(id).dueAt());
        assertThat(returns.find(id)).isPresent();
    }

    @Test
    void whatIsNotKeptAnyMoreIsNotAuthorised() {
        Exchange.Wanted wanted = wanted("25.00");
        BasketId basket = kept(wanted);
        baskets.release(basket);

        assertThat(exchange(submission(), wanted, basket)).isInstanceOf(Outcome.Conflict.class);
        assertThat(returns.ofOrder(order.id())).isEmpty();
    }

    @Test
    void theNewOrderIsPaidByTheCreditAndItsEndIsToldToTheReturn() {
        ReturnId id = exchanged("20.00");
        inspected(id);
        exchanges.place(id, usd("20.00"));
        exchanges.place(id, usd("20.00"));
        Order taken = handedOver(id);
        POSTGRES.dispatched();

        assertThat(exchanges.find(id).orElseThrow().status()).isEqualTo(Exchange.Status.ORDERED);
        assertThat(baskets.find(exchanges.find(id).orElseThrow().basket())
                        .orElseThrow()
                        .order())
                .contains(taken.id());
        ends(taken, OrderStatus.CANCELLED);
        assertThat(POSTGRES.dispatched())
                .extracting(message -> message.subject())
                .contains(id.workflowId(order.key().account()));
        assertThat(POSTGRES.database().trace().of(taken.id().value()))
                .filteredOn(entry -> entry.kind().equals("order.of-exchange"))
                .hasSize(1)
                .extracting(TraceEntry::summary)
                .first()
                .asString()
                .contains(id.value());
        assertThat(POSTGRES.database().trace().of(order.id().value()))
                .extracting(TraceEntry::kind)
                .contains("return.exchange-ordered");
    }

    /** 25.00 are gone for other returns, of which 5.00 are money. */
    @Test
    void whatHasPaidAnOrderCountsAsGivenAlsoWhereTheChannelTellsOfTheRest() {
        ReturnId id = exchanged("20.00");
        inspected(id);
        exchanges.place(id, usd("20.00"));
        handedOver(id);
        exchanges.settle(id, usd("20.00"));
        exchanges.settle(id, usd("20.00"));

        Return.Repayment repayment = find(id).repayment().orElseThrow();
        assertThat(exchanges.find(id).orElseThrow().status()).isEqualTo(Exchange.Status.EXCHANGED);
        assertThat(repayment.inMoney().shop()).hasToString("5.00 USD");
        assertThat(repayment.toGive())
                .singleElement()
                .satisfies(part -> assertThat(part.amount().shop()).hasToString("5.00 USD"));
        assertThat(left()).hasToString("65.00 USD");

        returns.issued(
                id,
                new Return.Issued(
                        "R1", Map.of("T1", "TX1"), true, POSTGRES.clock().instant()));
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        POSTGRES.stored(SampleOrder.of(order.key())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender("TX1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "bogus", "5.00", Optional.of("T1"))
                .version(POSTGRES.clock().instant())
                .build());
        assertThat(left()).hasToString("65.00 USD");
    }

    /** Of a mug for 20.00 nothing but 8.00 was handed over. */
    @Test
    void whatTheNewOrderDoesNotTakeOfItsCreditIsMoney() {
        ReturnId id = exchanged("20.00");
        inspected(id);
        exchanges.place(id, usd("20.00"));
        handedOver(id);
        assertThatThrownBy(() -> change("""
                update return_exchange set exchanged = true, taken = 2001, why = 'x', ended_at = now() where return_id = ?
                """, id)).hasMessageContaining("return_exchange");
        assertThatThrownBy(() -> change("""
                update return_exchange set exchanged = true, taken = 800, why = 'x', ended_at = now() where return_id = ?
                """, id)).hasMessageContaining("0 are exchanged, and an order has taken 800");

        exchanges.settle(id, usd("8.00"));
        exchanges.settle(id, usd("20.00"));

        assertThat(exchanges.find(id).orElseThrow().ended().orElseThrow().taken())
                .isEqualTo(usd("8.00"));
        assertThat(find(id).repayment().orElseThrow().inMoney().shop()).hasToString("17.00 USD");
        assertThat(left()).hasToString("65.00 USD");
    }

    /** The order is done, whatever somebody does at the channel meanwhile: what is too much is seen where the rest is given back. */
    @Test
    void itIsSettledAlsoWhereTheChannelTellsThatAllWasGivenBack() {
        ReturnId id = exchanged("20.00");
        inspected(id);
        exchanges.place(id, usd("20.00"));
        handedOver(id);
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        POSTGRES.stored(SampleOrder.of(order.key())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender("BY-HAND", Tender.Kind.REFUND, Tender.Status.SUCCESS, "bogus", "90.00", Optional.of("T1"))
                .version(POSTGRES.clock().instant())
                .build());

        exchanges.settle(id, usd("20.00"));

        assertThat(exchanges.find(id).orElseThrow().status()).isEqualTo(Exchange.Status.EXCHANGED);
        assertThat(find(id).repayment().orElseThrow().inMoney().shop()).hasToString("5.00 USD");
    }

    @Test
    void whatIsGivenUpIsFreeForOthersAndAllOfItIsMoney() {
        ReturnId id = exchanged("25.00");
        inspected(id);
        exchanges.giveUp(id, "somebody does not want it");
        exchanges.giveUp(id, "nor does anybody else");
        exchanges.place(id, usd("25.00"));

        Exchange exchange = exchanges.find(id).orElseThrow();
        assertThat(exchange.ended().orElseThrow().why()).isEqualTo("somebody does not want it");
        assertThat(exchange.placed()).isEmpty();
        assertThat(find(id).repayment().orElseThrow().inMoney().shop()).hasToString("25.00 USD");
        baskets.expire(100);
        assertThat(baskets.find(exchange.basket()).orElseThrow().state()).isEqualTo(Basket.State.EXPIRED);
        kept(wanted("25.00"));
    }

    @Test
    void whoIsRefusedTheReturnGetsNothingForIt() {
        ReturnId id = exchanged("25.00");

        assertThat(intake.refuse(id, SUPPORT, "not the right goods")).isInstanceOf(Outcome.Stored.class);

        assertThat(exchanges.find(id).orElseThrow().status()).isEqualTo(Exchange.Status.GIVEN_UP);
        baskets.expire(100);
        kept(wanted("25.00"));
    }

    @Test
    void noMoreIsPaidThanIsOwedAndNothingTwice() {
        ReturnId id = exchanged("30.00");
        Submission first = submission();

        assertThat(intake.pay(submission(), id, paid("P1", "5.01"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.pay(first, id, paid("P1", "3.00"))).isEqualTo(new Outcome.Stored(id));
        assertThat(intake.pay(first, id, paid("P1", "3.00"))).isEqualTo(new Outcome.Replayed(id));
        assertThat(intake.pay(submission(), id, paid("P1", "1.00"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.pay(submission(), id, paid("P2", "2.01"))).isInstanceOf(Outcome.Conflict.class);

        inspected(id);
        Instant until = POSTGRES.clock().instant().plus(Duration.ofDays(3));
        exchanges.ask(id, usd("2.00"), until);
        exchanges.ask(id, usd("9.00"), until.plus(Duration.ofDays(9)));
        exchanges.place(id, usd("25.00"));
        assertThat(exchanges.find(id).orElseThrow().status())
                .as("2.00 are owed")
                .isEqualTo(Exchange.Status.AWAITS_PAYMENT);
        assertThat(exchanges.find(id).orElseThrow().asked()).contains(new Exchange.Asked(usd("2.00"), until));
        assertThat(intake.pay(submission(), id, paid("P2", "2.00"))).isEqualTo(new Outcome.Stored(id));
        exchanges.place(id, usd("25.00"));
        assertThat(handedOver(id).tenders()).hasSize(3);
        assertThat(intake.pay(submission(), id, paid("P3", "0.01"))).isInstanceOf(Outcome.Conflict.class);
    }

    /** Whatever our rules say: the database counts by itself. */
    @Test
    void theDatabaseRefusesThatAnOrderIsPaidByMoreThanItsReturnIsWorth() {
        ReturnId id = exchanged("30.00");
        inspected(id);

        assertThatThrownBy(() -> change("""
                update return_exchange set new_order = 'O-7K2M9Q4XTA', credit = 3000, placed_at = now()
                where return_id = ?
                """, id)).hasMessageContaining("its credit pays 3000 of 2500");
        assertThatThrownBy(() -> change("update return_refund_tender set exchanged = 2501 where return_id = ?", id))
                .hasMessageContaining("return_refund_tender");
        assertThatThrownBy(() -> change("update return_exchange set total = 1 where return_id = ?", id))
                .hasMessageContaining("never becomes another");
    }

    @Test
    void theDatabaseRefusesATenderOfAnExchangeThatThereIsNot() {
        ReturnId id = exchanged("25.00");
        inspected(id);
        Exchange exchange = exchanges.find(id).orElseThrow();
        Order forged = exchange.order(order, usd("25.00"), POSTGRES.clock().instant());

        assertThatThrownBy(() -> submit(forged, exchange)).hasMessageContaining("TL004");
    }

    @Test
    void whoIsForgottenIsForgottenWithWhatWasTakenInExchange() {
        ReturnId id = exchanged("25.00");
        inspected(id);
        exchanges.place(id, usd("25.00"));
        Order taken = handedOver(id);
        assertThat(POSTGRES.database().people().find(taken.customer())).contains(SampleOrder.ada());

        POSTGRES.database().privacy().erase(new CustomerKey(order.key().account(), "7001"), List.of(order.key()));

        assertThat(POSTGRES.database().people().find(taken.customer())).contains(PersonalData.none());
    }

    private ReturnId exchanged(String price) {
        Exchange.Wanted wanted = wanted(price);
        return ((Outcome.Stored) exchange(submission(), wanted, kept(wanted))).id();
    }

    private Outcome exchange(Submission submission, Exchange.Wanted wanted, BasketId basket) {
        ReturnRequest request = new ReturnRequest(
                order.id(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                List.of(new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.empty())));
        return intake.exchange(
                submission,
                order.key(),
                request,
                false,
                purchase -> previews.of(purchase, request),
                new ExchangeOffer(REST, wanted, basket, Duration.ofDays(30), false));
    }

    private Exchange.Wanted wanted(String price) {
        return new Exchange.Wanted(
                CurrencyCode.of("USD"),
                order.taxesIncluded(),
                List.of(new Exchange.Line(mug, "Mug", 1, usd(price), List.of())),
                Optional.of(SampleFacilities.ST_HARBOR));
    }

    private BasketId kept(Exchange.Wanted wanted) {
        BasketId basket = new BasketId(REST, "EX-" + UUID.randomUUID());
        assertThat(baskets.hold(
                        basket,
                        wanted.needs(),
                        new Terms(Set.of(SampleFacilities.WH_EAST), Terms.OnShortage.REFUSE),
                        POSTGRES.clock().instant().plus(Duration.ofMinutes(15))))
                .as("there is one mug, and nobody else keeps it")
                .contains(new Commitment.Reserved());
        return basket;
    }

    private void inspected(ReturnId id) {
        Arrival arrival = new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units("L1", 1)), false);
        Finding finding = new Finding(
                SampleFacilities.ST_HARBOR,
                List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.NEW, Disposition.RESTOCK)));
        assertThat(intake.receive(submission(), id, arrival)).isInstanceOf(Outcome.Stored.class);
        assertThat(intake.inspect(submission(), id, finding)).isInstanceOf(Outcome.Stored.class);
        returns.calculate(id, (Purchase purchase) -> reckoning.of(find(id), purchase));
    }

    private Order handedOver(ReturnId id) {
        Exchange exchange = exchanges.find(id).orElseThrow();
        Exchange.Placed placed = exchange.placed().orElseThrow();
        Order taken = exchange.order(order, placed.credit(), placed.at());
        assertThat(submit(taken, exchange)).isEqualTo(new OrderIntake.Outcome.Accepted(taken.id()));
        assertThat(submit(taken, exchange)).isEqualTo(new OrderIntake.Outcome.Replayed(taken.id()));
        return taken;
    }

    private OrderIntake.Outcome submit(Order taken, Exchange exchange) {
        return POSTGRES.database()
                .orderIntake()
                .submit(
                        "exchange",
                        exchange.id().value(),
                        "hash",
                        taken,
                        SampleOrder.ada(),
                        Optional.of(exchange.basket()));
    }

    private void ends(Order taken, OrderStatus end) {
        POSTGRES.database().orders().hint(taken.key(), taken.channel(), SamplePolicies.RULES);
        POSTGRES.database().orders().advance(taken.id(), end, "test");
    }

    private Money left() {
        return Money.sum(
                order.currency(),
                POSTGRES.database().purchases().find(order.id()).orElseThrow().payments().stream()
                        .map(Payment::left)
                        .toList());
    }

    private Return find(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private static void change(String statement, ReturnId id) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement, id.value()));
    }

    private static Exchange.Paid paid(String id, String amount) {
        return new Exchange.Paid(id, "external", usd(amount), POSTGRES.clock().instant());
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private static Submission submission() {
        return new Submission(SUPPORT, UUID.randomUUID().toString(), "hash");
    }

    private void receive(Sku sku, int units) {
        POSTGRES.inventory()
                .record(new Movement(
                        SampleFacilities.WH_EAST,
                        sku,
                        units,
                        Movement.Kind.RECEIPT,
                        StockSource.PEOPLE,
                        order.id().value() + sku,
                        PostgresExtension.START));
    }

    private FulfillmentOrderId allocate(Order sold) {
        List<LineQuantity> tees = List.of(new LineQuantity("L1", SampleOrder.TEE, 2));
        receive(SampleOrder.TEE, 2);
        var inventory = POSTGRES.inventory();
        inventory.reserve(sold.id(), tees, Set.of(SampleFacilities.WH_EAST));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), tees)),
                "nearest");
        return inventory.allocate(sold.id(), plan).orElseThrow().getFirst().id();
    }

    private static void ship(FulfillmentOrderId id) {
        POSTGRES.database()
                .fulfillmentOrders()
                .observed(
                        id,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        POSTGRES.clock().instant(),
                        Optional.empty());
    }
}
