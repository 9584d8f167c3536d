package io.throughline.api.console.systems;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import java.util.Optional;

/** One account and its system; {@code held} where a person holds it back, {@code throttled} what of {@code failing} it holds back itself. */
public record SystemRow(
        String account,
        String address,
        String system,
        Badge state,
        Optional<Held> held,
        Optional<Moment> lastSuccess,
        Optional<Moment> lastHeard,
        int queued,
        int failing,
        int throttled,
        int unknown,
        int refused,
        int waiting,
        int dead,
        Optional<Moment> completeUpTo) {
    /** How often a person lets it be asked, empty: not at all; and since when. Who and why stand on its own page. */
    public record Held(Optional<String> rate, Moment since) {}
}
