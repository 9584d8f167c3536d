package io.throughline.activities.returns;

import io.throughline.activities.call.Messages;
import io.throughline.activities.call.Steps;
import io.throughline.activities.finance.ReturnBooks;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.returns.Advances;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.returns.ReturnState;
import io.throughline.workflows.returns.ReturnSteps;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps of a return, over its facts, the stock, its channel, the ERP and the customer. */
public final class ReturnStepsImpl implements ReturnSteps {
    private static final String RETURN = "return";

    /** The process goes by another clock than we do. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Steps steps;
    private final Returns returns;
    private final ReturnReckoning reckoning;
    private final Advances advances;
    private final ReturnedStock stock;
    private final ChannelRefunds refunds;
    private final ReturnBooks books;
    private final Messages messages;
    private final ExchangeDesk exchanges;
    private final ReturnLabels labels;
    private final ShopShelves shelves;
    private final Clock clock;

    public ReturnStepsImpl(
            Steps steps,
            Returns returns,
            ReturnReckoning reckoning,
            Advances advances,
            InventoryLedger inventory,
            ChannelRefunds refunds,
            ReturnBooks books,
            Messages messages,
            ExchangeDesk exchanges,
            ReturnLabels labels,
            ShopShelves shelves,
            Clock clock) {
        this.steps = steps;
        this.returns = returns;
        this.reckoning = reckoning;
        this.advances = advances;
        this.stock = new ReturnedStock(returns, inventory, clock);
        this.refunds = refunds;
        this.books = books;
        this.messages = messages;
        this.exchanges = exchanges;
        this.labels = labels;
        this.shelves = shelves;
        this.clock = clock;
    }

    @Override
    public ReturnState look(ReturnId id) {
        return steps.retrying(
                step(id, "return.look"), () -> state(returns.find(id).orElseThrow(), exchanges.find(id)));
    }

    private ReturnState state(Return returned, Optional<Exchange> exchange) {
        return new ReturnState(
                returned.goods(),
                returned.money(),
                !returned.toBook().isEmpty(),
                returned.waitedForUntil(),
                returned.repayment()
                        .map(repayment -> repayment.refund().total().shop().toString())
                        .orElse(""),
                exchange.filter(Exchange::isOpen).isPresent(),
                exchange.filter(open -> open.status() == Exchange.Status.AWAITS_PAYMENT)
                        .flatMap(Exchange::asked)
                        .map(Exchange.Asked::until)
                        .orElse(null),
                returned.repayment().map(ReturnWords::of).orElse(null),
                returned.parcelTask().orElse(null),
                returned.parcels().isEmpty()
                        ? null
                        : returned.parcels().stream().map(ReturnParcel::words).collect(Collectors.joining("; ")),
                isRefusedToCustomer(returned),
                shelves.areToBeRead(returned));
    }

    /** Nobody had asked for what was to be given for peace, and who gets goods back is told so with them. */
    private boolean isRefusedToCustomer(Return returned) {
        return returned.cause().kind() != ReturnCause.Kind.APPEASEMENT
                && (returned.refused().isPresent() || isMoneyRefused(returned));
    }

    private boolean isMoneyRefused(Return returned) {
        return returned.moneyEndedAt().isPresent()
                && returned.repayment().isEmpty()
                && returns.isMoneyRefused(returned.id());
    }

    @Override
    public StepResult tellRefused(ReturnId id) {
        return tell(
                id,
                "customer.tell-refused",
                Notification.Template.RETURN_REFUSED,
                returned -> isMoneyRefused(returned)
                        ? Map.of(RETURN, id.value(), "kept", "true")
                        : Map.of(RETURN, id.value()));
    }

    @Override
    public StepResult label(ReturnId id) {
        return labels.buy(id);
    }

    @Override
    public StepResult voidLabel(ReturnId id) {
        return labels.giveBack(id);
    }

    /** What has come of it meanwhile is told to the stock first: the question about a label can stay open for long. */
    @Override
    public StepResult sendBack(ReturnId id) {
        bookFirst(id);
        return labels.sendBack(id);
    }

    @Override
    public StepResult tellSentBack(ReturnId id) {
        bookFirst(id);
        Optional<ReturnParcel> untold = returns.find(id)
                .orElseThrow()
                .toSendBack()
                .filter(parcel -> !parcel.told())
                .findFirst();
        if (untold.isEmpty()) {
            return StepResult.done();
        }
        ReturnParcel parcel = untold.get();
        StepResult result = tell(
                id,
                parcel.id().value(),
                "customer.tell-sent-back",
                Notification.Template.RETURN_SENT_BACK,
                returned -> ReturnWords.ofSentBack(returned, parcel));
        if (result.verdict() == StepResult.Verdict.DONE) {
            labels.told(parcel);
        }
        return result;
    }

