package io.throughline.workflows.call;

import io.throughline.domain.failure.FailureCode;
import io.throughline.workflows.intervention.CaseSteps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a step until it is through. A refused step opens a case and is taken again when the case was decided: the step itself reads the
 * decision, for a decision is a fact and its wake-up only a hint.
 */
public final class CaseGate {
    private final Wakes wakes;
    private final Story story;
    private final Map<String, FailureCode> openCases = new LinkedHashMap<>();
    private final Calls<CaseSteps> cases;

    public CaseGate(Wakes wakes, Story story, Calls<CaseSteps> cases) {
        this.wakes = wakes;
        this.story = story;
        this.cases = cases;
    }

    /** {@code about} tells the same step of several legs apart. Never gives PARKED: waits for the decision instead. */
    public StepResult.Verdict pass(String step, String about, Supplier<StepResult> call) {
        while (true) {
            StepResult result = call.get();
            if (result.verdict() != StepResult.Verdict.PARKED) {
                story.flows(step, about);
                return result.verdict();
            }
            String caseId = Objects.requireNonNull(result.caseId(), "a parked step names its case");
            FailureCode code = Objects.requireNonNull(result.code(), "a parked step names its failure");
            story.stalls(step, about, code, caseId);
            awaitDecision(caseId, code);
        }
    }

    /** The failure of an open case of this run; null when there is none of that name. */
    public @Nullable FailureCode openCase(String caseId) {
        return openCases.get(caseId);
    }

    private void awaitDecision(String caseId, FailureCode code) {
        openCases.put(caseId, code);
        int seen = wakes.count(caseId);
        while (!cases.call(step -> step.decided(caseId))) {
            wakes.awaitNews(caseId, seen);
            seen = wakes.count(caseId);
        }
        openCases.remove(caseId);
    }
}
