package io.throughline.worker.inbox;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;

/** Closes what somebody has decided about a marketplace's deadline: no process waits for it. */
public final class MarketplaceCases implements InboxDesk {
    private final Cases cases;

    public MarketplaceCases(Cases cases) {
        this.cases = cases;
    }

    @Override
    public boolean resolve(Case decided) {
        boolean ours = decided.code() == FailureCode.DEADLINE_AT_RISK || decided.code() == FailureCode.DEADLINE_MISSED;
        if (ours && decided.status() == CaseStatus.DECIDED) {
            cases.close(decided.id(), "somebody has seen to it");
        }
        return ours;
    }
}
