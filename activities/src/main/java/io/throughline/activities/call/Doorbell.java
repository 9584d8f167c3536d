package io.throughline.activities.call;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;

/** Tells a running process something. Nobody at home is fine: the facts are stored, and a process that starts reads them. */
public interface Doorbell {
    void stalled(String workflowId, String step, String about, FailureCode code, CaseId caseId);
}
