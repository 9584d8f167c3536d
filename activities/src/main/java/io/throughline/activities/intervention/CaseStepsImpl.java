package io.throughline.activities.intervention;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.intervention.Amendments;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.WordedDecision;
import io.throughline.domain.trace.Trace;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Decisions that come through Temporal have an actor whom nobody has verified. Else they are taken as any other's are. */
public final class CaseStepsImpl implements CaseSteps {
    private static final String UNVERIFIED = "temporal";

    private final Cases cases;
    private final Interventions interventions;
    private final Amendments amendments;
    private final Trace trace;
    private final Clock clock;

    public CaseStepsImpl(Cases cases, Interventions interventions, Amendments amendments, Trace trace, Clock clock) {
        this.cases = cases;
        this.interventions = interventions;
        this.amendments = amendments;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public boolean decided(String caseId) {
        return find(caseId).map(found -> found.status() != CaseStatus.OPEN).orElse(true);
    }

    @Override
    public String decide(String caseId, Action action) {
        return find(caseId).map(found -> decide(found, action, Map.of(), "")).orElseGet(() -> "no case " + caseId);
    }

    /** What it says was held against its form and the document when it was kept. */
    @Override
    public String amend(String caseId, String amendmentId) {
        return find(caseId)
                .map(found -> kept(amendmentId)
                        .filter(amendment -> amendment.about().equals(found.id()))
                        .map(amendment -> decide(found, Action.AMEND_AND_RETRY, amendment.kept(), "/" + amendment.id()))
                        .orElseGet(() -> "no amendment " + amendmentId + " of " + caseId))
                .orElseGet(() -> "no case " + caseId);
    }

    private Optional<Amendment> kept(String amendmentId) {
        return Optional.of(amendmentId)
                .filter(AmendmentId::isOne)
                .map(AmendmentId::new)
                .flatMap(amendments::find);
    }

    /** {@code which} tells what is refused apart from other decisions to do the same. */
    private String decide(Case found, Action action, Map<String, String> amendment, String which) {
        CaseId id = found.id();
        try {
            Case since = interventions.decide(
                    id, new Decision(action, UNVERIFIED, false, Optional.empty(), amendment, clock.instant()));
            return since.status() == CaseStatus.OPEN
                    ? action + " is proposed for " + id + ": somebody known must decide it in the console or by REST"
                    : action + " is decided for " + id;
        } catch (IllegalDecision refused) {
            String why = String.valueOf(refused.getMessage());
            trace.append(
                    found.subject(),
                    "refused/" + id + "/" + action + which,
                    "case.refused",
                    action + " for " + id + ", through Temporal, is refused: " + why,
                    Map.of("case", id.value(), "action", action.name()));
            return why;
        }
    }

    @Override
    public void refuse(String subject) {
        // What was sent may be anything, so none of it is kept where nothing can be erased.
        trace.append(
                subject,
                "refused/unreadable",
                "case.refused",
                "a decision came through Temporal that can't be read, and is refused: " + WordedDecision.RULE,
                Map.of());
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
