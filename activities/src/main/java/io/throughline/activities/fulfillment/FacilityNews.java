package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.workflows.call.StepResult;

/** Brings a facility's own system up to date about work that a device of the facility has told us of; done by both, it is done once. */
final class FacilityNews {
    private final Jobs jobs;
    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;

    FacilityNews(Jobs jobs, Steps steps, Effects effects, OutsideWorld world) {
        this.jobs = jobs;
        this.steps = steps;
        this.effects = effects;
        this.world = world;
    }

    StepResult tell(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (job.work().onlyPlanned() || job.work().workReference().isEmpty()) {
            return StepResult.done();
        }
        FacilitySystem system = world.facilitySystem(job.facility().workAccount());
        FacilitySystem.Work work = job.asWork();
        return steps.take(
                job.stepAtFacility("facility.tell"),
                decision -> outcome(effects.carryOut(
                        job.atFacility("complete")
                                .asking("complete " + job.work().workReference().get())
                                .foundBy(() -> system.findCompletion(work))
                                .doneBy(key -> system.complete(work, job.work().tracking(), key)),
                        decision)));
    }

    /** The goods have left all the same, so nothing is left to be routed or cancelled. */
    private static Reply outcome(Reply reply) {
        return reply instanceof Reply.Refused(FailureCode code, String detail)
                ? Reply.refused(FailureCode.FACILITY_NOT_TOLD, code + ": " + detail)
                : reply;
    }
}
