package io.throughline.workflows.fulfillment;

import io.temporal.workflow.Workflow;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Wakes;
import io.throughline.workflows.finance.FinanceSteps;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.payment.PaymentSteps;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order's process that one facility does: waiting for goods that are sent to it, release, acknowledgement, shipping or pickup, and what follows a handover
 * (channel, money, books, customer). It acts on facts only, so a leg that starts again from anywhere ends the same.
 */
public final class Leg {
    private static final String ERP_QUEUE = "erp";
    private static final String MESSAGING_QUEUE = "messaging";
    private static final String CARRIER_QUEUE = "carrier";

    private final OrderInput input;
    private final LegState first;
    private final FulfillmentOrderId id;
    private final Wakes wakes;
    private final Alarm alarm;
    private final CaseGate gate;
    private final Outside outside;
    private final HoldTelling holds;

    private LegState latest;
    private @Nullable Reading justReleased;
    private boolean over;
    private boolean finished;
    private boolean stopped;
    private boolean inStep;

    /** What a leg asks of the order that it belongs to. {@code announced} waits until the ERP knows the demand; {@code moved}: its work has come on. */
    public record Outside(BooleanSupplier ending, BooleanSupplier announced, Runnable changed, Runnable moved) {}

    public Leg(OrderInput input, LegState first, Wakes wakes, Alarm alarm, CaseGate gate, Outside outside) {
        this.input = input;
        this.first = first;
        this.latest = first;
        this.id = first.id();
        this.wakes = wakes;
        this.alarm = alarm;
        this.gate = gate;
        this.outside = outside;
        this.holds = new HoldTelling(id.value(), gate, wakes, this::tellHold);
    }

    public void run() {
        boolean handedOver = goodsAreThere()
                && release()
                && (first.method() == DeliveryMethod.PICKUP ? awaitPickup() : awaitShipment());
        boolean done = handedOver ? afterwards() : over && labelsGivenBack();
        holds.awaitEnd(outside.ending());
        finished = done;
        stopped = !finished;
        outside.changed().run();
    }

    /** The leg has done all that there is to do: the goods have left and all that follows is done, or others do the work. */
    public boolean finished() {
        return finished;
    }

    /** Others do the work, or nobody has to. */
    public boolean leftToOthers() {
        return finished && over;
    }

    /** The leg gave up because the order is to end. */
    public boolean stopped() {
        return stopped;
    }

    /** Whether a call is under way just now. */
    public boolean inStep() {
        return inStep;
    }

    /** Asks the facility whether it gives the work back, before the order is ended. */
    public void askBack() {
        gate.pass(
                "facility.ask-back",
                id.value(),
                () -> facility("does " + first.facility() + " give " + id + " back?")
                        .call(step -> step.askBack(id)));
    }

    /** Takes the work back from the facility because the order has ended. */
    public void recall() {
        gate.pass("facility.recall", id.value(), () -> facility("recall " + id).call(step -> step.recall(id)));
        holds.awaitEnd(() -> false);
        voidLabels();
    }

    /** What was packed before the work was taken away does not leave. */
    private boolean labelsGivenBack() {
        voidLabels();
        return true;
    }

    /** Labels are bought for few facilities. Of those that were wanted some may have been bought since. */
    private void voidLabels() {
        if (latest.labelsToVoid() || latest.labelsToBuy()) {
            gate.pass(
                    "carrier.void",
                    id.value(),
                    () -> carrier("give the labels of " + id + " back").call(step -> step.voidLabels(id)));
        }
    }

    /**
     * Nobody is asked to hand over what another facility has still to send. A run that was taken back to before they came may find that the work has
     * come much further since.
     */
    private boolean goodsAreThere() {
        return !first.awaitsGoods()
                || until(leg -> !leg.awaitsGoods() && leg.status().reached(FulfillmentStatus.ALLOCATED))
                        .reached(FulfillmentStatus.ALLOCATED);
    }

    private boolean release() {
        if (first.status() != FulfillmentStatus.ALLOCATED) {
            return true;
        }
        return (!first.inChannel()
                        || passes(
                                "channel.assign",
                                channel("lie the channel's work at " + first.facility()),
                                step -> step.assign(id)))
                && givesOut();
    }

