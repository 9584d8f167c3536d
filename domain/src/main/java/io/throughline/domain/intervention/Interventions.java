package io.throughline.domain.intervention;

import io.throughline.domain.order.OrderId;
import java.util.Optional;

/**
 * What people ask of a process from outside it. Each is stored in one transaction with the inbox message that wakes the process, so
 * nobody who was told that it is asked for waits for a process that was never told.
 */
public interface Interventions {
    /**
     * Like {@link Cases#decide}. Where more is at stake than one person decides about alone ({@link CasePolicy#needsSecondPerson}), the
     * decision is kept as a proposal and the case stays open, until somebody else decides the same.
     */
    Case decide(CaseId id, Decision decision);

    /** The order shall be cancelled; whoever asks first is remembered. False: it has ended, or its goods have all left. */
    boolean cancel(OrderId id, String actor, String reason);

    /**
     * What {@link #cancel} would set off just now; empty where it would be false. The plan is kept for a day, so that it can be asked for.
     * IllegalDecision where the cancellation can't be asked for, or was.
     */
    Optional<ChangePlan> planCancellation(OrderId id, String actor, CancellationPlanner planner);

    /**
     * Like {@link #cancel}, if exactly what was planned would still come of it: that is decided while neither the order nor its work can
     * change. The same plan again does nothing more. PlanOutdated tells what has changed.
     */
    boolean cancelAsPlanned(OrderId id, String token, String actor, String reason, CancellationPlanner planner);
}
