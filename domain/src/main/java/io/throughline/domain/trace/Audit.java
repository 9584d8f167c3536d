package io.throughline.domain.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who did what: the entries of all lines that name an actor. */
public interface Audit {
    /** The newest first, at most {@code limit} (1 to 500); of one actor, and before an instant, where these are given. */
    List<TraceEntry> acts(Optional<String> actor, Optional<Instant> before, int limit);
}