    /** What is held is given out once it is let go. */
    private boolean givesOut() {
        while (true) {
            int seen = wakes.count(id.value());
            StepResult.Verdict verdict = take(
                    "facility.release",
                    id.value(),
                    () -> facility("release to " + first.facility()).call(this::giveOut));
            if (verdict != StepResult.Verdict.WAITING) {
                return verdict == StepResult.Verdict.REROUTE ? reroute() : through(verdict);
            }
            wakes.awaitNews(id.value(), seen);
        }
    }

    private StepResult giveOut(FulfillmentSteps step) {
        int seen = wakes.count(id.value());
        Released released = step.release(id, input.policyVersion());
        justReleased = released.leg() == null ? null : new Reading(released.leg(), seen);
        return released.result();
    }

    private boolean awaitShipment() {
        return until(FulfillmentStatus.SHIPPED).handedOver();
    }

    private boolean awaitPickup() {
        if (!until(FulfillmentStatus.READY_FOR_PICKUP).reached(FulfillmentStatus.READY_FOR_PICKUP)) {
            return false;
        }
        boolean told = (!first.mirrored()
                        || passes(
                                "channel.ready",
                                channel("tell the channel: ready for pickup"),
                                step -> step.mirrorReady(id)))
                && passes("customer.tell", messaging("tell the customer: ready for pickup"), step -> step.tell(id));
        return told && until(FulfillmentStatus.PICKED_UP).handedOver();
    }

    /** What a handover sets off; each is an effect of its own and taken once, however often this runs. */
    private boolean afterwards() {
        boolean mirrored = !first.mirrored()
                || passes(
                        "channel.handover", channel("tell the channel: handed over"), step -> step.mirrorHandover(id));
        boolean captured = mirrored
                && (!latest.toCapture()
                        || through(take(
                                "channel.capture", "order", () -> capture().call(step -> step.capture(id.order())))));
        boolean told = captured && passes("customer.tell", messaging("tell the customer"), step -> step.tell(id));
        return told
                && outside.announced().getAsBoolean()
                && through(take("erp.invoice", id.value(), () -> erp().call(step -> step.invoice(id))))
                && facilityKnows();
    }

    /** Last of all: neither money nor books wait for a till that has only to be brought up to date. */
    private boolean facilityKnows() {
        return !latest.reported()
                || passes(
                        "facility.tell",
                        facility("tell the system of " + first.facility()),
                        step -> step.tellFacility(id));
    }

    /** Waits until the work has come that far, or has ended otherwise. */
    private FulfillmentStatus until(FulfillmentStatus wanted) {
        return until(leg -> leg.status().reached(wanted));
    }

    private FulfillmentStatus until(Predicate<LegState> come) {
        while (true) {
            Reading reading = read();
            LegState leg = reading.leg();
            over = leg.over();
            holds.heed(leg);
            if (come.test(leg) || leg.over() || outside.ending().getAsBoolean()) {
                return leg.status();
            }
            if (leg.status() == FulfillmentStatus.REJECTED || leg.overdue(now())) {
                if (!review(leg, reading.seen())) {
                    return FulfillmentStatus.CANCELLED;
                }
                continue;
            }
            if (leg.labelsToBuy()) {
                if (!buysLabels(reading.seen())) {
                    return FulfillmentStatus.CANCELLED;
                }
                continue;
            }
            if (leg.toRemind(now())) {
                take(
                        "customer.remind",
                        id.value(),
                        () -> messaging("remind the customer").call(step -> step.remind(id)));
                continue;
            }
            if (leg.nextLook() != null) {
                alarm.ringBy(leg.nextLook());
            }
            wakes.awaitNews(id.value(), reading.seen());
        }
    }

    private StepResult tellHold() {
        return outside.ending().getAsBoolean()
                ? StepResult.cancelled()
                : facility("tell " + first.facility() + " whether " + id + " is held")
                        .call(step -> step.tellHold(id));
    }

    /** The facts as they stood when {@code seen} wake-ups had come. */
    private record Reading(LegState leg, int seen) {}

    /** What the release has just told need not be asked again. */
    private Reading read() {
        Reading known = justReleased;
        justReleased = null;
        if (known != null) {
            latest = known.leg();
            return known;
        }
        int seen = wakes.count(id.value());
        return new Reading(observe(), seen);
    }

