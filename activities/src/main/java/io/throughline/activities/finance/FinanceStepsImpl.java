package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.payment.MoneyBesideReturns;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.finance.FinanceSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells the ERP of an order: first of the demand, then of each handover and of the money, and compares the books at the end. */
public final class FinanceStepsImpl implements FinanceSteps {
    private static final String WHOLE_ORDER = "order";

    private final Steps steps;
    private final Accounts accounts;
    private final Orders orders;
    private final ChannelReading reading;
    private final SalesDemands demands;
    private final Invoicing invoices;
    private final CustomerMoney money;
    private final ExchangedCredit credit;
    private final MoneyBesideReturns beside;
    private final GivenBackBeside givenBack;
    private final PaymentInFull payment;
    private final Books books;
    private final Clock clock;

    public FinanceStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            FulfillmentOrders work,
            ChannelReading reading,
            MoneyBesideReturns beside,
            Facilities facilities,
            Journals journals,
            PersonalDataStore people,
            Policies policies,
            Clock clock) {
        this.steps = steps;
        this.accounts = world.accounts();
        this.orders = orders;
        this.reading = reading;
        ToldToErp told = new ToldToErp(effects, world);
        SoldOrders sold = new SoldOrders(orders);
        PostingRules rules = new PostingRules(work, facilities, orders, policies);
        this.demands = new SalesDemands(effects, world, told, work, sold, people, rules);
        this.invoices = new Invoicing(effects, world, told, orders, work, sold, journals, rules, clock);
        this.money = new CustomerMoney(effects, world, told, journals, rules);
        this.credit = new ExchangedCredit(money, orders, work, journals, rules, clock);
        this.beside = beside;
        this.givenBack = new GivenBackBeside(beside, money, journals, accounts);
        this.clock = clock;
        this.payment = new PaymentInFull(steps, world, orders, reading, policies, clock);
        this.books = new Books(new Settling(effects, world), told, orders, journals);
    }

    @Override
    public StepResult announce(OrderId id) {
        if (orders.view(id).filter(OrderView::toBeUndone).isPresent()) {
            return StepResult.cancelled();
        }
        Order order = orders.find(id).orElseThrow();
        return steps.take(
                step(order, "erp.announce", WHOLE_ORDER),
                decision -> unlessRefused(demands.announce(order, decision), () -> {
                    demands.follow(order);
                    return money.bookPayments(order, decision);
                }));
    }

    @Override
    public StepResult moveDemand(OrderId id) {
        Order order = orders.find(id).orElseThrow();
        return steps.retrying(step(order, "erp.move-demand", WHOLE_ORDER), () -> {
            if (orders.view(id).filter(OrderView::toBeUndone).isEmpty()) {
                demands.follow(order);
            }
            return StepResult.done();
        });
    }

    @Override
    public StepResult invoice(FulfillmentOrderId id) {
        Order order = orders.find(id.order()).orElseThrow();
        return steps.take(step(order, "erp.invoice", id.value()), decision -> {
            demands.follow(order);
            return unlessRefused(invoices.post(order, id, decision), () -> money.bookPayments(order, decision));
        });
    }

    @Override
    public StepResult settle(OrderId id) {
        Order order = orders.find(id).orElseThrow();
        StepResult paid = payment.require(order);
        if (paid.verdict() != StepResult.Verdict.DONE) {
            return paid;
        }
        // Read again where it had to be asked for: what was taken late has not been told to the ERP yet.
        Order paidFor = order.isPaid() ? order : orders.find(id).orElseThrow();
        Order whole = credit.leftOver(paidFor);
        StepResult settled = steps.take(
                step(order, "erp.settle", WHOLE_ORDER),
                decision -> unlessRefused(
                        money.bookNewPayments(whole, decision),
                        () -> unlessRefused(
                                credit.giveBack(whole, decision),
                                () -> unlessRefused(
                                        givenBack.book(paidFor, decision), () -> books.confirm(whole, decision)))));
        // Also where a person has borne it, perhaps after days: what came meanwhile is told of once.
        if (settled.verdict() == StepResult.Verdict.DONE) {
            beside.lookAgain(id);
        }
        return settled;
    }

    @Override
    public Instant paymentDue(OrderId id) {
        return payment.due(orders.find(id).orElseThrow()).orElseGet(clock::instant);
    }

    @Override
    public StepResult withdraw(OrderId id) {
        Optional<Order> announced = orders.find(id).filter(demands::wereAnnounced);
        return announced
                .map(order -> steps.take(
                        step(order, "erp.withdraw", WHOLE_ORDER), decision -> demands.withdraw(order, decision)))
                .orElseGet(StepResult::done);
    }

    @Override
    public StepResult reverse(OrderId id) {
        Optional<Order> paid = orders.find(id).filter(order -> money.isInTheBooks(order) || isKept(order));
        return paid.map(before -> steps.take(step(before, "erp.reverse", WHOLE_ORDER), decision -> {
                    // What became of the money is the channel's to say, also when somebody has given it back by hand.
                    Order order = credit.goneBack(
                            orders.view(id).flatMap(reading::refresh).orElse(before));
                    return money.isInTheBooks(order)
                            ? unlessRefused(
                                    money.bookPaymentsAndRefunds(order, decision),
                                    () -> CustomerMoney.outstanding(order)
                                            .orElseGet(() -> books.reverse(order, decision)))
                            : CustomerMoney.outstanding(order)
                                    .orElseGet(() -> Reply.done("nothing of it is in the books"));
                }))
                .orElseGet(StepResult::done);
    }

    /** Whether its channel has money of an order that has ended. Where we only look on, that is for others to follow. */
    private boolean isKept(Order order) {
        return order.paid().compareTo(order.refunded()) > 0
                && accounts.get(order.key().account()).isLive();
    }

    private static Reply unlessRefused(Reply first, Supplier<Reply> then) {
        return first instanceof Reply.Refused ? first : then.get();
    }

    private Steps.Step step(Order order, String name, String about) {
        AccountId channel = order.key().account();
        return new Steps.Step(order.id(), channel, accounts.erpOf(channel), name, about);
    }
}
