package io.throughline.domain.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Work that has come to its end. {@code name} is one of few; attributes are ids and codes, never what people have said or are called.
 * {@code failure} is the kind of what went wrong, empty where nothing did.
 */
public record FinishedSpan(
        TraceParent self,
        Optional<String> parentSpanId,
        String name,
        SpanKind kind,
        Instant begunAt,
        Instant endedAt,
        Map<String, String> attributes,
        Optional<String> failure) {
    public FinishedSpan {
        attributes = Map.copyOf(attributes);
    }
}
