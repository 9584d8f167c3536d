package io.throughline.workflows.intervention;

import io.throughline.domain.intervention.WordedDecision;
import io.throughline.workflows.call.Calls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step: what is decided is stored with its wake-up, and whoever is to act upon it hears of it as of any decision. */
public final class CaseDecisionWorkflowImpl implements CaseDecisionWorkflow {
    private static final String OWN_QUEUE = "orders";

    @Override
    public String run(@Nullable String caseId, @Nullable String action) {
        Optional<WordedDecision> wanted = WordedDecision.of(caseId, action);
        return wanted.map(CaseDecisionWorkflowImpl::decide).orElse(WordedDecision.RULE);
    }

    private static String decide(WordedDecision wanted) {
        return Calls.to(CaseSteps.class, OWN_QUEUE, true, "decision on " + wanted.caseId())
                .call(step -> wanted.amendment()
                        .map(amendment -> step.amend(wanted.caseId().value(), amendment.value()))
                        .orElseGet(() -> step.decide(wanted.caseId().value(), wanted.action())));
    }
}
