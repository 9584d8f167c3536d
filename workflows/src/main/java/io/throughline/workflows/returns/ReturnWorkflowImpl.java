package io.throughline.workflows.returns;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.ParcelTask;
import io.throughline.domain.returns.ReturnId;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.GatedProcess;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A return's life, in two legs that must both come to their end. The goods are authorised and labelled, carried, received, inspected, and told to the
 * stock; what is not taken of them goes back. The money is calculated from what was found, approved where it is much, given back by the channel, and told to the ERP. Only where the money
 * depends on the goods does its leg wait for theirs. Where other goods are taken in its place, it pays their order first, and what is left of
 * it goes back once that order is done.
 *
 * <p>PostgreSQL holds the facts, and which step comes next follows from them. A signal only says that there are new ones, so a run that is
 * reset to any point, or started again, goes the same way and ends the same.
 */
public final class ReturnWorkflowImpl extends GatedProcess implements ReturnWorkflow {
    private static final String RETURN = "return";

    private static final String CARRIER_QUEUE = "carrier";

    /** Before, nothing was left to be sent along with at the end, and a return that was booked was shown as one that was not. */
    private static final String SHOWS_BOOKS = "shows-books";

    /** Before, nobody heard of a return that was refused. */
    private static final String TELLS_REFUSALS = "tells-refusals";

    /** Before, nothing that was taken ever went back. */
    private static final String SENDS_BACK_REFUSED = "sends-back-refused";

    /** The channel tells when money has arrived; this only makes up for what it forgets to tell. */
    private static final Duration GLANCE_AT_CHANNEL = Duration.ofHours(12);

    /** The end of the new order wakes us; this only makes up for a message that went astray. */
    private static final Duration GLANCE_AT_ORDER = Duration.ofDays(3);

