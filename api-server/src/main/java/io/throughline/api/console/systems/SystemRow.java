package io.throughline.api.console.systems;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import java.util.Optional;

/** One account and its system. */
public record SystemRow(
        String account,
        String address,
        String system,
        Badge state,
        Optional<Moment> lastSuccess,
        Optional<Moment> lastHeard,
        int queued,
        int failing,
        int unknown,
        int refused,
        int waiting,
        int dead,
        Optional<Moment> completeUpTo) {}
