package io.throughline.workflows.intervention;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * The queue of cases for those who have only Temporal, in whose lists a case shows only while a process waits for it. It is started to look, and
 * ends with what waits for a person; its id is of no matter.
 */
@WorkflowInterface
public interface CaseQueueWorkflow {
    /** {@code INBOX_UNREADABLE}, or nothing for all codes. */
    @WorkflowMethod(name = "CaseQueue")
    WaitingCases run(@Nullable String code);
}
