package io.throughline.domain.effect;

import io.throughline.domain.account.EffectMode;
import java.util.Map;

/**
 * What an outside system gave for a carried-out effect: its own id or number of what came into being, and a few facts worth keeping
 * (document numbers, links). No personal data. The receipt of what was only computed and recorded names nothing in any system.
 */
public record Receipt(String reference, Map<String, String> details) {
    private static final String NOT_SENT = "not-sent";

    public Receipt {
        details = Map.copyOf(details);
    }

    public static Receipt of(String reference) {
        return new Receipt(reference, Map.of());
    }

    public static Receipt notSent(EffectMode mode) {
        return new Receipt(NOT_SENT, Map.of("mode", mode.name()));
    }

    public boolean sent() {
        return !reference.equals(NOT_SENT);
    }
}
