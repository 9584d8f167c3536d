package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.workflows.call.StepResult;
import java.util.Optional;

/**
 * Tells a facility's own system that work which it has is held, and that it goes on: what it has shown may be on its way to the door. Each notice is
 * one effect. Where it can't be told, a case that nobody waits for says that a person must call; it closes when the hold ends.
 */
final class FacilityHolds {
    private static final String HOLD = "hold";

    private final Jobs jobs;
    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final FulfillmentOrders work;

    FacilityHolds(Jobs jobs, Steps steps, Effects effects, OutsideWorld world, FulfillmentOrders work) {
        this.jobs = jobs;
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.work = work;
    }

    StepResult tell(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        return steps.take(job.stepAtFacility("facility.tell-hold"), decision -> {
            Optional<HoldNotice> notice = work.askToTellHold(id);
            if (notice.isEmpty()) {
                giveUp(jobs.get(id).work(), job);
                return Reply.done("nothing is to be told");
            }
            tell(job, notice.get());
            return Reply.done("told");
        });
    }

    private void tell(Job job, HoldNotice notice) {
        FacilitySystem system = world.facilitySystem(job.facility().workAccount());
        FacilitySystem.Work given = job.asWork();
        Effects.Intent intent = Effects.Intent.of(
                        job.facility().workAccount(), job.work().id().value(), HOLD, purpose(notice.number()))
                .asking((notice.held() ? "hold " : "let go ") + job.work().id())
                .foundBy(() -> system.findHold(given, notice))
                .doneBy(key -> system.tellHold(given, notice, key));
        // However it says no, the process does not wait for that: it would have to ask again for ever.
        Reply reply = Steps.orRefused(() -> effects.carryOut(intent, Optional.empty()));
        if (!notice.held()) {
            steps.relieve(untold(job, notice.number() - 1), "it goes on");
        } else if (reply instanceof Reply.Refused(FailureCode code, String detail)) {
            steps.leaveBehind(
                    untold(job, notice.number()),
                    FailureCode.HOLD_NOT_TOLD,
                    job.facility().id() + " has " + job.work().id() + " and must be called: " + notice.reason() + ". "
                            + code + ": " + detail);
        }
        work.holdTold(job.work().id(), notice.number());
    }

    /** What was still to be told of work that is done, or with others, need not be any more; nor need anybody call. */
    private void giveUp(FulfillmentOrder now, Job job) {
        int last = now.holdNews().asked();
        if (now.status().terminal() && now.holdNews().told() < last) {
            effects.giveUp(
                    job.facility().workAccount(),
                    now.id().value(),
                    HOLD,
                    purpose(last),
                    "its facility is done with it");
        }
    }

    private static Steps.Step untold(Job job, int number) {
        return new Steps.Step(
                job.order().id(),
                job.channel(),
                job.facility().workAccount(),
                "facility.hold-untold",
                job.work().id() + "/" + number);
    }

    private static String purpose(int number) {
        return "notice " + number;
    }
}
