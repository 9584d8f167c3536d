package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes work back from its facility: to give it to another one, or because its order has ended. */
final class FacilityRecall {
    private static final String TAKEN_AWAY = "taken away to be routed again";

    private final Jobs jobs;
    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Reroutes reroutes;
    private final Withdrawal withdrawal;
    private final FulfillmentOrders work;
    private final InventoryLedger inventory;
    private final FacilityReading reading;
    private final WorkChanges changes;
    private final Deadlines deadlines;
    private final Clock clock;

    FacilityRecall(
            Jobs jobs,
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Reroutes reroutes,
            Withdrawal withdrawal,
            FulfillmentOrders work,
            InventoryLedger inventory,
            FacilityReading reading,
            WorkChanges changes,
            Deadlines deadlines,
            Clock clock) {
        this.jobs = jobs;
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.reroutes = reroutes;
        this.withdrawal = withdrawal;
        this.work = work;
        this.inventory = inventory;
        this.reading = reading;
        this.changes = changes;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Takes work from its facility so that others can do it, unless that was quicker. */
    StepResult takeAway(Reroute reroute) {
        Job job = jobs.get(reroute.id().work());
        return steps.takeBy(
                job.stepAtFacility("reroute.take-away"),
                () -> stays(reroute),
                decision -> takeAway(reroute, job, decision));
    }

    /** A device of the store may be quicker than its own system, which can be down for hours: then nothing is taken away. */
    private Steps.Taken takeAway(Reroute reroute, Job job, Optional<Decision> decision) {
        if (job.cancelled()) {
            return ends(reroute, RerouteStatus.CALLED_OFF, "its order is being cancelled");
        }
        if (stays(reroute)) {
            return stayed(reroute);
        }
        FulfillmentOrderId id = job.work().id();
        // A device of the store can reject what the store's own system still has.
        if (job.work().status() != FulfillmentStatus.REJECTED || job.work().reported()) {
            Reply recalled = askBack(job, decision);
            if (recalled instanceof Reply.Refused) {
                reading.lookAgain(job);
                return stays(reroute) ? stayed(reroute) : new Steps.Taken(recalled);
            }
            work.rejected(id, isWanted(id) ? TAKEN_AWAY : reason(reroute.cause()));
        }
        FulfillmentOrder answered = work.get(id);
        if (answered.status() != FulfillmentStatus.REJECTED) {
            return stayed(reroute);
        }
        answered.answer()
                .ground()
                .ifPresentOrElse(ground -> inventory.rejected(id, ground), () -> inventory.release(id, true));
        reroutes.takenAway(reroute.id());
        return new Steps.Taken(Reply.done("nobody has it"));
    }

    private static String reason(RerouteCause cause) {
        return switch (cause) {
            case PAUSED -> FulfillmentOrder.WITHDRAWN;
            case ADDRESS -> FulfillmentOrder.READDRESSED;
            case MOVED -> FulfillmentOrder.MOVED;
            case EDITED -> FulfillmentOrder.EDITED;
            case REJECTED, SHORT, SILENT, CAPACITY, CARRIER, REFUSED -> TAKEN_AWAY;
        };
    }

    /**
     * What has left, or is not given back, is nobody else's any more; a pause spares what its facility has packed, and patience what has
     * come on since.
     */
    private boolean stays(Reroute reroute) {
        Job now = jobs.get(reroute.id().work());
        FulfillmentStatus status = now.work().status();
        if (status.handedOver() || now.work().kept()) {
            return true;
        }
        if (status.terminal() || isWanted(now.work().id())) {
            return false;
        }
        return switch (reroute.cause()) {
            case PAUSED -> status != FulfillmentStatus.ALLOCATED && !withdrawal.applies(now);
            // A pause that lets it wait spares it, too; one that sends it elsewhere gives it no time.
            case SILENT ->
                withdrawal.waits(now)
                        || (!withdrawal.applies(now)
                                && now.work()
                                        .deadline()
                                        .filter(clock.instant()::isBefore)
                                        .isPresent());
            // What is packed is not unpacked because it was moved, or is less by now.
            case MOVED, EDITED -> status.reached(FulfillmentStatus.PACKED);
            case REJECTED, SHORT, CAPACITY, CARRIER, REFUSED, ADDRESS -> false;
        };
    }

    /** A person has said that it goes to somebody else, not a pause. */
    private boolean isWanted(FulfillmentOrderId id) {
        return steps.reroutedBefore(id.order(), id.value());
    }

    private Steps.Taken stayed(Reroute reroute) {
        tellWhatCantFollow(reroute);
        if (goesOn(reroute.id().work())) {
            return ends(reroute, RerouteStatus.KEPT, "its facility does not give it back, and goes on with it");
        }
        return ends(reroute, RerouteStatus.KEPT, "its facility was quicker, and keeps it");
    }

    /** Its facility has it by what was known before: only a person can tell who has it that it is otherwise. */
    private void tellWhatCantFollow(Reroute reroute) {
        Job job = jobs.get(reroute.id().work());
        String why = job.facility().id() + " was quicker, or does not give it back, and has it "
                + job.work().status();
        if (reroute.cause() == RerouteCause.ADDRESS) {
            Readdressing.leaveBehind(
                    steps, job.order(), job.work(), reroute.id().value(), why);
        } else if (reroute.cause() == RerouteCause.MOVED) {
            ChannelMoves.leaveBehind(steps, job.order(), job.work().id(), MovedParts.where(changes, job.work()), why);
        }
    }

    /** What is not given back has its time to be handed over, from now on. */
    private boolean goesOn(FulfillmentOrderId id) {
        Job now = jobs.get(id);
        if (!now.work().kept()) {
            return false;
        }
        now.order()
                .rules()
                .ifPresent(rules -> work.extend(id, deadlines.toHandOver(now, rules.policyVersion(), clock.instant())));
        return true;
    }

    private Steps.Taken ends(Reroute reroute, RerouteStatus outcome, String words) {
        reroutes.end(reroute.id(), outcome, Reroute.Finding.of(words), List.of());
        return new Steps.Taken(Reply.done(words));
    }

    /**
     * Asks a facility that decides for itself whether it gives work back, before anything else of its order is undone. What it answers is
     * a fact of the work; nobody has to decide anything here.
     */
    StepResult ask(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (!job.cancelled() || job.work().status().terminal()) {
            return StepResult.done();
        }
        return steps.take(job.stepAtFacility("facility.ask-back"), decision -> {
            if (askBack(job, decision) instanceof Reply.Refused) {
                reading.lookAgain(job);
                return Reply.done(goesOn(id) ? "it goes on with it" : "it does not give it back");
            }
            work.cancelled(id, whyEnded(job));
            return Reply.done("it gives it back");
        });
    }

    StepResult recall(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (job.work().status().terminal() && !job.work().status().handedOver()) {
            return StepResult.done();
        }
        StepResult result = steps.take(
                job.stepAtFacility("facility.recall"), () -> isBack(job), decision -> takeBack(job, decision));
        FulfillmentStatus status = work.get(id).status();
        if (result.verdict() == StepResult.Verdict.DONE && (status.handedOver() || !status.terminal())) {
            steps.leaveBehind(
                    job.step("goods.outstanding"),
                    FailureCode.GOODS_OUTSTANDING,
                    "the order was ended, but " + job.facility().id() + " did not give " + id + " back and has it "
                            + status);
        }
        return result;
    }

    /** Who had not answered in time has given it back after all: then nobody has to decide any more. */
    private boolean isBack(Job job) {
        return job.work().workReference().isPresent()
                && unanswered(job)
                        .flatMap(asked -> world.facilitySystem(job.facility().workAccount())
                                .findRecall(job.asWork()))
                        .isPresent();
    }

    /** What can't be taken back has perhaps left meanwhile, or was called off by the facility itself. */
    private Reply takeBack(Job job, Optional<Decision> decision) {
        if (job.work().status().handedOver()) {
            return haveLeft(job);
        }
        Reply recalled = askBack(job, decision);
        if (recalled instanceof Reply.Refused(FailureCode code, String detail)) {
            FulfillmentStatus told = reading.lookAgain(job).status();
            if (told.handedOver()) {
                return haveLeft(job);
            }
            return told.terminal()
                    ? Reply.done("called off by the facility")
                    : Reply.refused(FailureCode.RECALL_REFUSED, code + ": " + detail);
        }
        work.cancelled(job.work().id(), whyEnded(job));
        return recalled;
    }

    private String whyEnded(Job job) {
        return waitedInVain(job) ? FulfillmentOrder.UNCOLLECTED : "the order has ended";
    }

    /** Its customer had time to come, and did not. */
    private boolean waitedInVain(Job job) {
        return job.work().status() == FulfillmentStatus.READY_FOR_PICKUP
                && job.work()
                        .deadline()
                        .filter(last -> !clock.instant().isBefore(last))
                        .isPresent();
    }

    private static Reply haveLeft(Job job) {
        return Reply.refused(
                FailureCode.RECALL_REFUSED,
                "the goods of " + job.work().id() + " have left "
                        + job.facility().id());
    }

    /** What was asked back may be seen to have come back before that call was answered: then the answer is known, too. */
    void settle(Job job) {
        unanswered(job).ifPresent(asked -> askBack(job, Optional.empty()));
    }

    private Optional<EffectLedger.Effect> unanswered(Job job) {
        return find(job, "recall").filter(asked -> asked.state() == EffectLedger.State.UNKNOWN);
    }

    private Reply askBack(Job job, Optional<Decision> decision) {
        if (job.work().onlyPlanned()) {
            return Reply.done("its facility was never told of it");
        }
        FacilitySystem system = world.facilitySystem(job.facility().workAccount());
        Optional<String> reference = reference(job, system);
        if (reference.isEmpty()) {
            return Reply.done("never released");
        }
        FacilitySystem.Work released = job.asWork(reference);
        try {
            return effects.carryOut(
                    job.atFacility("recall")
                            .asking("recall " + reference.get())
                            .foundBy(() -> system.findRecall(released))
                            .doneBy(key -> system.recall(released, key)),
                    decision);
        } catch (SystemFailure unanswered) {
            return silence(job, () -> system.askedBackAt(released), unanswered).orElseThrow(() -> unanswered);
        }
    }

    /**
     * Who was asked to give work back has as long to answer as to acknowledge it; then somebody has to ask by other means. Only whoever
     * has heard the question can leave it open: what another attempt holds up, or an outage before, is no silence.
     */
    private Optional<Reply> silence(Job job, Supplier<Optional<Instant>> heard, SystemFailure unanswered) {
        if (unanswered.code() != FailureCode.EFFECT_IN_FLIGHT || !unanswered.effectPossible()) {
            return Optional.empty();
        }
        return find(job, "recall")
                .flatMap(EffectLedger.Effect::firstFailedAt)
                .filter(since -> isOver(job, since))
                .map(since -> heard.get().orElse(since))
                .filter(since -> isOver(job, since))
                .map(since -> Reply.refused(
                        FailureCode.FACILITY_REFUSED,
                        job.facility().id() + " was asked for it at " + since.truncatedTo(ChronoUnit.SECONDS)
                                + " and has not answered"));
    }

    private boolean isOver(Job job, Instant since) {
        return job.order()
                .rules()
                .filter(rules -> !clock.instant().isBefore(deadlines.toAcknowledge(job, rules.policyVersion(), since)))
                .isPresent();
    }

    /** A release whose outcome nobody knows is looked for first: what may lie at the facility must be taken back. */
    private Optional<String> reference(Job job, FacilitySystem system) {
        boolean tried = find(job, "release")
                .filter(release -> release.state() != EffectLedger.State.PENDING)
                .isPresent();
        Optional<String> known = job.work().workReference();
        return known.isEmpty() && tried ? system.findRelease(job.asWork()).map(Receipt::reference) : known;
    }

    private Optional<EffectLedger.Effect> find(Job job, String operation) {
        return effects.find(job.facility().workAccount(), job.work().id().value(), operation, Job.ONCE);
    }
}
