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
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.returns.ReturnState;
import io.throughline.workflows.returns.ReturnSteps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps of a return, over its facts, the stock, its channel, the ERP and the customer. */
public final class ReturnStepsImpl implements ReturnSteps {
    private static final String RETURN = "return";

    private final Steps steps;
    private final Returns returns;
    private final ReturnReckoning reckoning;
    private final ReturnedStock stock;
    private final ChannelRefunds refunds;
    private final ReturnBooks books;
    private final Messages messages;
    private final ExchangeDesk exchanges;

    public ReturnStepsImpl(
            Steps steps,
            Returns returns,
            ReturnReckoning reckoning,
            InventoryLedger inventory,
            ChannelRefunds refunds,
            ReturnBooks books,
            Messages messages,
            ExchangeDesk exchanges) {
        this.steps = steps;
        this.returns = returns;
        this.reckoning = reckoning;
        this.stock = new ReturnedStock(returns, inventory);
        this.refunds = refunds;
        this.books = books;
        this.messages = messages;
        this.exchanges = exchanges;
    }

    @Override
    public ReturnState look(ReturnId id) {
        return steps.retrying(
                step(id, "return.look"), () -> state(returns.find(id).orElseThrow(), exchanges.find(id)));
    }

    private static ReturnState state(Return returned, Optional<Exchange> exchange) {
        return new ReturnState(
                returned.goods(),
                returned.money(),
                !returned.toBook().isEmpty(),
                returned.dueAt(),
                returned.repayment()
                        .map(repayment -> repayment.refund().total().shop().toString())
                        .orElse(""),
                exchange.filter(Exchange::isOpen).isPresent(),
                exchange.filter(open -> open.status() == Exchange.Status.AWAITS_PAYMENT)
                        .flatMap(Exchange::asked)
                        .map(Exchange.Asked::until)
                        .orElse(null),
                returned.repayment().map(ReturnStepsImpl::words).orElse(null));
    }

    private static String words(Return.Repayment repayment) {
        return repayment.parts().stream()
                        .map(part -> part.amount().shop() + " " + part.gateway())
                        .collect(Collectors.joining(", "))
                + repayment
                        .issued()
                        .map(issued ->
                                ", refund " + issued.reference() + (issued.ours() ? "" : ", made by somebody else"))
                        .orElse("");
    }

    @Override
    public StepResult tellAuthorised(ReturnId id) {
        if (returns.find(id).orElseThrow().refused().isPresent()) {
            return StepResult.done();
        }
        return tell(
                id,
                "customer.tell-return",
                Notification.Template.RETURN_AUTHORISED,
                returned -> Map.of(RETURN, id.value(), "until", day(returned.dueAt())));
    }

    private static String day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** Of what has all paid a new order there is nothing to tell. */
    @Override
    public StepResult tellRefunded(ReturnId id) {
        Return.Repayment repayment = returns.find(id).orElseThrow().repayment().orElseThrow();
        if (!repayment.exchanged().isEmpty() && !repayment.inMoney().shop().isPositive()) {
            return StepResult.done();
        }
        return tell(
                id,
                "customer.tell-refund",
                Notification.Template.REFUNDED,
                returned -> Map.of(
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
                                day(asked.get().until())));
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
        return steps.take(
                step(id, name).asking(messages.account()),
                decision -> messages.send(
                        id.order(),
                        id.value(),
                        template,
                        facts.apply(returns.find(id).orElseThrow()),
                        decision));
    }

    @Override
    public StepResult book(ReturnId id) {
        return steps.retrying(step(id, "return.book"), () -> {
            stock.book(returns.find(id).orElseThrow());
            return StepResult.done();
        });
    }

    /** What has come of it meanwhile is told to the stock first: the question about the rest can stay open for long. */
    @Override
    public StepResult reviewOverdue(ReturnId id) {
        if (!returns.find(id).orElseThrow().toBook().isEmpty()) {
            book(id);
        }
        if (returns.find(id).orElseThrow().goods() == GoodsStatus.AUTHORISED) {
            exchanges.giveUp(id, "the goods of the return have not come in time");
        }
        StepResult result = steps.take(
                step(id, "return.overdue"),
                () -> hasCome(id),
                decision -> hasCome(id)
                        ? Reply.done("it has come")
                        : Reply.refused(FailureCode.RETURN_OVERDUE, "not all of " + id + " has come in time"));
        if (result.verdict() == StepResult.Verdict.DONE) {
            returns.giveUp(id);
        }
        return result;
    }

    private boolean hasCome(ReturnId id) {
        return switch (returns.find(id).orElseThrow().goods()) {
            case AUTHORISED, PARTLY_RECEIVED -> false;
            case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> true;
        };
    }

    /** Where nothing came that money could be given for, its leg ends here. */
    @Override
    public StepResult calculate(ReturnId id) {
        return steps.retrying(step(id, "return.calculate"), () -> {
            Return returned = returns.find(id).orElseThrow();
            boolean ofGoods = returned.cause().kind() != ReturnCause.Kind.APPEASEMENT;
            if (ofGoods && returned.toRefund().lines().isEmpty()) {
                exchanges.giveUp(id, "nothing has come back that could pay for it");
                returns.endMoney(id, "nothing has come back that money could be given for");
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
        return steps.take(step(id, "channel.suggest"), decision -> refunds.compare(id));
    }

    /** Whoever bears that the channel does not give it back ends the matter of the money. */
    @Override
    public StepResult refund(ReturnId id) {
        Steps.Step step = step(id, "channel.refund");
        StepResult result = steps.take(
                step,
                decision ->
                        refunds.refund(id, decision, question -> steps.answered(step, question, Action.RELEASE_HOLD)));
        if (result.verdict() == StepResult.Verdict.DONE && !refunds.isIssued(id)) {
            returns.endMoney(id, "somebody bears that the channel does not give it back");
        }
        return result;
    }

    /** Whoever bears that it failed at the channel gives it back otherwise: the books know that it is owed. */
    @Override
    public StepResult confirm(ReturnId id) {
        Steps.Step step = step(id, "channel.confirm");
        StepResult result = steps.takeBy(
                step,
                () -> refunds.isConfirmed(id),
                decision -> refunds.confirm(id, question -> steps.answeredByKnownPerson(step, question, Action.RETRY)));
        if (result.verdict() == StepResult.Verdict.DONE && refunds.isIssued(id) && !refunds.isConfirmed(id)) {
            refunds.leaveToOthers(id);
        }
        return result;
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

    @Override
    public void close(ReturnId id) {
        steps.retrying(step(id, "return.close"), () -> {
            returns.close(id);
            return true;
        });
    }

    private Steps.Step step(ReturnId id, String name) {
        AccountId channel = returns.find(id).orElseThrow().order().account();
        return new Steps.Step(id, channel, name, RETURN);
    }
}
