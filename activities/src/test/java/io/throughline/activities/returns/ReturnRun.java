package io.throughline.activities.returns;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowStub;
import io.throughline.activities.ProcessServer;
import io.throughline.activities.TestingRetail;
import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.ExchangedParts;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.workflows.returns.ReturnInput;
import io.throughline.workflows.returns.ReturnWorkflow;
import io.throughline.workflows.returns.ReturnWorkflowImpl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One return of an order that was completed, carried by the real process and the real steps, with everything else in memory and time skipped. */
final class ReturnRun implements AutoCloseable {
    private static final Map<String, IndexedValueType> ATTRIBUTES = Map.of(
            "SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            "RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
    private static final Money MUCH = Money.of("500.00", CurrencyCode.of("USD"));

    final TestingRetail retail;
    final Order order;
    final ReturnId id;
    private final FacilityId place;
    private final ProcessServer server = new ProcessServer("return", this::state);
    private WorkflowStub process;

    ReturnRun(boolean inStore, boolean refundFirst, Checkpoints checkpoints) {
        this(SampleOrders.twoLinesWithTaxAndDiscount(), inStore, refundFirst, checkpoints, 1);
    }

    private ReturnRun(Order order, boolean inStore, boolean refundFirst, Checkpoints checkpoints, int units) {
        this(
                order,
                checkpoints,
                new ReturnCause.ByChoice(),
                inStore ? new ReturnedTo.InStore(SampleFacilities.ST_HARBOR) : new ReturnedTo.ByMail(),
                refundFirst,
                new ReturnRequest.Line("L1", units, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
    }

    private ReturnRun(
            Checkpoints checkpoints,
            ReturnCause cause,
            ReturnedTo to,
            boolean refundFirst,
            ReturnRequest.Line... lines) {
        this(SampleOrders.twoLinesWithTaxAndDiscount(), checkpoints, cause, to, refundFirst, lines);
    }

    private ReturnRun(
            Order order,
            Checkpoints checkpoints,
            ReturnCause cause,
            ReturnedTo to,
            boolean refundFirst,
            ReturnRequest.Line... lines) {
        this(order, checkpoints, cause, to, RefundTo.ORIGINAL, refundFirst, lines);
    }

    private ReturnRun(
            Order order,
            Checkpoints checkpoints,
            ReturnCause cause,
            ReturnedTo to,
            RefundTo refundTo,
            boolean refundFirst,
            ReturnRequest.Line... lines) {
        this.order = order;
        this.place = to instanceof ReturnedTo.InStore ? SampleFacilities.ST_HARBOR : SampleFacilities.WH_EAST;
        this.retail = new TestingRetail(server.clock(), server.doorbell(), checkpoints);
        retail.returnPolicy.limits(MUCH, MUCH, MUCH);
        server.start(ATTRIBUTES, ReturnWorkflowImpl.class, retail.activities());
        complete(order);
        handOverAll();
        this.id = retail.returns.authorise(
                order, cause, to, refundTo, refundFirst, now().plus(Duration.ofDays(1)), lines);
        this.process = stub();
    }

    static ReturnRun byMail() {
        return new ReturnRun(false, false, Checkpoints.none());
    }

    static ReturnRun byMail(int units) {
        return new ReturnRun(SampleOrders.twoLinesWithTaxAndDiscount(), false, false, Checkpoints.none(), units);
    }

    /** One unit of the first line of an order. */
    static ReturnRun byMail(Order order) {
        return new ReturnRun(order, false, false, Checkpoints.none(), 1);
    }

    /** One of two tees for 25.00 each that a marketplace has sold and was paid for. */
    static ReturnRun ofMarketplace(Checkpoints checkpoints) {
        return ofTwoTees(
                new OrderKey(SampleAccounts.BAZAAR, "MP-1"), Channel.MARKETPLACE, "paid-MP-1", "bazaar", checkpoints);
    }

    /** One of two tees for 25.00 each that a REST client has sold and taken the money for. */
    static ReturnRun ofClient(Checkpoints checkpoints) {
        return ofTwoTees(new OrderKey(SampleAccounts.REST, "C-1"), Channel.API, "paid-1", "external", checkpoints);
    }

    private static ReturnRun ofTwoTees(
            OrderKey key, Channel channel, String payment, String gateway, Checkpoints checkpoints) {
        return new ReturnRun(
                new OrderBuilder(key, "USD")
                        .channel(channel)
                        .line(SampleOrders.TEE, 2, "50.00")
                        .destination("US", 42.3, -71.0)
                        .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                        .tender(payment, Tender.Kind.SALE, Tender.Status.SUCCESS, gateway, "50.00", Optional.empty())
                        .build(),
                false,
                false,
                checkpoints,
                1);
    }

    /**
     * One tee for 25.00 that was taken in exchange for another: the credit of that one's return had paid 20.00 of it, a card 5.00. It comes back.
     */
    static ReturnRun ofExchanged(Checkpoints checkpoints) {
        Order sold = SampleOrders.twoLinesWithTaxAndDiscount();
        ReturnId credit = ReturnId.of(sold.id(), 2);
        ReturnRun run = new ReturnRun(
                new OrderBuilder(new OrderKey(SampleAccounts.REST, "exchange." + credit), "USD")
                        .channel(Channel.API)
                        .line(SampleOrders.TEE, 1, "25.00")
                        .destination("US", 42.3, -71.0)
                        .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                        .tender(
                                Exchange.GATEWAY,
                                Tender.Kind.SALE,
                                Tender.Status.SUCCESS,
                                Exchange.GATEWAY,
                                "20.00",
                                Optional.empty())
                        .tender("pay-1", Tender.Kind.SALE, Tender.Status.SUCCESS, "external", "5.00", Optional.empty())
                        .build(),
                false,
                false,
                checkpoints,
                1);
        run.wasExchanged(sold, credit);
        return run;
    }

    private void wasExchanged(Order sold, ReturnId credit) {
        complete(sold);
        ReturnId tee = retail.returns.authorise(
                sold,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        if (!tee.equals(credit)) {
            throw new IllegalStateException(tee + " is not " + credit);
        }
        Refund refund = SampleRefunds.ofOneUnit(sold, "L1", "20.00");
        retail.returns.calculate(credit, purchase -> new Returns.Reckoned(refund, false));
        retail.returns.exchanged(
                credit, ExchangedParts.of(refund, refund.total().shop()));
        retail.returns.issued(credit, new Return.Issued("R0", Map.of(), true, now()));
        retail.returns.confirmed(credit);
        retail.returns.endMoney(credit, "the return is in the books");
    }

    /** One unit of the first line, for which its customer wants store credit. */
    static ReturnRun forStoreCredit(Order order) {
        ReturnRun run = new ReturnRun(
                order,
                Checkpoints.none(),
                new ReturnCause.ByChoice(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                RefundTo.STORE_CREDIT,
                false,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        run.retail.returnPolicy.storeCredit();
        return run;
    }

    /** One tee that its carrier brings back. */
    static ReturnRun refusedParcel() {
        return new ReturnRun(
                Checkpoints.none(),
                new ReturnCause.ParcelRefused("1Z1"),
                new ReturnedTo.ByCarrier(),
                false,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.empty()));
    }

    /** One tee for which nothing comes back, whatever the cause. */
    static ReturnRun withoutGoods(ReturnCause cause) {
        return new ReturnRun(
                Checkpoints.none(),
                cause,
                new ReturnedTo.Never(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.NEVER_ARRIVED, Optional.empty()));
    }

    /** One tee, carried into a store or sent, for which something at such a price is taken, by a return that should be worth 24.42. */
    static ReturnRun exchanging(boolean inStore, boolean advance, Checkpoints checkpoints, String price) {
        return exchanging(inStore, advance, checkpoints, 1, price);
    }

    /** The same, with so many of it at the price of each. */
    static ReturnRun exchanging(boolean inStore, boolean advance, Checkpoints checkpoints, int units, String price) {
        ReturnRun run = new ReturnRun(inStore, advance, checkpoints);
        CurrencyCode dollars = CurrencyCode.of("USD");
        run.retail.returnPolicy.exchange(advance, Duration.ofDays(3));
        BasketId basket = new BasketId(AccountId.of("rest"), "EX-1");
        Exchange.Wanted wanted = new Exchange.Wanted(
                dollars,
                false,
                List.of(new Exchange.Line(SampleOrders.CAP, "Cap", units, Money.of(price, dollars), List.of())),
                inStore ? Optional.of(SampleFacilities.ST_HARBOR) : Optional.empty());
        run.retail.baskets.hold(
                basket,
                wanted.needs(),
                new Terms(Set.of(SampleFacilities.ST_HARBOR), Terms.OnShortage.REFUSE),
                run.now().plus(Duration.ofDays(30)));
        run.retail.exchanges.begin(
                run.id,
                new ExchangeOffer(basket.account(), wanted, basket, Duration.ofDays(30), advance),
                Money.of("24.42", dollars));
        return run;
    }

    Exchange exchange() {
        return retail.exchanges.get(id);
    }

    /** The order that was taken in exchange comes to such an end: all of it is handed over, or nothing. */
    ReturnRun newOrderBecomes(OrderStatus end) {
        return newOrderBecomes(end, Integer.MAX_VALUE);
    }

    /** No more than so many of each line are handed over; the rest comes short, or is called off. */
    ReturnRun newOrderIsDoneWith(int units) {
        return newOrderBecomes(OrderStatus.COMPLETED, units);
    }

    private ReturnRun newOrderBecomes(OrderStatus end, int units) {
        await("the new order", () -> !retail.intake.taken().isEmpty());
        Order order = retail.intake.taken().getFirst();
        OrderId taken = order.id();
        if (end == OrderStatus.COMPLETED) {
            handOver(order, units);
        }
        List<OrderStatus> way = end == OrderStatus.COMPLETED
                ? List.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT, end)
                : List.of(end);
        way.forEach(status -> retail.orders.advance(taken, status, "test"));
        return wake("return");
    }

    private void handOver(Order taken, int units) {
        List<LineQuantity> parts = taken.lines().stream()
                .map(line -> new LineQuantity(line.id(), line.sku(), Math.min(units, line.quantity())))
                .toList();
        retail.work.create(
                taken.id(), place, DeliveryMethod.SHIPPING, FulfillmentStatus.SHIPPED, Optional.empty(), parts);
    }

    ReturnRun pays(String amount) {
        retail.exchanges.pay(
                id, new Exchange.Paid("P1", "square_card", Money.of(amount, CurrencyCode.of("USD")), now()));
        return wake("return");
    }

    /** So much for peace; above 20.00 somebody else approves it. */
    static ReturnRun appeasement(String amount) {
        ReturnRun run = new ReturnRun(
                Checkpoints.none(),
                new ReturnCause.Appeasement(Money.of(amount, CurrencyCode.of("USD")), ReturnReason.ARRIVED_LATE),
                new ReturnedTo.Never(),
                true);
        run.retail.returnPolicy.appeasements(MUCH, Money.of("20.00", CurrencyCode.of("USD")), 9);
        return run;
    }

    static ReturnRun inStore() {
        return new ReturnRun(true, false, Checkpoints.none());
    }

    private void complete(Order one) {
        retail.hears(one);
        retail.orders.accept(one, PersonalData.none(), now());
        List.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT, OrderStatus.COMPLETED)
                .forEach(status -> retail.orders.advance(one.id(), status, "test"));
    }

    private void handOverAll() {
        retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                SamplePurchases.everything(order));
    }

    ReturnRun start() {
        return start(returned().fromCustomer().isPresent());
    }

    /** As by a worker that knew of no labels. */
    ReturnRun startKnowingNoLabels() {
        return start(false);
    }

    private ReturnRun start(boolean labelled) {
        process.start(new ReturnInput(
                id,
                returned().to() instanceof ReturnedTo.ByMail,
                retail.accounts.get(order.key().account()).system().taskQueue(),
                ProcessServer.queues(),
                labelled));
        return this;
    }

    /** Another run that finds the facts of this one. */
    ReturnRun startAgain() {
        server.terminate(process);
        process = stub();
        return start();
    }

    ReturnRun receives(String lineId, int units) {
        retail.returns.receive(id, new Arrival(place, List.of(new Arrival.Units(lineId, units)), false));
        return wake("return");
    }

    ReturnRun finds(String lineId, int units, ConditionGrade grade, Disposition disposition) {
        return finds(new Finding.Units(lineId, units, grade, disposition));
    }

    ReturnRun finds(Finding.Units... units) {
        retail.returns.inspect(id, new Finding(place, List.of(units)));
        return wake("return");
    }

    ReturnRun decides(FailureCode code, Action action) {
        await("an open case " + code, () -> open(code).isPresent());
        Case open = open(code).orElseThrow();
        retail.cases.decide(open.id(), action);
        return wake(open.id().value());
    }

    ReturnRun decides(FailureCode code, Decision decision) {
        await("an open case " + code, () -> open(code).isPresent());
        Case open = open(code).orElseThrow();
        retail.cases.decide(open.id(), decision);
        wake(open.id().value());
        return await(
                "what came of " + decision,
                // What was tried without a person, in vain, is open again.
                () -> retail.cases.find(open.id()).orElseThrow().status() != CaseStatus.DECIDED);
    }

    private Optional<Case> open(FailureCode code) {
        return retail.cases.open().stream().filter(one -> one.code() == code).findFirst();
    }

    ReturnRun wake(String about) {
        server.wake(process, about);
        return this;
    }

    ReturnRun passes(Duration time) {
        server.passes(time);
        return this;
    }

    ReturnRun await(String what, BooleanSupplier condition) {
        server.await(what, condition);
        return this;
    }

    String result() {
        return server.result(process);
    }

    /** As an operator reads it in Temporal. */
    String waitingFor() {
        return process.query("waitingFor", String.class);
    }

    Return returned() {
        return retail.returns.get(id);
    }

    Return.Issued issued() {
        return returned().repayment().flatMap(Return.Repayment::issued).orElseThrow();
    }

    boolean running() {
        return server.running(process);
    }

    int historyLength() {
        return server.historyLength(process);
    }

    Instant now() {
        return server.now();
    }

    private String state() {
        return returned() + "; effects " + retail.vendor.effects() + "; cases " + retail.cases.all();
    }

    private WorkflowStub stub() {
        return server.process(ReturnWorkflow.class, id.workflowId(order.key().account()));
    }

    @Override
    public void close() {
        server.close();
    }
}
