package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.workflows.call.StepResult;
import java.util.Optional;

/** Keeps the channel's own work item in step with the work: where it is done, that it lies ready, that it has left. */
final class ChannelPicture {
    static final String ASSIGN = "assign";

    private final Jobs jobs;
    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final FulfillmentOrders work;
    private final MarketplaceShipments marketplaces;

    ChannelPicture(
            Jobs jobs,
            Steps steps,
            Effects effects,
            OutsideWorld world,
            FulfillmentOrders work,
            MarketplaceShipments marketplaces) {
        this.jobs = jobs;
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.work = work;
        this.marketplaces = marketplaces;
    }

    StepResult assign(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (job.work().status() != FulfillmentStatus.ALLOCATED) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        FulfillmentMirror.Assignment assignment = job.asAssignment();
        return steps.take(
                job.step("channel.assign"),
                () -> isLetGo(job, mirror, assignment),
                decision ->
                        job.cancelled() ? Reply.done("not needed any more") : move(job, mirror, assignment, decision));
    }

    /** What the channel has held back is given out as soon as it lets it go. What it has refused waits for a person. */
    private boolean isLetGo(Job job, FulfillmentMirror mirror, FulfillmentMirror.Assignment assignment) {
        boolean refused = effects.find(job.channel(), job.work().id().value(), ASSIGN, Job.ONCE)
                .filter(effect -> effect.state() == EffectLedger.State.REFUSED)
                .isPresent();
        return !refused && !mirror.isHeld(assignment);
    }

    private Reply move(
            Job job, FulfillmentMirror mirror, FulfillmentMirror.Assignment assignment, Optional<Decision> decision) {
        Reply reply = effects.carryOut(
                job.atChannel(ASSIGN)
                        .asking(assignment.location() + " " + assignment.lines())
                        .foundBy(() -> mirror.findAssignment(assignment))
                        .doneBy(key -> mirror.assign(assignment, key)),
                decision);
        if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
            work.assigned(job.work().id(), receipt.reference());
        }
        return reply;
    }

    StepResult ready(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (knownFromChannel(job)) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        return steps.take(
                job.step("channel.ready"),
                decision -> effects.carryOut(
                        job.atChannel("ready")
                                .asking("ready " + job.channelWork())
                                .foundBy(() -> mirror.findReady(job.channelWork(), job.key()))
                                .doneBy(key -> mirror.readyForPickup(job.channelWork(), job.key(), key)),
                        decision));
    }

    StepResult handover(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (marketplaces.concern(job)) {
            return marketplaces.confirm(job);
        }
        if (knownFromChannel(job)) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        FulfillmentMirror.Handover handover = new FulfillmentMirror.Handover(
                job.key(),
                id,
                job.channelWork(),
                job.work().tracking(),
                job.work().lines());
        return steps.take(
                job.step("channel.handover"),
                decision -> effects.carryOut(
                        job.atChannel("handover")
                                .asking("handover " + handover.channelWork() + " " + handover.lines())
                                .foundBy(() -> mirror.findHandover(handover))
                                .doneBy(key -> mirror.handOver(handover, key)),
                        decision));
    }

    /** A channel that listens to us must not be told what it has told us. */
    private boolean knownFromChannel(Job job) {
        return job.work().onlyPlanned() && world.accounts().get(job.channel()).isLive();
    }
}
