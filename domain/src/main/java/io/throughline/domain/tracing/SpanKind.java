package io.throughline.domain.tracing;

/** The part that a span has in an exchange, as OpenTelemetry names it. */
public enum SpanKind {
    /** Work within this process. */
    INTERNAL,
    /** Answers a request. */
    SERVER,
    /** Sends a request and awaits its answer. */
    CLIENT,
    /** Takes up what was left for later. */
    CONSUMER
}
