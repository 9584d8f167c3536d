package io.throughline.domain.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span's place, as W3C Trace Context tells it to others: 32 hexadecimal digits of the trace, 16 of the span, and whether the trace is
 * recorded. Neither id is all zeros.
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** The header of a request, in lower case. */
    public static final String HEADER = "traceparent";

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    private static final Pattern FORM =
            Pattern.compile("00-(" + TRACE_ID.pattern() + ")-(" + SPAN_ID.pattern() + ")-([0-9a-f]{2})");
    private static final int HEX = 16;

    public TraceParent {
        if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches()) {
            throw new IllegalArgumentException("no trace context: " + traceId + ", " + spanId);
        }
    }

    /** What is no trace context is passed over, as the standard says. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher told = FORM.matcher(header.strip());
        return told.matches()
                ? Optional.of(
                        new TraceParent(told.group(1), told.group(2), (Integer.parseInt(told.group(3), HEX) & 1) == 1))
                : Optional.empty();
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
