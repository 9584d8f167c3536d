package io.throughline.domain.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A public entry of the trace. {@code position} counts all of them, those of one subject in the order of its line, and names the event;
 * {@code seq} is the entry's number in the line.
 */
public record PublicEvent(
        long position, EventType type, String subject, long seq, Instant at, Map<String, Object> data) {
    public PublicEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** The same however often it is delivered. */
    public String id() {
        return "evt_" + position;
    }
}
