package io.throughline.api.console.order;

import io.throughline.api.console.Tone;
import java.time.Instant;

/** One thing that was done for an order, or stalls it. */
record Step(Lane lane, String label, String told, Tone tone, boolean stalled, Instant at) {
    boolean repeats(Step other) {
        return lane == other.lane && label.equals(other.label) && tone == other.tone && !stalled;
    }
}
