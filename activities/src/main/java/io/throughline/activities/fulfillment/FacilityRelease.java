package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.intervention.Decision;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.Released;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives a facility its work, once, and never for an order that is to be undone. */
final class FacilityRelease {
    /**
     * News of work that nobody knows yet is kept for some seconds, and forgotten then. What was given to its facility longer ago than this may
     * have been done already, which nobody tells again: it is to be read.
     */
    private static final Duration NEWS_WAITS = Duration.ofSeconds(2);

    private static final String RELEASE = "facility.release";

    private final Jobs jobs;
    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final FulfillmentOrders work;
    private final LegStates legStates;
    private final Deadlines deadlines;
    private final Withdrawal withdrawal;
    private final WorkHolds holds;
    private final Clock clock;

    FacilityRelease(
            Jobs jobs,
            Steps steps,
            Effects effects,
            OutsideWorld world,
            FulfillmentOrders work,
            LegStates legStates,
            Deadlines deadlines,
            Withdrawal withdrawal,
            WorkHolds holds,
            Clock clock) {
        this.jobs = jobs;
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.work = work;
        this.legStates = legStates;
        this.deadlines = deadlines;
        this.withdrawal = withdrawal;
        this.holds = holds;
        this.clock = clock;
    }

    Released release(FulfillmentOrderId id, String policyVersion) {
        Job job = jobs.get(id);
        if (job.work().status() != FulfillmentStatus.ALLOCATED) {
            return new Released(pausedMeanwhile(job) ? StepResult.reroute() : StepResult.done(), null);
        }
        if (withdrawal.applies(job)) {
            return new Released(StepResult.reroute(), null);
        }
        if (!job.cancelled() && isHeld(job)) {
            return new Released(StepResult.waiting(), null);
        }
        FacilitySystem system = world.facilitySystem(job.facility().workAccount());
        FacilitySystem.Work wanted = job.asWork();
        StepResult result = steps.take(
                job.stepAtFacility(RELEASE),
                decision -> job.cancelled()
                        ? Reply.done("not needed any more")
                        : give(job, system, wanted, policyVersion, decision));
        if (result.verdict() != StepResult.Verdict.DONE) {
            return new Released(result, null);
        }
        Job after = jobs.get(id);
        if (after.cancelled()) {
            return new Released(StepResult.cancelled(), null);
        }
        if (pausedMeanwhile(after)) {
            return new Released(StepResult.reroute(), null);
        }
        return new Released(result, after.work().hinted() ? null : legStates.of(after.order(), after.work(), false));
    }

    private boolean isHeld(Job job) {
        return job.work()
                .heldOpen()
                .filter(hold -> hold.source() != WorkHold.Source.CHANNEL || isStillHeldThere(job, hold))
                .isPresent();
    }

    /** That its channel has let it go may have been told to nobody. */
    private boolean isStillHeldThere(Job job, WorkHold hold) {
        boolean held = steps.retrying(
                job.step("channel.held").within(job.stepAtFacility(RELEASE)),
                () -> world.mirror(job.channel()).isHeld(job.asAssignment()));
        if (!held) {
            holds.end(job.order().id(), hold.source(), hold.reference(), "its channel holds it no more");
        }
        return held;
    }

    /** A pause tells only the work that its facility has by then. */
    private boolean pausedMeanwhile(Job given) {
        return !given.work().onlyPlanned() && withdrawal.applies(given);
    }

    private Reply give(
            Job job,
            FacilitySystem system,
            FacilitySystem.Work wanted,
            String policyVersion,
            Optional<Decision> decision) {
        Instant asked = clock.instant();
        AtomicBoolean justGiven = new AtomicBoolean();
        Reply reply = effects.carryOut(
                job.atFacility("release")
                        .asking(wanted.location() + " " + wanted.lines())
                        .foundBy(() -> system.findRelease(wanted))
                        .doneBy(key -> {
                            justGiven.set(true);
                            return system.release(wanted, key);
                        }),
                decision);
        if (reply instanceof Reply.Done(Receipt receipt)) {
            if (!justGiven.get() || clock.instant().isAfter(asked.plus(NEWS_WAITS))) {
                work.hintAll(job.order().id());
            }
            noteReleased(job, receipt, policyVersion);
        }
        return reply;
    }

    /** A facility that was told has to acknowledge that; what was only planned nobody acknowledges, and it has but to be done in time. */
    private void noteReleased(Job job, Receipt receipt, String policyVersion) {
        FulfillmentOrderId id = job.work().id();
        Instant now = clock.instant();
        work.released(
                id,
                job.facility().workAccount(),
                receipt.sent() ? receipt.reference() : FulfillmentOrder.plannedReference(id),
                receipt.sent()
                        ? deadlines.toAcknowledge(job, policyVersion, now)
                        : deadlines.toHandOver(job, policyVersion, now));
    }
}
