package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.finance.FinanceSteps;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Posts documents to the ERP, each with its expected journal stored before, and compares the books at the end. */
public final class FinanceStepsImpl implements FinanceSteps {
    private static final String WHOLE_ORDER = "order";
    private static final String ONCE = "once";

    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final ChannelReading reading;
    private final Journals journals;
    private final CustomerMoney money;
    private final BusinessDays days;
    private final PersonalDataStore people;
    private final PeriodRules periods;
    private final Clock clock;

    public FinanceStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            FulfillmentOrders work,
            ChannelReading reading,
            Facilities facilities,
            Journals journals,
            PersonalDataStore people,
            Policies policies,
            Clock clock) {
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.work = work;
        this.reading = reading;
        this.journals = journals;
        this.days = new BusinessDays(work, facilities);
        this.periods = new PeriodRules(orders, policies);
        this.money = new CustomerMoney(effects, world, journals, days, periods);
        this.people = people;
        this.clock = clock;
    }

    @Override
    public StepResult announce(OrderId id) {
        if (orders.view(id).filter(OrderView::toBeUndone).isPresent()) {
            return StepResult.cancelled();
        }
        Order order = orders.find(id).orElseThrow();
        return steps.take(step(order, "erp.announce", WHOLE_ORDER), decision -> {
            Reply announced = toldBefore(order, id.value(), "announce").orElseGet(() -> announce(order, decision));
            return announced instanceof Reply.Refused ? announced : money.bookPayments(order, decision);
        });
    }

    private Reply announce(Order order, Optional<Decision> decision) {
        SalesDemand demand = demand(order);
        return effects.carryOut(
                Effects.Intent.of(company(order), order.id().value(), "announce", ONCE)
                        .asking(demand.reference() + " " + demand.total())
                        .foundBy(() -> erp().findDemand(company(order), demand))
                        .doneBy(key -> erp().announce(company(order), demand)),
                decision);
    }

    /** What the ERP was told stays as it was told: that the order has changed since does not make a second document of it. */
    private Optional<Reply> toldBefore(Order order, String subject, String operation) {
        return effects.find(company(order), subject, operation, ONCE)
                .flatMap(EffectLedger.Effect::receipt)
                .map(Reply::done);
    }

    @Override
    public StepResult invoice(FulfillmentOrderId id) {
        Order order = orders.find(id.order()).orElseThrow();
        return steps.take(step(order, "erp.invoice", id.value()), decision -> {
            Reply posted = toldBefore(order, id.value(), "invoice").orElseGet(() -> invoice(order, id, decision));
            if (posted instanceof Reply.Done(Receipt receipt)) {
                if (receipt.sent()) {
                    journals.posted(Postings.invoiceReference(id), receipt.reference());
                    orders.posting(order.id(), PostingStatus.POSTED);
                }
                return money.bookPayments(order, decision);
            }
            orders.posting(order.id(), postingOf(posted));
            return posted;
        });
    }

    private Reply invoice(Order order, FulfillmentOrderId id, Optional<Decision> decision) {
        SalesInvoice invoice = expectInvoice(order, work.get(id), decision);
        return effects.carryOut(
                Effects.Intent.of(company(order), id.value(), "invoice", ONCE)
                        .asking(invoice.reference() + " " + invoice.total())
                        .foundBy(() -> erp().findInvoice(company(order), invoice))
                        .doneBy(key -> erp().postInvoice(company(order), invoice)),
                decision);
    }

    @Override
    public StepResult settle(OrderId id) {
        Order order = orders.find(id).orElseThrow();
        return steps.take(step(order, "erp.settle", WHOLE_ORDER), decision -> {
            List<Posting> postings = journals.ofOrder(id);
            List<String> references = references(postings);
            Reply settled = effects.carryOut(
                    Effects.Intent.of(company(order), id.value(), "settle", ONCE)
                            .asking("settle " + references)
                            .foundBy(Optional::empty)
                            .doneBy(key -> erp().settle(company(order), id, references)),
                    decision);
            return settled instanceof Reply.Refused ? settled : compare(order, postings, PostingStatus.CONFIRMED);
        });
    }

    @Override
    public StepResult withdraw(OrderId id) {
        Optional<Order> order = orders.find(id);
        boolean announced = order.flatMap(known -> effects.find(company(known), id.value(), "announce", ONCE))
                .filter(effect ->
                        effect.state() != EffectLedger.State.PENDING && effect.state() != EffectLedger.State.REFUSED)
                .isPresent();
        if (!announced) {
            return StepResult.done();
        }
        SalesDemand demand = demand(order.orElseThrow());
        AccountId company = company(order.orElseThrow());
        return steps.take(
                step(order.orElseThrow(), "erp.withdraw", WHOLE_ORDER),
                decision -> effects.carryOut(
                        Effects.Intent.of(company, id.value(), "withdraw", ONCE)
                                .asking("withdraw " + demand.reference())
                                .foundBy(() -> erp().findWithdrawal(company, demand))
                                .doneBy(key -> erp().withdraw(company, demand)),
                        decision));
    }

    @Override
    public StepResult reverse(OrderId id) {
        Optional<Order> known = orders.find(id).filter(money::isInTheBooks);
        if (known.isEmpty()) {
            return StepResult.done();
        }
        Order before = known.get();
        return steps.take(step(before, "erp.reverse", WHOLE_ORDER), decision -> {
            // What became of the money is the channel's to say, also when somebody has given it back by hand.
            Order order = reading.refresh(before.key()).orElse(before);
            Reply booked = money.bookPaymentsAndRefunds(order, decision);
            return booked instanceof Reply.Refused
                    ? booked
                    : CustomerMoney.outstanding(order).orElseGet(() -> settleReversal(order, decision));
        });
    }

    private Reply settleReversal(Order order, Optional<Decision> decision) {
        List<Posting> postings = journals.ofOrder(order.id());
        List<String> references = references(postings);
        Reply settled = effects.carryOut(
                Effects.Intent.of(company(order), order.id().value(), "settle-reversal", ONCE)
                        .asking("settle " + references)
                        .foundBy(Optional::empty)
                        .doneBy(key -> erp().settle(company(order), order.id(), references)),
                decision);
        return settled instanceof Reply.Refused ? settled : compare(order, postings, PostingStatus.REVERSED);
    }

    private SalesInvoice expectInvoice(Order order, FulfillmentOrder handedOver, Optional<Decision> decision) {
        Postings postings = new Postings(order);
        LocalDate today = days.of(clock.instant(), order);
        String reference = Postings.invoiceReference(handedOver.id());
        List<String> before = journals.expectInvoice(
                order.id(),
                reference,
                earlier -> postings.journal(postings.invoice(handedOver, fulfillmentOrders(earlier), today)));
        return postings.invoice(
                        handedOver,
                        fulfillmentOrders(before),
                        decision.flatMap(Decision::postingDate).orElse(today))
                .under(periods.of(order.id()));
    }

    private List<FulfillmentOrder> fulfillmentOrders(List<String> invoiceReferences) {
        return invoiceReferences.stream()
                .map(reference -> work.get(new FulfillmentOrderId(reference.substring(0, reference.indexOf('/')))))
                .toList();
    }

    /** The books are right when every account's net movement is what our journals say, to the minor unit. */
    private Reply compare(Order order, List<Posting> postings, PostingStatus ending) {
        if (world.accounts().get(company(order)).mode() != EffectMode.LIVE) {
            return Reply.done("nothing was sent that the books could be compared with");
        }
        Map<LedgerAccount, Money> expected = Journal.net(postings.stream()
                .flatMap(posting -> posting.journal().lines().stream())
                .toList());
        List<JournalLine> booked = erp().books(company(order), order.id(), references(postings));
        Map<LedgerAccount, Money> actual = Journal.net(booked);
        if (expected.equals(actual)) {
            if (ending == PostingStatus.REVERSED) {
                journals.reversed(order.id());
            } else {
                journals.confirmed(order.id());
            }
            orders.posting(order.id(), ending);
            return Reply.done("the books are equal");
        }
        String differences = Stream.concat(expected.keySet().stream(), actual.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .filter(account ->
                        !Optional.ofNullable(expected.get(account)).equals(Optional.ofNullable(actual.get(account))))
                .map(account ->
                        account + " expected " + amount(expected, account) + " booked " + amount(actual, account))
                .collect(Collectors.joining("; "));
        return Reply.refused(FailureCode.ERP_BOOKS_DIFFER, differences);
    }

    private static String amount(Map<LedgerAccount, Money> net, LedgerAccount account) {
        return Optional.ofNullable(net.get(account)).map(Money::toString).orElse("nothing");
    }

    private static PostingStatus postingOf(Reply refused) {
        return refused instanceof Reply.Refused(FailureCode code, String detail)
                        && code == FailureCode.ERP_PERIOD_CLOSED
                ? PostingStatus.BLOCKED_PERIOD
                : PostingStatus.REJECTED;
    }

    private SalesDemand demand(Order order) {
        String warehouse = work.ofOrder(order.id()).stream()
                .findFirst()
                .map(one -> one.facility().value())
                .orElseThrow(() -> new IllegalStateException("order " + order.id() + " was not routed"));
        PersonalData person = people.find(order.customer()).orElseGet(PersonalData::none);
        return new Postings(order).demand(person, warehouse, days.of(order.placedAt(), order));
    }

    private static List<String> references(List<Posting> postings) {
        return postings.stream().map(posting -> posting.journal().reference()).toList();
    }

    private AccountId company(Order order) {
        return world.accounts().erpOf(order.key().account());
    }

    private Erp erp() {
        return world.erp();
    }

    private static Steps.Step step(Order order, String name, String about) {
        return new Steps.Step(order.id(), order.key().account(), name, about);
    }
}
