package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;

/**
 * Closes what somebody had only to see to, such as a facility that was to be called, once they have: no process waits for it, also while its order
 * goes on.
 */
public final class UnawaitedCases implements InboxDesk {
    private final Cases cases;

    public UnawaitedCases(Cases cases) {
        this.cases = cases;
    }

    @Override
    public boolean resolve(Case decided) {
        if (!decided.code().onlyToBeSeenTo()) {
            return false;
        }
        if (decided.status() == CaseStatus.DECIDED) {
            cases.close(decided.id(), "somebody has seen to it");
        }
        return true;
    }
}