    /** The step that gives up what nobody has paid reads a clock of its own. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

    private final ReturnInput input;
    private final Alarm alarm = new Alarm(wakes);
    private boolean toldToPay;
    private boolean refused;
    private boolean goodsEnded;
    private boolean goesBackAfterAll;

    @WorkflowInit
    public ReturnWorkflowImpl(ReturnInput input) {
        super(input.id().value(), input.localQueues());
        this.input = input;
    }

    @Override
    public String run(ReturnInput start) {
        Promise<GoodsStatus> goods = Async.function(this::goods);
        Promise<MoneyStatus> money = Async.function(this::money);
        GoodsStatus cameTo = goods.get();
        String ending = "goods " + cameTo + ", money " + money.get();
        seeToWhatGoesBack();
        tellRefused();
        gate.through("return.close", RETURN, this::close);
        story.tells("Goods", cameTo.name()).tells("Money", money.get().name()).publish();
        Workflow.await(Workflow::isEveryHandlerFinished);
        return ending;
    }

    private GoodsStatus goods() {
        Promise<Boolean> told = Async.function(this::tellHowToReturn);
        GoodsStatus status = seeToGoods();
        goodsEnded = true;
        told.get();
        return status;
    }

    /** Where a second person does not pay for what was taken, that goes back although its leg had ended. */
    private void seeToWhatGoesBack() {
        if (goesBackAfterAll
                && Workflow.getVersion(SENDS_BACK_REFUSED, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            seeToGoods();
        }
    }

    private GoodsStatus seeToGoods() {
        while (true) {
            int seen = wakes.count(RETURN);
            ReturnState state = look();
            if (state.goodsEnded()) {
                return state.goods();
            }
            if (state.toBook()) {
                takes("return.book", OWN_QUEUE, "tell the stock of what came back", ReturnSteps::book);
            } else if (state.asksShelves()) {
                takes(
                        "channel.shelves",
                        input.channelQueue(),
                        "has the shop put it on a shelf?",
                        ReturnSteps::readShelves);
            } else if (!seesToParcels(state.parcel())) {
                askAfterGoods(state, seen);
            }
        }
    }

    private void askAfterGoods(ReturnState state, int seen) {
        if (state.stillToCome() && isPast(state.dueAt())) {
            takes("return.overdue", OWN_QUEUE, "goods have not come in time", ReturnSteps::reviewOverdue);
            // What is given up lets the money go on, and nobody else tells of it.
            wakes.ring(RETURN);
        } else {
            awaitGoods(state, seen);
        }
    }

    /** False: nothing of them is to be done here. The label with which the goods are sent is bought beside this, before its customer is told. */
    private boolean seesToParcels(@Nullable ParcelTask task) {
        if (task == null || (task == ParcelTask.LABEL && input.labelled())) {
            return false;
        }
        return switch (task) {
            // A run that was begun by a worker which knew of no labels.
            case LABEL -> {
                buyLabel();
                yield true;
            }
            case VOID_LABEL -> {
                takes("carrier.void-label", CARRIER_QUEUE, "give the label back", ReturnSteps::voidLabel);
                yield true;
            }
            case SEND_BACK -> {
                takes("carrier.send-back", CARRIER_QUEUE, "send back what is not taken", ReturnSteps::sendBack);
                yield true;
            }
            case TELL_SENT_BACK -> {
                takes(
                        "customer.tell-sent-back",
                        MESSAGING_QUEUE,
                        "tell the customer what goes back",
                        ReturnSteps::tellSentBack);
                yield true;
            }
        };
    }

    /** Goods that are carried into a store need no word. */
    private boolean tellHowToReturn() {
        if (input.labelled()) {
            buyLabel();
        }
        if (input.byMail()) {
            takes(
                    "customer.tell-return",
                    MESSAGING_QUEUE,
                    "tell the customer how to return",
                    ReturnSteps::tellAuthorised);
        }
        return input.byMail();
    }

    private void buyLabel() {
        takes("carrier.return-label", CARRIER_QUEUE, "buy the label of the return", ReturnSteps::label);
        // Its fee is known now, so that money which is given first goes on; and it may be one that nobody needs any
        // more.
        wakes.ring(RETURN);
    }

    private void awaitGoods(ReturnState state, int seen) {
        if (state.stillToCome()) {
            alarm.ringBy(state.dueAt());
        }
        wakes.awaitNews(RETURN, seen);
    }

    private static boolean isPast(Instant instant) {
        return !now().isBefore(instant);
    }

    private MoneyStatus money() {
        while (true) {
            int seen = wakes.count(RETURN);
            ReturnState state = look();
            tell(state);
            switch (state.money()) {
                case AWAITS_GOODS -> wakes.awaitNews(RETURN, seen);
                case UNCALCULATED -> takes("return.calculate", OWN_QUEUE, "what is it worth?", ReturnSteps::calculate);
                case UNAPPROVED -> takes("return.approve", OWN_QUEUE, "needs a second person", ReturnSteps::approve);
                case APPROVED -> repay(state, seen);
                case ISSUED -> confirm(seen);
                case CONFIRMED -> account();
                case ENDED -> {
                    refused = state.refused();
                    goesBackAfterAll = goodsEnded && !state.goodsEnded();
                    return state.money();
                }
            }
        }
    }

    /** What pays a new order is not given back: only once that is settled it is known how much is. */
    private void repay(ReturnState state, int seen) {
        if (state.exchanging()) {
            exchange(state, seen);
        } else {
            refund();
        }
    }

    private void exchange(ReturnState state, int seen) {
        Instant payUntil = state.payUntil();
        if (payUntil != null) {
            alarm.ringBy(payUntil.plus(CLOCKS_APART));
            tellToPay();
        }
        StepResult.Verdict verdict =
                takes("return.exchange", OWN_QUEUE, "settle what is taken in exchange", ReturnSteps::exchange);
        if (verdict == StepResult.Verdict.WAITING) {
            wakes.awaitNews(RETURN, seen, now().plus(GLANCE_AT_ORDER));
        }
    }

    /** Once in a run; the message itself is sent once, however many runs there are. */
    private void tellToPay() {
        if (!toldToPay) {
            toldToPay = true;
            Async.procedure(() -> takes(
                    "customer.tell-to-pay",
                    MESSAGING_QUEUE,
                    "tell the customer what is to be paid",
                    ReturnSteps::tellToPay));
        }
    }

    private void refund() {
        takes("channel.suggest", input.channelQueue(), "what would the channel give back?", ReturnSteps::compare);
        takes("channel.refund", input.channelQueue(), "give the money back", ReturnSteps::refund);
    }

    private void confirm(int seen) {
        StepResult.Verdict verdict =
                takes("channel.confirm", input.channelQueue(), "was it given back?", ReturnSteps::confirm);
        if (verdict == StepResult.Verdict.WAITING) {
            wakes.awaitNews(RETURN, seen, now().plus(GLANCE_AT_CHANNEL));
        }
    }

    /** The books do not wait for a message that nobody can be sent. */
    private void account() {
        Promise<StepResult.Verdict> told = Async.function(() -> takes(
                "customer.tell-refund", MESSAGING_QUEUE, "tell the customer: refunded", ReturnSteps::tellRefunded));
        takes("erp.credit", ERP_QUEUE, "post the credit note and the refund", ReturnSteps::post);
        if (Workflow.getVersion(SHOWS_BOOKS, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            story.posts(PostingStatus.CONFIRMED);
        } else {
            story.attribute(Story.FINANCIAL_POSTING, PostingStatus.CONFIRMED.name())
                    .publish();
        }
        told.get();
    }

    private void tellRefused() {
        if (refused && Workflow.getVersion(TELLS_REFUSALS, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            takes(
                    "customer.tell-refused",
                    MESSAGING_QUEUE,
                    "tell the customer: not granted after all",
                    ReturnSteps::tellRefused);
        }
    }

    private void tell(ReturnState state) {
        story.tells("Return", input.id().value())
                .tells("Goods", state.goods() + (state.stillToCome() ? ", due " + state.dueAt() : ""))
                .tells(
                        "Money",
                        state.money()
                                + (state.amount().isEmpty() ? "" : ", " + state.amount())
                                + (state.exchanging() ? ", taken in exchange for a new order" : ""))
                .tells("Refund", state.refund())
                .tells("Parcels", state.parcels())
                .publish();
    }

    private ReturnState look() {
        Calls<ReturnSteps> own = calls(OWN_QUEUE, "where does it stand?");
        return gate.through("return.look", RETURN, () -> own.call(step -> step.look(input.id())));
    }

    private boolean close() {
        return calls(OWN_QUEUE, "close").call(step -> {
            step.close(input.id());
            return true;
        });
    }

    private StepResult.Verdict takes(
            String name, String queue, String summary, BiFunction<ReturnSteps, ReturnId, StepResult> step) {
        Calls<ReturnSteps> calls = calls(queue, summary);
        return gate.pass(name, RETURN, () -> calls.call(steps -> step.apply(steps, input.id())));
    }

    private Calls<ReturnSteps> calls(String queue, String summary) {
        return calls(ReturnSteps.class, queue, summary);
    }
}
