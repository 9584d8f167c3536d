package io.throughline.activities.fulfillment;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.InventoryLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes in what others tell about a job; goods that have left move the stock. */
final class FacilityReading {
    private final OutsideWorld world;
    private final FulfillmentOrders work;
    private final InventoryLedger inventory;
    private final Deadlines deadlines;
    private final Clock clock;

    FacilityReading(
            OutsideWorld world, FulfillmentOrders work, InventoryLedger inventory, Deadlines deadlines, Clock clock) {
        this.world = world;
        this.work = work;
        this.inventory = inventory;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Reads only what was hinted at, or is late; the rest stands as it is known. */
    FulfillmentOrder catchUp(Job job, String policyVersion) {
        FulfillmentOrder known = job.work();
        boolean underWay = !known.status().terminal() && known.workReference().isPresent();
        boolean late =
                known.deadline().filter(due -> !due.isAfter(clock.instant())).isPresent();
        FulfillmentOrder seen = underWay && (known.hinted() || late) ? read(job, policyVersion, late) : known;
        return moveStock(seen);
    }

    private FulfillmentOrder read(Job job, String policyVersion, boolean late) {
        Instant readAt = clock.instant();
        WorkProgress told = job.work().onlyPlanned() ? toldByChannel(job) : toldByFacility(job);
        FulfillmentOrder seen =
                work.observed(job.work().id(), told, readAt, deadlines.after(told, job, policyVersion, readAt));
        if (!late || !seen.onlyPlanned() || seen.status().terminal()) {
            return seen;
        }
        // Nobody whom we gave the work is late: this is when to look again.
        work.extend(seen.id(), deadlines.toHandOver(job, policyVersion, readAt));
        return work.get(seen.id());
    }

    /** Reads what a facility has that has just refused something, hint or none; it gets no more time by that. */
    FulfillmentOrder lookAgain(Job job) {
        if (job.work().workReference().isEmpty()) {
            return job.work();
        }
        Instant readAt = clock.instant();
        WorkProgress told = toldByFacility(job);
        return moveStock(work.observed(job.work().id(), told, readAt, job.work().deadline()));
    }

    private FulfillmentOrder moveStock(FulfillmentOrder seen) {
        if (seen.status().handedOver()) {
            inventory.consume(seen.id());
        }
        return seen;
    }

    /** What a facility calls off by itself still has to be done by somebody: to us that is a rejection. */
    private WorkProgress toldByFacility(Job job) {
        WorkProgress told = world.facilitySystem(job.facility().workAccount()).read(job.asWork());
        boolean calledOff =
                told.status().filter(FulfillmentStatus.CANCELLED::equals).isPresent();
        return calledOff && !job.cancelled()
                ? new WorkProgress(
                        Optional.of(FulfillmentStatus.REJECTED),
                        told.tracking(),
                        told.reason().or(() -> Optional.of("called off by the facility")))
                : told;
    }

    /** Others do what was only planned: that the goods have left is seen where the channel sees it, and nothing else counts. */
    private WorkProgress toldByChannel(Job job) {
        if (job.work().channelWork().isEmpty() || world.accounts().isOff(job.channel())) {
            return WorkProgress.nothing();
        }
        WorkProgress told = world.facilitySystem(job.channel()).read(job.asChannelWork());
        return told.status()
                .filter(status -> status.handedOver() || status == FulfillmentStatus.READY_FOR_PICKUP)
                .map(status -> told)
                .orElseGet(WorkProgress::nothing);
    }
}
