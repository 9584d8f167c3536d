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

/**
 * The part of an order's process that one facility does: release, acknowledgement, shipping or pickup, and what follows a handover
 * (channel, money, books, customer). It acts on facts only, so a leg that starts again from anywhere ends the same.
 */
public final class Leg {
    private static final String ERP_QUEUE = "erp";
    private static final String MESSAGING_QUEUE = "messaging";

    private final OrderInput input;
    private final LegState first;
    private final FulfillmentOrderId id;
    private final Wakes wakes;
    private final Alarm alarm;
    private final CaseGate gate;
    private final Outside outside;

    private boolean finished;
    private boolean inStep;

    /** What a leg asks of the order that it belongs to. {@code announced} waits until the ERP knows the demand. */
    public record Outside(BooleanSupplier ending, BooleanSupplier announced, Runnable changed) {}

    public Leg(OrderInput input, LegState first, Wakes wakes, Alarm alarm, CaseGate gate, Outside outside) {
        this.input = input;
        this.first = first;
        this.id = first.id();
        this.wakes = wakes;
        this.alarm = alarm;
        this.gate = gate;
        this.outside = outside;
    }

    public void run() {
        boolean handedOver = release() && (first.method() == DeliveryMethod.PICKUP ? awaitPickup() : awaitShipment());
        finished = !handedOver || afterwards();
        outside.changed().run();
    }

    /** The leg has done all that it will ever do. */
    public boolean finished() {
        return finished;
    }

    /** Whether a call is under way just now. */
    public boolean inStep() {
        return inStep;
    }

    /** Takes the work back from the facility because the order has ended. */
    public void recall() {
        take("facility.recall", () -> facility("recall " + id).call(step -> step.recall(id)));
    }

    private boolean release() {
        if (first.status().reached(FulfillmentStatus.RELEASED)) {
            return true;
        }
        return (!first.mirrored()
                        || passes(
                                "channel.assign",
                                channel("lie the channel's work at " + first.facility()),
                                step -> step.assign(id)))
                && passes(
                        "facility.release",
                        facility("release to " + first.facility()),
                        step -> step.release(id, input.policyVersion()));
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
                && (!first.toCapture()
                        || through(take("channel.capture", () -> capture().call(step -> step.capture(id.order())))));
        boolean told = captured && passes("customer.tell", messaging("tell the customer"), step -> step.tell(id));
        return told
                && outside.announced().getAsBoolean()
                && through(take("erp.invoice", () -> erp().call(step -> step.invoice(id))));
    }

    /** Waits until the work has come that far, or has ended otherwise. */
    private FulfillmentStatus until(FulfillmentStatus wanted) {
        while (true) {
            int seen = wakes.count(id.value());
            LegState leg = observe();
            if (leg.status().reached(wanted)
                    || leg.status() == FulfillmentStatus.CANCELLED
                    || outside.ending().getAsBoolean()) {
                return leg.status();
            }
            if (leg.status() == FulfillmentStatus.REJECTED || leg.overdue(now())) {
                if (!review()) {
                    return FulfillmentStatus.CANCELLED;
                }
                continue;
            }
            if (leg.deadline() != null) {
                alarm.ringBy(leg.deadline());
            }
            wakes.awaitNews(id.value(), seen);
        }
    }

    private LegState observe() {
        inStep = true;
        try {
            return facility("news from " + first.facility()).call(step -> step.observe(id, input.policyVersion()));
        } finally {
            inStep = false;
        }
    }

    /** A person looks at work that is late or was refused; true: wait on. */
    private boolean review() {
        StepResult.Verdict verdict = take(
                "facility.review",
                () -> facility("late or refused by " + first.facility())
                        .call(step -> step.review(id, input.policyVersion())));
        if (verdict == StepResult.Verdict.REROUTE) {
            take(
                    "facility.reroute",
                    () -> facility("route again without " + first.facility()).call(step -> step.reroute(id)));
        }
        return verdict == StepResult.Verdict.DONE;
    }

    private boolean passes(String step, Calls<FulfillmentSteps> calls, Function<FulfillmentSteps, StepResult> call) {
        StepResult.Verdict verdict = take(step, () -> calls.call(call));
        if (verdict == StepResult.Verdict.REROUTE) {
            take(
                    "facility.reroute",
                    () -> facility("route again without " + first.facility()).call(s -> s.reroute(id)));
        }
        return through(verdict);
    }

    private StepResult.Verdict take(String step, java.util.function.Supplier<StepResult> call) {
        return gate.pass(step, id.value(), () -> {
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
