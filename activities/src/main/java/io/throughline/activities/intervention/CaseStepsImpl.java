package io.throughline.activities.intervention;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.trace.Trace;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Decisions that come through Temporal have an actor whom nobody has verified. */
public final class CaseStepsImpl implements CaseSteps {
    private static final String UNVERIFIED = "temporal";

    private final Cases cases;
    private final Trace trace;
    private final Clock clock;

    public CaseStepsImpl(Cases cases, Trace trace, Clock clock) {
        this.cases = cases;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public boolean decided(String caseId) {
        return find(caseId).map(found -> found.status() != CaseStatus.OPEN).orElse(true);
    }

    @Override
    public String decide(String caseId, Action action) {
        Optional<Case> found = find(caseId);
        if (found.isEmpty()) {
            return "no case " + caseId;
        }
        if (!found.get().legalActions().contains(action)) {
            return caseId + " allows " + found.get().legalActions() + ", not " + action;
        }
        if (!action.harmless()) {
            trace.append(
                    found.get().subject(),
                    "proposal/" + caseId + "/" + action,
                    "case.proposed",
                    action + " proposed for " + caseId + " through Temporal; somebody known must decide it",
                    Map.of("case", caseId, "action", action.name()));
            return action + " is proposed: somebody known must decide it in the console or through the API";
        }
        try {
            cases.decide(
                    found.get().id(),
                    new Decision(action, UNVERIFIED, false, Optional.empty(), Map.of(), clock.instant()));
            return action + " is decided for " + caseId;
        } catch (IllegalDecision tooLate) {
            return String.valueOf(tooLate.getMessage());
        }
    }

    /** What people type is not always the name of a case. */
    private Optional<Case> find(String caseId) {
        try {
            return cases.find(new CaseId(caseId));
        } catch (IllegalArgumentException noCaseId) {
            return Optional.empty();
        }
    }
}