    private LegState observe() {
        inStep = true;
        try {
            FulfillmentStatus before = latest.status();
            latest = gate.through(
                    "facility.observe",
                    id.value(),
                    () -> facility("news from " + first.facility())
                            .call(step -> step.observe(id, input.policyVersion())));
            if (latest.status() != before) {
                outside.moved().run();
            }
            return latest;
        } finally {
            inStep = false;
        }
    }

    /**
     * Work that is late or was refused goes elsewhere by a process of its own, which tells when that has ended, or a person looks at it; true: wait
     * on. {@code seen} wake-ups had come when the facts were read.
     */
    private boolean review(LegState late, int seen) {
        StepResult.Verdict verdict = take(
                "facility.review",
                id.value(),
                () -> facility("late or refused by " + first.facility())
                        .call(step -> step.review(id, input.policyVersion(), late.deadline())));
        if (verdict == StepResult.Verdict.WAITING) {
            wakes.awaitNews(id.value(), seen);
            return true;
        }
        return verdict == StepResult.Verdict.REROUTE ? reroute() : through(verdict);
    }

    /** True: they are bought, or need not be, or the end of a reroute was waited for. {@code seen} wake-ups had come when the facts were read. */
    private boolean buysLabels(int seen) {
        StepResult.Verdict verdict = take(
                "carrier.label",
                id.value(),
                () -> carrier("buy the labels of " + id).call(step -> step.buyLabels(id)));
        if (verdict == StepResult.Verdict.WAITING) {
            wakes.awaitNews(id.value(), seen);
            return true;
        }
        return verdict == StepResult.Verdict.REROUTE ? reroute() : through(verdict);
    }

    /**
     * True: this leg goes on, for a process of its own has the reroute, or the facility was quicker and keeps the work. Otherwise others do it,
     * as orders from before there was such a process have it.
     */
    private boolean reroute() {
        StepResult.Verdict verdict = StepResult.Verdict.REROUTE;
        while (verdict == StepResult.Verdict.REROUTE) {
            verdict = take(
                    "facility.reroute",
                    id.value(),
                    () -> facility("route again without " + first.facility()).call(step -> step.reroute(id)));
        }
        over = through(verdict);
        return verdict == StepResult.Verdict.WAITING;
    }

    private boolean passes(String step, Calls<FulfillmentSteps> calls, Function<FulfillmentSteps, StepResult> call) {
        StepResult.Verdict verdict = take(step, id.value(), () -> calls.call(call));
        return verdict == StepResult.Verdict.REROUTE ? reroute() : through(verdict);
    }

    /** A case that is decided while the order ends sets nothing going any more. */
    private StepResult.Verdict take(String step, String about, Supplier<StepResult> call) {
        return gate.pass(step, about, () -> {
            if (outside.ending().getAsBoolean()) {
                return StepResult.cancelled();
            }
            inStep = true;
            try {
                return call.get();
            } finally {
                inStep = false;
            }
        });
    }

    private static boolean through(StepResult.Verdict verdict) {
        return verdict == StepResult.Verdict.DONE;
    }

    private Calls<FulfillmentSteps> facility(String summary) {
        return calls(FulfillmentSteps.class, first.queue(), summary);
    }

    private Calls<FulfillmentSteps> channel(String summary) {
        return calls(FulfillmentSteps.class, input.channelQueue(), summary);
    }

    private Calls<FulfillmentSteps> messaging(String summary) {
        return calls(FulfillmentSteps.class, MESSAGING_QUEUE, summary);
    }

    private Calls<FulfillmentSteps> carrier(String summary) {
        return calls(FulfillmentSteps.class, CARRIER_QUEUE, summary);
    }

    private Calls<PaymentSteps> capture() {
        return calls(PaymentSteps.class, input.channelQueue(), "take the authorised money");
    }

    private Calls<FinanceSteps> erp() {
        return calls(FinanceSteps.class, ERP_QUEUE, "invoice " + id + " in the ERP");
    }

    private <A> Calls<A> calls(Class<A> activities, String queue, String summary) {
        return Calls.to(activities, queue, input.localQueues().contains(queue), summary);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
