package io.throughline.workflows.call;

import io.temporal.workflow.Workflow;
import io.throughline.domain.failure.FailureCode;
import io.throughline.workflows.intervention.CaseSteps;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Takes a step until it is through. A refused step opens a case and is taken again when the case was decided, or when there is other
 * news of what it is about, for its cause may have gone: the step itself reads the facts, and a wake-up is only a hint.
 */
public final class CaseGate {
    private final Wakes wakes;
    private final Story story;
    private final Calls<CaseSteps> cases;
    private int underWay;

    public CaseGate(Wakes wakes, Story story, Calls<CaseSteps> cases) {
        this.wakes = wakes;
        this.story = story;
        this.cases = cases;
    }

    /** {@code about} tells the same step of several legs apart. Never gives PARKED: waits for the decision instead. */
    public StepResult.Verdict pass(String step, String about, Supplier<StepResult> call) {
        while (true) {
            int seen = wakes.count(about);
            StepResult result = taking(call);
            if (result.verdict() != StepResult.Verdict.PARKED) {
                story.flows(step, about);
                return result.verdict();
            }
            String caseId = Objects.requireNonNull(result.caseId(), "a parked step names its case");
            FailureCode code = Objects.requireNonNull(result.code(), "a parked step names its failure");
            story.stalls(step, about, code, caseId, result.refusedBy());
            awaitDecision(caseId, about, seen);
        }
    }

    /** Takes a step that is never refused, only late. */
    public <R> R through(String step, String about, Supplier<R> call) {
        R result = taking(call);
        story.flows(step, about);
        return result;
    }

    /** Whether no step is being taken: whoever is here waits for news, a decision or a deadline. */
    public boolean atRest() {
        return underWay == 0;
    }

    private <R> R taking(Supplier<R> call) {
        underWay++;
        try {
            return call.get();
        } finally {
            underWay--;
        }
    }

    private void awaitDecision(String caseId, String about, int news) {
        int seen = wakes.count(caseId);
        while (wakes.count(about) == news && !taking(() -> cases.call(step -> step.decided(caseId)))) {
            int known = seen;
            Workflow.await(() -> wakes.count(caseId) > known || wakes.count(about) > news);
            seen = wakes.count(caseId);
        }
    }
}
