package io.throughline.workflows.order;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.GatedProcess;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import io.throughline.workflows.finance.FinanceSteps;
import io.throughline.workflows.fulfillment.Leg;
import io.throughline.workflows.fulfillment.LegState;
import io.throughline.workflows.payment.PaymentSteps;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An order's life. It is accepted from its channel and screened; its stock is reserved and the work given to facilities, of which a marketplace
 * is told, while the ERP learns of the demand; each facility's leg ends with the goods handed over, the money taken and the books told; then payments and
 * invoices are set against each other, the books compared, and the order closed. A person may end it on the way: then what was done is
 * undone, last first.
 *
 * <p>PostgreSQL holds the facts. A step writes its fact before it returns and a signal only says that there are new ones, so a run that
 * is reset to any point, or started again, goes the same way and ends the same. An order that is waited for so long that its history
 * has grown long is started again in the same way.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class OrderToCashWorkflowImpl extends GatedProcess implements OrderToCashWorkflow {
    private static final String ORDER = "order";
    private static final String CHANNEL = "channel";
    private static final String WAITS = "Waits for its payment";

    /** The queue of the channels that wait to hear whether their orders are taken on. */
    private static final String MARKETPLACE_QUEUE = "marketplace";

    private final OrderInput input;
    private final Alarm alarm = new Alarm(wakes);
    private final Map<FulfillmentOrderId, Leg> legs = new LinkedHashMap<>();
    private final Deque<Runnable> compensations = new ArrayDeque<>();
    private final Allotment allotment;
    private final PromiseNews promise;
    private final Rest rest;
    private final DisputeQuestion dispute;
    private final AuthorisationQuestion authorisation;

    private @Nullable Promise<Boolean> announced;
    private boolean announcing;
    private boolean channelTold;
    private boolean ending;
    private boolean lateChangeAccepted;
    private boolean announceStopped;
    private int declined;

    @WorkflowInit
    public OrderToCashWorkflowImpl(OrderInput input) {
        super(input.order().value(), input.localQueues(), input.stalledSince());
        this.input = input;
        this.allotment = new Allotment(wakes, story, this::lookWhileWaiting);
        this.promise = new PromiseNews(gate, this::tellPromise, () -> ending);
        this.rest = new Rest(wakes, story, gate, this::look, this::allocateRest, () -> ending);
        this.dispute = new DisputeQuestion(gate, wakes, this::reviewDispute, () -> ending);
        this.authorisation = new AuthorisationQuestion(gate, wakes, alarm, this::reviewAuthorisation, () -> ending);
    }

    @Override
    public String run(OrderInput start) {
        return inRuns(this::live, () -> Workflow.continueAsNew(start.stalled(story.startsAnew())));
    }

    private String live() {
        // Last of all, for only the channel's cancellation gives the money back.
        compensations.push(this::reverseInErp);
        compensations.push(this::cancelAtChannel);
        boolean carriedOut = accept() && screen() && allocate() && acknowledge() && fulfill() && settle();
        if (!carriedOut) {
            unwind();
        }
        return close(carriedOut);
    }

    private boolean accept() {
        channelTold = false;
        allotment.hear();
        boolean accepted =
                takes("channel.accept", channel("read the order as it stands"), step -> step.accept(input.order()));
        rest.hearAgain();
        return accepted;
    }

    private boolean screen() {
        Calls<OrderSteps> own = own("check totals, products, holds");
        boolean passed =
                takesAnew("order.screen", () -> own.call(step -> step.screen(input.order(), input.policyVersion())));
        if (passed && isShownAsUnscreened()) {
            // An order that goes on at once is soon shown as more; one that is stopped is shown as this with its case.
            story.along(Story.ORDER_STATUS, OrderStatus.APPROVED.name());
        }
        return passed;
    }

    /** One that was started again may be shown as more. */
    private static boolean isShownAsUnscreened() {
        @Nullable String shown = Workflow.getTypedSearchAttributes().get(Story.ORDER_STATUS);
        return OrderStatus.RECEIVED.name().equals(shown)
                || OrderStatus.VALIDATED.name().equals(shown);
    }

    /** What is short is waited for, when the order's policy says so. */
    private boolean allocate() {
        compensations.push(this::releaseStock);
        Calls<OrderSteps> own = own("reserve stock and route");
        Supplier<StepResult> anew = readingAnew(() -> promise.heed(own.call(step -> step.allocate(input.order()))));
        return allotment.take(() -> gate.pass("order.allocate", ORDER, anew)) == StepResult.Verdict.DONE;
    }

    /** What is allocated can be promised. Other channels than marketplaces are not told. */
    private boolean acknowledge() {
        return !input.channelQueue().equals(MARKETPLACE_QUEUE)
                || takes(
                        "channel.acknowledge",
                        channel("tell the marketplace: taken on"),
                        step -> step.acknowledge(input.order()));
    }

    private StepResult allocateRest() {
        Calls<OrderSteps> own = own("reserve and route what is still to come");
        return promise.heed(own.call(step -> step.allocateRest(input.order())));
    }

    private StepResult tellPromise() {
        return messaging("tell the customer: promised for another day").call(step -> step.tellPromise(input.order()));
    }

    private boolean takesAnew(String step, Supplier<StepResult> call) {
        return gate.pass(step, ORDER, readingAnew(call)) == StepResult.Verdict.DONE;
    }

    /** A second look begins with reading the order anew: perhaps it was mended, or cancelled, at its channel. */
    private Supplier<StepResult> readingAnew(Supplier<StepResult> call) {
        Calls<ChannelSteps> channel = channel("read the order anew");
        AtomicBoolean again = new AtomicBoolean();
        return () -> {
            StepResult read =
                    again.getAndSet(true) ? channel.call(first -> first.accept(input.order())) : StepResult.done();
            return read.verdict() == StepResult.Verdict.DONE ? call.get() : read;
        };
    }

    /** The legs run beside each other, and beside the ERP's learning of the demand, until nothing is left to do, nor to come. */
    private boolean fulfill() {
        compensations.push(this::withdrawFromErp);
        compensations.push(this::recallWork);
        Promise<Boolean> known = Async.function(this::announce);
        announced = known;
        while (true) {
            int seen = wakes.count(ORDER);
            int allotted = rest.taken();
            long leftToOthers = leftToOthers();
            if (channelTold) {
                accept();
            }
            Standing standing = look();
            if (standing.cancelRequested() && !lateChangeAccepted && !reviewCancellation(standing)) {
                return false;
            }
            if (standing.channelChanged()) {
                accept();
                continue;
            }
            heedDeclined(standing);
            if (lateChangeAccepted || declined > 0) {
                legs.values().removeIf(Leg::stopped);
            }
            standing.legs().forEach(this::startOnce);
            rest.follow(standing);
            dispute.heed(standing);
            authorisation.heed(standing, now());
            tell(standing);
            BooleanSupplier allotsMore = () -> rest.taken() > allotted || leftToOthers() > leftToOthers;
            if (known.isCompleted() && nothingLeft() && !allotsMore.getAsBoolean()) {
                return known.get();
            }
            Workflow.await(() ->
                    wakes.count(ORDER) > seen || allotsMore.getAsBoolean() || (known.isCompleted() && nothingLeft()));
        }
    }

    /** How often work was given to others: whoever has looked before has to look again. */
    private long leftToOthers() {
        return legs.values().stream().filter(Leg::leftToOthers).count();
    }

    private boolean nothingLeft() {
        return !rest.running() && legs.values().stream().allMatch(Leg::finished);
    }

    /** An order that goes on although it was to be cancelled is announced all the same. */
    private boolean announce() {
        Calls<FinanceSteps> erp = erp("tell the ERP of the demand and what was paid");
        while (!ending) {
            int before = declined;
            boolean known = gate.pass("erp.announce", ORDER, () -> ending ? StepResult.cancelled() : announce(erp))
                    == StepResult.Verdict.DONE;
            if (known) {
                return true;
            }
            wakes.ring(ORDER);
            announceStopped = true;
            Workflow.await(() -> ending || lateChangeAccepted || declined > before);
            announceStopped = false;
        }
        return false;
    }

    private StepResult announce(Calls<FinanceSteps> erp) {
        announcing = true;
        try {
            return erp.call(step -> step.announce(input.order()));
        } finally {
            announcing = false;
        }
    }

    private void startOnce(LegState state) {
        if ((!state.over() || state.labelsToVoid()) && !legs.containsKey(state.id())) {
            Leg leg = leg(state);
            legs.put(state.id(), leg);
            Async.procedure(leg::run);
        }
    }

    private Leg leg(LegState state) {
        return new Leg(
                input,
                state,
                wakes,
                alarm,
                gate,
                new Leg.Outside(
                        () -> ending,
                        () -> Objects.requireNonNull(announced).get(),
                        () -> wakes.ring(ORDER),
                        authorisation::workMoved));
    }

    /**
     * A cancellation ends an order of which nothing has left yet, and that its facilities give back; later it is a question for a person. True: go
     * on all the same.
     */
    private boolean reviewCancellation(Standing asked) {
        if (asked.mayBeKept() && isKept(asked)) {
            declined++;
            return true;
        }
        Standing standing = asked.mayBeKept() ? look() : asked;
        if (standing.anythingHandedOver()) {
            lateChangeAccepted = takes(
                    "order.late-change",
                    own("changed after goods had left"),
                    step -> step.reviewLateChange(input.order()));
            return lateChangeAccepted;
        }
        return false;
    }

    private StepResult reviewDispute() {
        return own("its payment is disputed").call(step -> step.reviewDispute(input.order()));
    }

    private StepResult reviewAuthorisation() {
        return calls(PaymentSteps.class, input.channelQueue(), "its payment will not be authorised much longer")
                .call(step -> step.reviewAuthorisation(input.order()));
    }

    /** A run that was taken back to before that finds what has stopped for a cancellation, and nobody who asks for it any more. */
    private void heedDeclined(Standing standing) {
        boolean stopped = announceStopped || legs.values().stream().anyMatch(Leg::stopped);
        if (stopped && standing.cancelDeclined() && !standing.cancelRequested()) {
            declined++;
        }
    }

    /** Who may refuse to give work back is asked before anything is undone. */
    private boolean isKept(Standing standing) {
        standing.legs().stream()
                .filter(state -> !state.status().terminal())
                .map(this::leg)
                .forEach(Leg::askBack);
        return takes(
                "order.decline", own("does nobody give it back?"), step -> step.declineCancellation(input.order()));
    }

    /** A payment that its provider has still to confirm is waited for, until its time is over. */
    private boolean settle() {
        Calls<FinanceSteps> erp = erp("settle payments and compare the books");
        while (true) {
            int seen = wakes.count(ORDER);
            StepResult.Verdict verdict =
                    gate.pass("erp.settle", ORDER, () -> erp.call(step -> step.settle(input.order())));
            story.flows(FinanceSteps.PAYMENT, ORDER);
            if (verdict != StepResult.Verdict.WAITING) {
                story.tells(WAITS, null);
                return verdict == StepResult.Verdict.DONE;
            }
            awaitPayment(seen);
        }
    }

    private void awaitPayment(int seen) {
        Calls<FinanceSteps> erp = erp("until when is the payment waited for?");
        Instant due = gate.through("erp.settle", ORDER, () -> erp.call(step -> step.paymentDue(input.order())));
        story.tells(WAITS, "a case unless it has come by " + due).publish();
        wakes.awaitNews(ORDER, seen, due);
    }

    /** Undoes what was done, last first, once no leg is in the middle of a call. */
    private void unwind() {
        ending = true;
        story.tells("Ending", "undoing what was done").publish();
        wakes.ring(Wakes.EVERYTHING);
        Workflow.await(() -> !rest.inStep()
                && !authorisation.inStep()
                && legs.values().stream().noneMatch(Leg::inStep));
        while (!compensations.isEmpty()) {
            compensations.pop().run();
        }
    }

    /** Goes by the facts: a run that was started again has not begun these legs. What has left meanwhile is a question too. */
    private void recallWork() {
        look().legs().stream()
                .filter(state -> state.status().givenOut() || state.labelsToVoid())
                .map(this::leg)
                .forEach(Leg::recall);
    }

    /** What the ERP is just being told can only be withdrawn afterwards. */
    private void withdrawFromErp() {
        Workflow.await(() -> !announcing);
        takes("erp.withdraw", erp("withdraw the demand"), step -> step.withdraw(input.order()));
    }

    private void releaseStock() {
        Calls<OrderSteps> own = own("give the stock back");
        gate.through(
                "order.release",
                ORDER,
                () -> own.call(step -> {
                    step.releaseStock(input.order());
                    return true;
                }));
    }

    private void cancelAtChannel() {
        takes("channel.cancel", channel("cancel at the channel"), step -> step.cancel(input.order()));
        takes("customer.tell", messaging("tell the customer: cancelled"), step -> step.tellCancelled(input.order()));
    }

    private void reverseInErp() {
        takes("erp.reverse", erp("take what was paid out of the books"), step -> step.reverse(input.order()));
    }

    private String close(boolean carriedOut) {
        Calls<OrderSteps> own = own("close");
        Closing closing =
                gate.through("order.close", ORDER, () -> own.call(step -> step.close(input.order(), carriedOut)));
        story.attribute(Story.ORDER_STATUS, closing.status().name())
                .posts(closing.posting())
                .tells("Ending", null)
                .tells("Order", closing.status() + ", posting " + closing.posting())
                .publish();
        Workflow.await(Workflow::isEveryHandlerFinished);
        return closing.status().name();
    }

    /** Money may be authorised for a shorter time than stock is waited for. */
    private Standing lookWhileWaiting() {
        Standing standing = look();
        authorisation.heed(standing, now());
        return standing;
    }

    private Standing look() {
        Calls<OrderSteps> own = own("where does it stand?");
        return gate.through("order.look", ORDER, () -> own.call(step -> step.look(input.order())));
    }

    private void tell(Standing standing) {
        List<String> facilities = standing.legs().stream()
                .map(LegState::facility)
                .distinct()
                .sorted()
                .toList();
        story.attribute(Story.ORDER_STATUS, OrderStatus.IN_FULFILLMENT.name())
                .attribute(Story.FACILITIES, facilities)
                .posts(standing.posting())
                .tells("Order", standing.status() + ", posting " + standing.posting());
        standing.legs()
                .forEach(leg -> story.tells(
                        leg.id().value(),
                        leg.method() + " from " + leg.facility() + ": " + leg.status()
                                + (leg.awaitsGoods() ? ", its goods are to be sent there" : "")
                                + (leg.deadline() == null ? "" : ", due " + leg.deadline())));
        story.tells("Routed", standing.routing());
        allotment.tell(standing.stock());
        story.publish();
    }

    private <A> boolean takes(String step, Calls<A> calls, Function<A, StepResult> call) {
        return gate.pass(step, ORDER, () -> calls.call(call)) == StepResult.Verdict.DONE;
    }

    private Calls<OrderSteps> own(String summary) {
        return calls(OrderSteps.class, OWN_QUEUE, summary);
    }

    private Calls<ChannelSteps> channel(String summary) {
        return calls(ChannelSteps.class, input.channelQueue(), summary);
    }

    private Calls<ChannelSteps> messaging(String summary) {
        return calls(ChannelSteps.class, MESSAGING_QUEUE, summary);
    }

    private Calls<FinanceSteps> erp(String summary) {
        return calls(FinanceSteps.class, ERP_QUEUE, summary);
    }

    @Override
    public void wake(String about) {
        for (String one : about.split(" ", -1)) {
            channelTold |= one.equals(CHANNEL);
            wakes.ring(one.equals(CHANNEL) ? ORDER : one);
        }
    }
}