    /**
     * Whoever waited for a label in vain, and has brought the goods without, need not be told how to send them. A run that was begun by a worker which
     * knew of no labels comes here while its label is still to be bought: its customer is told of that one, and not to send the goods by themselves.
     */
    @Override
    public StepResult tellAuthorised(ReturnId id) {
        StepResult labelled = labels.isWanted(id) ? labels.buy(id) : StepResult.done();
        return labelled.verdict() == StepResult.Verdict.DONE ? tellHowToSend(id) : labelled;
    }

    private StepResult tellHowToSend(ReturnId id) {
        Return authorised = returns.find(id).orElseThrow();
        boolean tooLate = !authorised.needsLabel()
                && authorised
                        .fromCustomer()
                        .filter(parcel -> parcel.tracking().isEmpty())
                        .isPresent();
        if (authorised.refused().isPresent() || tooLate) {
            return StepResult.done();
        }
        return tell(id, "customer.tell-return", Notification.Template.RETURN_AUTHORISED, ReturnWords::ofAuthorised);
    }

    /** Of what has all paid a new order there is nothing to tell, and of what somebody else gave back they have. */
    @Override
    public StepResult tellRefunded(ReturnId id) {
        Return returned = returns.find(id).orElseThrow();
        Return.Repayment repayment = returned.repayment().orElseThrow();
        boolean allExchanged =
                !repayment.exchanged().isEmpty() && !repayment.inMoney().shop().isPositive();
        if (allExchanged || returned.cause() instanceof ReturnCause.GivenElsewhere) {
            return StepResult.done();
        }
        return tell(
                id,
                "customer.tell-refund",
                Notification.Template.REFUNDED,
                same -> Map.of(
                        RETURN,
                        id.value(),
                        "amount",
                        repayment.inMoney().presentment().toString()));
    }

    /** A word that was held up is not sent to who has paid meanwhile. */
    @Override
    public StepResult tellToPay(ReturnId id) {
        Optional<Exchange.Asked> asked = exchanges
                .find(id)
                .filter(open -> open.status() == Exchange.Status.AWAITS_PAYMENT)
                .flatMap(Exchange::asked);
        return asked.isEmpty()
                ? StepResult.done()
                : tell(
                        id,
                        "customer.tell-to-pay",
                        Notification.Template.EXCHANGE_TO_PAY,
                        returned -> Map.of(
                                RETURN,
                                id.value(),
                                "amount",
                                asked.get().owed().toString(),
                                "until",
                                ReturnWords.day(asked.get().until())));
    }

    /** Whoever decides that nobody pays gives the money of the return back in place of what was to be taken for it. */
    @Override
    public StepResult exchange(ReturnId id) {
        Steps.Step step = step(id, "return.exchange");
        StepResult result = steps.takeBy(
                step, () -> exchanges.answersItself(id), decision -> exchanges.goOn(id, refunds::isGivenElsewhere));
        if (result.verdict() == StepResult.Verdict.DONE && steps.goneWithout(step)) {
            exchanges.giveUp(id, "somebody has decided that it is not paid");
        }
        return result;
    }

    private StepResult tell(
            ReturnId id, String name, Notification.Template template, Function<Return, Map<String, String>> facts) {
        return tell(id, id.value(), name, template, facts);
    }

    private StepResult tell(
            ReturnId id,
            String about,
            String name,
            Notification.Template template,
            Function<Return, Map<String, String>> facts) {
        return steps.take(
                step(id, name).asking(messages.account()),
                decision -> messages.send(
                        id.order(),
                        about,
                        template,
                        facts.apply(returns.find(id).orElseThrow()),
                        decision));
    }

    @Override
    public StepResult readShelves(ReturnId id) {
        return steps.take(step(id, "channel.shelves"), decision -> shelves.read(id));
    }

    @Override
    public StepResult book(ReturnId id) {
        return steps.retrying(step(id, "return.book"), () -> {
            stock.book(returns.find(id).orElseThrow());
            return StepResult.done();
        });
    }

    private void bookFirst(ReturnId id) {
        if (!returns.find(id).orElseThrow().toBook().isEmpty()) {
            book(id);
        }
    }

    /** What has come of it meanwhile is told to the stock first: the question about the rest can stay open for long. */
    @Override
    public StepResult reviewOverdue(ReturnId id) {
        bookFirst(id);
        Return late = returns.find(id).orElseThrow();
        if (late.goods() == GoodsStatus.AUTHORISED && !isWaitedFor(late)) {
            exchanges.giveUp(id, "the goods of the return have not come in time");
        }
        Steps.Step step = step(id, "return.overdue");
        StepResult result = steps.take(
                step,
                () -> isNotOverdue(id),
                decision -> isNotOverdue(id)
                        ? Reply.done("it has come, or is on its way")
                        : Reply.refused(
                                FailureCode.RETURN_OVERDUE,
                                ReturnWords.ofOverdue(returns.find(id).orElseThrow())));
        if (result.verdict() == StepResult.Verdict.DONE && steps.goneWithout(step)) {
            returns.giveUp(id);
        }
        return result;
    }

