package io.throughline.worker.inbox;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;

/** Closes what somebody has decided about a line of the trace that is broken: no process waits for it, and it stays broken. */
public final class TraceCases implements InboxDesk {
    private final Cases cases;

    public TraceCases(Cases cases) {
        this.cases = cases;
    }

    @Override
    public boolean resolve(Case decided) {
        boolean ours = decided.code() == FailureCode.TRACE_BROKEN;
        if (ours && decided.status() == CaseStatus.DECIDED) {
            cases.close(decided.id(), "somebody has seen to it");
        }
        return ours;
    }
}
