package io.throughline.domain.effect;

import java.util.Map;

/**
 * What an outside system gave for a carried-out effect: its own id or number of what came into being, and a few facts worth keeping
 * (document numbers, links). No personal data.
 */
public record Receipt(String reference, Map<String, String> details) {
    public Receipt {
        details = Map.copyOf(details);
    }

    public static Receipt of(String reference) {
        return new Receipt(reference, Map.of());
    }
}
