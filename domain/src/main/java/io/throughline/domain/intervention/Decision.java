package io.throughline.domain.intervention;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What was decided, by whom and why. The amendment's keys depend on the failure code; see its runbook page. */
public record Decision(
        Action action,
        String actor,
        boolean actorVerified,
        Optional<String> note,
        Map<String, String> amendment,
        Instant at) {
    public Decision {
        amendment = Map.copyOf(amendment);
    }
}