    private boolean isNotOverdue(ReturnId id) {
        Return returned = returns.find(id).orElseThrow();
        return switch (returned.goods()) {
            case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED -> isWaitedFor(returned);
            case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> true;
        };
    }

    /** A carrier has scanned or delivered it meanwhile, so that it has more time. */
    private boolean isWaitedFor(Return returned) {
        return clock.instant().plus(CLOCKS_APART).isBefore(returned.waitedForUntil());
    }

    /** Where nothing came that money could be given for, its leg ends here. */
    @Override
    public StepResult calculate(ReturnId id) {
        return steps.retrying(step(id, "return.calculate"), () -> {
            Return returned = returns.find(id).orElseThrow();
            boolean ofGoods = returned.cause().kind() != ReturnCause.Kind.APPEASEMENT;
            if (ofGoods && returned.toRefund().lines().isEmpty()) {
                exchanges.giveUp(id, "nothing has come back that could pay for it");
                returns.endMoney(id, ReturnWords.ofNothing(returned));
            } else {
                returns.calculate(id, purchase -> reckoning.of(returned, purchase));
            }
            return StepResult.done();
        });
    }

    @Override
    public StepResult approve(ReturnId id) {
        return steps.take(
                step(id, "return.approve"),
                () -> isApproved(id),
                decision -> isApproved(id)
                        ? Reply.done("approved")
                        : Reply.refused(
                                FailureCode.REFUND_UNAPPROVED,
                                "the refund of " + id + " needs the approval of a second person"));
    }

    private boolean isApproved(ReturnId id) {
        return returns.find(id).orElseThrow().money() != MoneyStatus.UNAPPROVED;
    }

    @Override
    public StepResult compare(ReturnId id) {
        return steps.takeAnew(
                step(id, "channel.suggest"),
                _ -> "the channel comes to the same, or there is nothing left to compare",
                decision -> refunds.compare(id));
    }

    /** Whoever bears that the channel does not give it back as we would ends the matter of the money; what it has given for these goods is booked all the same. */
    @Override
    public StepResult refund(ReturnId id) {
        Steps.Step step = step(id, "channel.refund");
        StepResult result = steps.take(
                step,
                decision ->
                        refunds.refund(id, decision, question -> steps.answered(step, question, Action.RELEASE_HOLD)));
        if (result.verdict() == StepResult.Verdict.DONE
                && !refunds.isIssued(id)
                && !steps.retrying(step, () -> refunds.takeAsGiven(id))) {
            returns.endMoney(id, "somebody bears that the channel does not give it back");
        }
        return result;
    }

    /**
     * Whoever bears that it failed at the channel gives it back otherwise: the books know that it is owed. What is only late is waited for without being
     * asked about again; that it has failed is told at once, also in place of the question about what is late.
     */
    @Override
    public StepResult confirm(ReturnId id) {
        Steps.Step step = step(id, "channel.confirm");
        StepResult result = steps.takeAnewBy(
                step,
                open -> "it has come, or is given back otherwise",
                decision -> refunds.confirm(id, question -> steps.answeredByKnownPerson(step, question, Action.RETRY)));
        boolean open = result.verdict() == StepResult.Verdict.DONE && refunds.isIssued(id) && !refunds.isConfirmed(id);
        return open && !refunds.leaveToOthers(id, failure -> steps.answered(step, failure, Action.ACCEPT_DIFFERENCE))
                ? StepResult.waiting()
                : result;
    }

    @Override
    public StepResult post(ReturnId id) {
        Return returned = returns.find(id).orElseThrow();
        StepResult result = steps.take(
                step(id, "erp.credit").asking(books.company(returned)), decision -> books.post(returned, decision));
        if (result.verdict() == StepResult.Verdict.DONE) {
            returns.endMoney(id, "the return is in the books");
        }
        return result;
    }

    /** Only at its end it is known what has come for money that was given first. */
    @Override
    public void close(ReturnId id) {
        steps.retrying(step(id, "return.close"), () -> {
            advances.settle(returns.find(id).orElseThrow());
            returns.close(id);
            return true;
        });
    }

    private Steps.Step step(ReturnId id, String name) {
        AccountId channel = returns.find(id).orElseThrow().order().account();
        return new Steps.Step(id, channel, name, RETURN);
    }
}
