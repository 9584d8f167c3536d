package io.throughline.api.intervention;

import io.throughline.api.intervention.CaseDetail.Payload;
import java.util.List;
import java.util.Optional;

/** How a case is decided from elsewhere; {@code process} takes decisions about it as updates. Empty: a process that does nothing else is started. */
public record DecisionWays(Optional<String> process, List<Payload> payloads) {
    public DecisionWays {
        payloads = List.copyOf(payloads);
    }
}
