package io.throughline.workflows.intervention;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * A decision about a case that no process waits for, or whose process has ended, for those who have only Temporal: it is started with
 * the words of the decision, and ends with what came of it. Its id is {@code case/<case id>}.
 */
@WorkflowInterface
public interface CaseDecisionWorkflow {
    /** {@code C-1042 ACCEPT_DIFFERENCE}, as one text or as two. What can't be read is answered, too. */
    @WorkflowMethod(name = "CaseDecision")
    String run(@Nullable String caseId, @Nullable String action);
}
