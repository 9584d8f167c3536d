package io.throughline.activities;

import io.throughline.domain.intervention.CancellationPlanner;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.order.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides at once, unless it was told that much is at stake: then what is not harmless is only proposed. */
public final class TestingInterventions implements Interventions {
    private final Cases cases;
    private final List<Decision> proposals = new ArrayList<>();
    private boolean muchAtStake;

    TestingInterventions(Cases cases) {
        this.cases = cases;
    }

    public void muchIsAtStake() {
        muchAtStake = true;
    }

    public List<Decision> proposals() {
        return List.copyOf(proposals);
    }

    @Override
    public Case decide(CaseId id, Decision decision) {
        if (muchAtStake && !decision.action().harmless()) {
            proposals.add(decision);
            return cases.find(id).orElseThrow();
        }
        return cases.decide(id, decision);
    }

    @Override
    public boolean cancel(OrderId id, String actor, String reason) {
        throw new UnsupportedOperationException("no step asks for it");
    }

    @Override
    public Optional<ChangePlan> planCancellation(OrderId id, String actor, CancellationPlanner planner) {
        throw new UnsupportedOperationException("no step asks for it");
    }

    @Override
    public boolean cancelAsPlanned(OrderId id, String token, String actor, String reason, CancellationPlanner planner) {
        throw new UnsupportedOperationException("no step asks for it");
    }
}
