package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.ClientRefund.Standing;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.PassedOnMoney;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Refund;
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
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tee of two, sold for 90.00 in all, was exchanged for a mug at 30.00: its credit paid 25.00, a card 5.00. Now the mug comes back. */
class ExchangedGoodsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Person SUPPORT = new Person("support", "support (key 1)");
    private static final Person FINANCE = new Person("finance", "finance (key 2)");
    private static final AccountId REST = AccountId.of("rest");

    private final Returns returns = POSTGRES.database().returns();
    private final Exchanges exchanges = POSTGRES.database().exchanges();
    private final ReturnIntake intake = POSTGRES.database().returnIntake();
    private final ClientRefunds clients = POSTGRES.database().clientRefunds();
    private final PassedOnMoney passedOn = POSTGRES.database().passedOnMoney();
    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder()
            .limits(usd("500.00"), usd("500.00"), usd("500.00"))
            .exchange(false, Duration.ofDays(3));
    private final ReturnPolicies policies = new OnePolicy(policy::build);
    private final ReturnPreviews previews = new ReturnPreviews(
            POSTGRES.database().purchases(),
            policies,
            Clock.fixed(POSTGRES.clock().instant(), ZoneOffset.UTC));
    private final ReturnReckoning reckoning = new ReturnReckoning(policies);
    private final Sku mug = Sku.of("MUG-" + UUID.randomUUID());
    private Order order = SampleOrder.of(SampleOrder.freshKey()).build();
    private Order taken = order;
    private ReturnId credit = ReturnId.of(order.id(), 1);

    @BeforeEach
    void aMugWasTakenInExchange() {
        order = SampleOrder.of(SampleOrder.freshKey())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .build();
        POSTGRES.stored(order);
        handOver(order, List.of(new LineQuantity("L1", SampleOrder.TEE, 2)));
        credit = exchanged(order, "L1", mug);
        inspected(credit, "L1");
        assertThat(intake.pay(
                        submission(SUPPORT),
                        credit,
                        new Exchange.Paid(
                                "P1", "external", usd("5.00"), POSTGRES.clock().instant())))
                .isInstanceOf(Outcome.Stored.class);
        exchanges.place(credit, usd("25.00"));
        taken = ordered(credit, order, mug);
    }

    @Test
    void nothingIsTakenBackBeforeTheExchangeIsSettled() {
        assertThat(previews.of(request(), Optional.empty()).orElseThrow().objection())
                .hasValueSatisfying(why -> assertThat(why).contains(credit.value(), "not settled yet"));
        assertThat(authorise()).isInstanceOf(Outcome.Conflict.class);

        settle();

        assertThat(previews.of(request(), Optional.empty()).orElseThrow().objection())
                .isEmpty();
        assertThat(authorise()).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void itIsWorthWhatWasReallyPaidForIt() {
        settle();

        assertThat(left(taken)).containsExactly("exchange 25.00 USD", "P1 5.00 USD");
        Refund refund = refundOf(returned());
        assertThat(refund.total().shop()).hasToString("30.00 USD");
        assertThat(refund.tenders())
                .extracting(part -> part.gateway() + " " + part.amount().shop())
                .containsExactlyInAnyOrder("exchange 25.00 USD", "external 5.00 USD");
    }

    /** The order O itself reads as before, with that it was given back in place of that it has paid. */
    @Test
    void theCreditGoesBackToWhatItWasMadeOfAndCountsOnce() {
        settle();
        ReturnId id = returned();
        assertThat(left(order)).containsExactly("T1 65.00 USD");

        List<PassedOn> parts = passedOn.divide(id, id.value(), usd("25.00"));
        assertThat(passedOn.divide(id, id.value(), usd("25.00"))).isEqualTo(parts);
        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.of()).isEqualTo(credit);
            assertThat(part.part()).isEqualTo(new Refund.ToTender("T1", "bogus", MoneyBag.of(usd("25.00"))));
            assertThat(part.isUnderWay()).isTrue();
        });
        passedOn.passed(
                credit, id, id.value(), Map.of("T1", "TX9"), POSTGRES.clock().instant());
        assertThat(left(order)).containsExactly("T1 65.00 USD");

        tellsRefund(Tender.Status.SUCCESS);

        assertThat(left(order)).containsExactly("T1 65.00 USD");
        assertThat(passedOn.by(id)).allMatch(part -> !part.isUnderWay() && !part.failed());
        assertThat(returns.find(credit)
                        .orElseThrow()
                        .repayment()
                        .orElseThrow()
                        .passedOn("T1")
                        .shop())
                .hasToString("25.00 USD");
    }

    @Test
    void whatFailedAtItsChannelIsGivenByAnotherRefund() {
        settle();
        ReturnId id = returned();
        passedOn.divide(id, id.value(), usd("25.00"));
        passedOn.passed(
                credit, id, id.value(), Map.of("T1", "TX9"), POSTGRES.clock().instant());
        tellsRefund(Tender.Status.FAILURE);

        List<PassedOn> again = passedOn.divide(id, id + "/2", usd("25.00"));

        assertThat(again)
                .extracting(part -> part.reference() + " " + part.failed())
                .containsExactly(id + " true", id + "/2 false");
    }

    /** The mug was exchanged for a plate at 30.00, and now that comes back, too. */
    @Test
    void alongAChainItGoesBackToTheFirstSaleAndToWhatWasAddedOnTheWay() {
        settle();
        Sku plate = Sku.of("PLATE-" + UUID.randomUUID());
        ReturnId second = exchanged(taken, "1", plate);
        inspected(second, "1");
        exchanges.place(second, usd("30.00"));
        Order plates = ordered(second, taken, plate);
        exchanges.settle(second, usd("30.00"));
        ReturnRequest request = request(plates, "1");
        Outcome authorised = intake.authorise(
                submission(SUPPORT), plates.key(), request, false, purchase -> previews.of(purchase, request));
        ReturnId third = ((Outcome.Stored) authorised).id();

        assertThat(passedOn.origins(plates.id())).containsExactly(order.id(), taken.id());
        assertThat(passedOn.divide(third, third.value(), usd("30.00")))
                .extracting(part -> part.of() + " " + part.part().payment() + " "
                        + part.part().amount().shop())
                .containsExactly(second + " P1 5.00 USD", second + " exchange 25.00 USD", credit + " T1 25.00 USD");
        assertThat(passedOn.divide(third, third.value(), usd("30.00"))).hasSize(3);
    }

    @Test
    void theDatabaseRefusesThatMoreGoesBackThanTheCreditTook() {
        settle();
        ReturnId id = returned();
        passedOn.divide(id, id.value(), usd("25.00"));

        assertThatThrownBy(() -> change("""
                insert into return_passed_on (of_return, payment, reference, by_return, amount, presentment_amount)
                select of_return, payment, 'forged', by_return, 1, 1 from return_passed_on where by_return = ?
                """, id))
                .hasMessageContaining("took 2500 of payment T1, and 2501 shall go back");
    }

    @Test
    void itsOrderReadsAsGivenBackOnceAllThatWasAskedForIsThere() {
        settle();
        ReturnId id = returned();
        passedOn.divide(id, id.value(), usd("25.00"));
        ask(id);
        assertThat(refunds()).containsExactly("exchange PENDING", "P1 PENDING");
        assertThat(read().quantity("1")).isZero();

        passedOn.passed(
                credit, id, id.value(), Map.of("T1", "TX9"), POSTGRES.clock().instant());
        tellsRefund(Tender.Status.SUCCESS);
        assertThat(refunds()).containsExactly("exchange SUCCESS", "P1 PENDING");
        Submission told = submission(FINANCE);
        assertThat(tell(told, id, true)).isEqualTo(new Outcome.Stored(id));
        assertThat(tell(told, id, true)).isEqualTo(new Outcome.Replayed(id));
        assertThat(tell(submission(FINANCE), id, false)).isInstanceOf(Outcome.Conflict.class);

        assertThat(refunds()).containsExactly("exchange SUCCESS", "P1 SUCCESS");
        assertThat(POSTGRES.dispatched())
                .extracting(message -> message.subject())
                .contains(id.workflowId(REST));
    }

    @Test
    void itsClientIsToldOfWhatItHasTakenAndOfNothingElse() {
        settle();
        ReturnId id = returned();
        ask(id);
        ask(id);

        assertThat(POSTGRES.database().trace().of(taken.id().value()))
                .filteredOn(entry -> entry.kind().equals("return.refund-asked"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail())
                        .containsEntry("refund", id + "/P1")
                        .containsEntry("amount", "5.00"));
    }

    @Test
    void theDatabaseRefusesThatAClientIsAskedForMoreThanItHasCaptured() {
        settle();
        ReturnId id = returned();
        ask(id);

        assertThatThrownBy(() -> clients.ask(
                        taken.key(),
                        new ClientRefund(
                                id + "/2",
                                List.of(),
                                List.of(ClientRefund.Part.asked(
                                        new Refund.ToTender("P1", "external", MoneyBag.of(usd("0.01"))))),
                                POSTGRES.clock().instant())))
                .hasMessageContaining("TL003");
    }

    /** Four eyes: one agrees, another one pays. */
    @Test
    void whoHasApprovedTheRefundDoesNotSayThatItIsPaid() {
        settle();
        policy.limits(usd("1.00"), usd("500.00"), usd("500.00"));
        ReturnId id = returned();
        assertThat(intake.approve(id, FINANCE)).isInstanceOf(Outcome.Stored.class);
        ask(id);

        assertThat(tell(submission(FINANCE), id, true))
                .isEqualTo(new Outcome.Conflict("Who has approved the refund can't say that it is paid."));
        assertThatThrownBy(() -> change("""
                update client_refund_part set standing = 'GIVEN', told_by = 'finance', told_as = 'x', told_at = now()
                where payment = 'P1' and reference = ?
                """, id)).hasMessageContaining("finance has approved the refund");
        assertThat(tell(submission(SUPPORT), id, true)).isInstanceOf(Outcome.Stored.class);
        assertThat(clients.by(id).getFirst().refund().parts())
                .extracting(ClientRefund.Part::standing)
                .contains(Standing.GIVEN);
    }

    /** They may name a person. */
    @Test
    void whyItCouldNotBeGivenIsKeptWithTheCustomerAndNotInTheTrace() {
        settle();
        ReturnId id = returned();
        ask(id);

        assertThat(tell(submission(FINANCE), id, taken.id(), false, "Ada Canary's card is closed"))
                .isInstanceOf(Outcome.Stored.class);

        assertThat(POSTGRES.database().trace().of(taken.id().value()))
                .filteredOn(entry -> entry.kind().equals("return.refund-told"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail())
                        .containsEntry("given", "false")
                        .doesNotContainKey("as"));
        assertThat(POSTGRES.database().people().words(id + "/P1")).contains("Ada Canary's card is closed");
        assertThat(toldAs(id)).isEqualTo("failed");
    }

    @Test
    void whatIsToldOfAStrangersOrderTouchesNothing() {
        settle();
        ReturnId id = returned();
        ask(id);

        for (OrderId stranger : List.of(
                OrderId.of(SampleOrder.freshKey()),
                POSTGRES.stored(SampleOrder.of(SampleOrder.freshKey()).build()))) {
            assertThat(tell(submission(FINANCE), id, stranger, true, "re_1"))
                    .isEqualTo(new Outcome.Conflict("No money of order " + stranger + " goes back by " + id + "."));
        }
        assertThat(tell(submission(FINANCE), id, order.id(), true, "re_1"))
                .as("its money goes back, and nobody is asked for it")
                .isInstanceOf(Outcome.Conflict.class);
    }

    private static String toldAs(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select told_as from client_refund_part where reference = ? and payment = 'P1'",
                                id.value())
                        .mapTo(String.class)
                        .one());
    }

    private Outcome tell(Submission submission, ReturnId id, boolean given) {
        return tell(submission, id, taken.id(), given, "re_1");
    }

    private Outcome tell(Submission submission, ReturnId id, OrderId of, boolean given, String as) {
        return clients.tell(submission, id, new ClientRefunds.Told(of, "P1", given, as));
    }

    private void ask(ReturnId id) {
        clients.ask(
                taken.key(),
                new ClientRefund(
                        id.value(),
                        List.of(new LineQuantity("1", mug, 1)),
                        refundOf(id).tenders().stream()
                                .map(ClientRefund.Part::asked)
                                .toList(),
                        POSTGRES.clock().instant()));
    }

    private Order read() {
        return POSTGRES.database()
                .submittedOrders()
                .read(taken.key())
                .orElseThrow()
                .order();
    }

    private List<String> refunds() {
        return read().tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                .map(tender -> tender.parent().orElseThrow() + " " + tender.status())
                .toList();
    }

    private void tellsRefund(Tender.Status status) {
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        POSTGRES.stored(SampleOrder.of(order.key())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender("TX9", Tender.Kind.REFUND, status, "bogus", "25.00", Optional.of("T1"))
                .version(POSTGRES.clock().instant())
                .build());
    }

    private ReturnId returned() {
        ReturnId id = ((Outcome.Stored) authorise()).id();
        inspected(id, "1");
        return id;
    }

    private Outcome authorise() {
        return intake.authorise(
                submission(SUPPORT), taken.key(), request(), false, purchase -> previews.of(purchase, request()));
    }

    private ReturnRequest request() {
        return request(taken, "1");
    }

    private static ReturnRequest request(Order order, String lineId) {
        return new ReturnRequest(
                order.id(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                List.of(new ReturnRequest.Line(lineId, 1, ReturnReason.UNWANTED, Optional.empty())));
    }

    private void settle() {
        exchanges.settle(credit, usd("25.00"));
        assertThat(exchanges.find(credit).orElseThrow().status()).isEqualTo(Exchange.Status.EXCHANGED);
    }

    private ReturnId exchanged(Order sold, String lineId, Sku sku) {
        receive(sku, 1);
        Exchange.Wanted wanted = new Exchange.Wanted(
                CurrencyCode.of("USD"),
                sold.taxesIncluded(),
                List.of(new Exchange.Line(sku, "Mug or plate", 1, usd("30.00"), List.of())),
                Optional.of(SampleFacilities.ST_HARBOR));
        BasketId basket = new BasketId(REST, "EX-" + UUID.randomUUID());
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .baskets()
                .hold(
                        basket,
                        wanted.needs(),
                        new Terms(Set.of(SampleFacilities.WH_EAST), Terms.OnShortage.REFUSE),
                        POSTGRES.clock().instant().plus(Duration.ofMinutes(15)));
        ReturnRequest request = request(sold, lineId);
        Outcome outcome = intake.exchange(
                submission(SUPPORT),
                sold.key(),
                request,
                false,
                purchase -> previews.of(purchase, request),
                new ExchangeOffer(REST, wanted, basket, Duration.ofDays(30), false));
        return ((Outcome.Stored) outcome).id();
    }

    private void inspected(ReturnId id, String lineId) {
        intake.receive(
                submission(SUPPORT),
                id,
                new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units(lineId, 1)), false));
        intake.inspect(
                submission(SUPPORT),
                id,
                new Finding(
                        SampleFacilities.ST_HARBOR,
                        List.of(new Finding.Units(lineId, 1, ReturnPolicyBuilder.NEW, Disposition.RESTOCK))));
        returns.calculate(id, (Purchase purchase) -> reckoning.of(find(id), purchase));
    }

    /** The order of an exchange, of which everything has left. */
    private Order ordered(ReturnId id, Order sold, Sku sku) {
        Exchange exchange = exchanges.find(id).orElseThrow();
        Exchange.Placed placed = exchange.placed().orElseThrow();
        Order ordered = exchange.order(sold, placed.credit(), placed.at());
        POSTGRES.database()
                .orderIntake()
                .submit("exchange", id.value(), "hash", ordered, SampleOrder.ada(), Optional.of(exchange.basket()));
        POSTGRES.stored(ordered, SampleOrder.ada());
        handOver(ordered, List.of(new LineQuantity("1", sku, 1)));
        List.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT, OrderStatus.COMPLETED)
                .forEach(status -> POSTGRES.database().orders().advance(ordered.id(), status, "test"));
        return ordered;
    }

    private Refund refundOf(ReturnId id) {
        return find(id).repayment().orElseThrow().refund();
    }

    private Return find(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private static List<String> left(Order order) {
        return POSTGRES.database().purchases().find(order.id()).orElseThrow().payments().stream()
                .map(payment -> payment.tender().id() + " " + payment.left())
                .toList();
    }

    private static void change(String statement, ReturnId id) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement, id.value()));
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private static Submission submission(Person by) {
        return new Submission(by, UUID.randomUUID().toString(), "hash");
    }

    private void receive(Sku sku, int units) {
        POSTGRES.inventory()
                .record(new Movement(
                        SampleFacilities.WH_EAST,
                        sku,
                        units,
                        Movement.Kind.RECEIPT,
                        StockSource.PEOPLE,
                        UUID.randomUUID().toString(),
                        PostgresExtension.START));
    }

    private void handOver(Order sold, List<LineQuantity> units) {
        units.forEach(line -> receive(line.sku(), line.quantity()));
        var inventory = POSTGRES.inventory();
        inventory.reserve(sold.id(), units, Set.of(SampleFacilities.WH_EAST));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), units)),
                "nearest");
        FulfillmentOrderId work =
                inventory.allocate(sold.id(), plan).orElseThrow().getFirst().id();
        POSTGRES.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        POSTGRES.clock().instant(),
                        Optional.empty());
    }
}
