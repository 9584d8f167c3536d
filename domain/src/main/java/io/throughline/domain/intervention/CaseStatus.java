package io.throughline.domain.intervention;

/** OPEN waits for a person; DECIDED waits for the process to carry the decision out; CLOSED is history. */
public enum CaseStatus {
    OPEN,
    DECIDED,
    CLOSED
}
