package io.throughline.workflows.intervention;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.util.List;

/** Open cases as those see them who have only Temporal: how many there are, how one is decided, and the most urgent of them. */
public record WaitingCases(int waiting, String how, List<Waiting> cases) {
    public WaitingCases {
        cases = List.copyOf(cases);
    }

    /** {@code decide} has each decision that is legal and can be told by words, ready to be pasted. */
    public record Waiting(
            String caseId, FailureCode code, String about, String tells, Instant dueAt, List<String> decide) {
        public Waiting {
            decide = List.copyOf(decide);
        }
    }
}
