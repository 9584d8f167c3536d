package io.throughline.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.tracing.FinishedSpan;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** Spans in the JSON form of the OpenTelemetry protocol (OTLP 1.x, {@code ExportTraceServiceRequest}): ids in hexadecimal, times in ns. */
final class OtlpForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final int ERROR = 2;

    private OtlpForm() {}

    static String of(String service, List<FinishedSpan> finished) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode resourceSpans = root.putArray("resourceSpans").addObject();
        attribute(resourceSpans.putObject("resource").putArray("attributes"), "service.name", service);
        ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", "io.throughline");
        ArrayNode spans = scopeSpans.putArray("spans");
        finished.forEach(span -> write(spans.addObject(), span));
        return root.toString();
    }

    private static void write(ObjectNode node, FinishedSpan span) {
        node.put("traceId", span.self().traceId());
        node.put("spanId", span.self().spanId());
        span.parentSpanId().ifPresent(parent -> node.put("parentSpanId", parent));
        node.put("name", span.name());
        node.put(
                "kind",
                switch (span.kind()) {
                    case INTERNAL -> 1;
                    case SERVER -> 2;
                    case CLIENT -> 3;
                    case CONSUMER -> 5;
                });
        node.put("startTimeUnixNano", nanos(span.begunAt()));
        node.put("endTimeUnixNano", nanos(span.endedAt()));
        ArrayNode attributes = node.putArray("attributes");
        span.attributes().forEach((key, value) -> attribute(attributes, key, value));
        span.failure().ifPresent(kind -> {
            attribute(attributes, "error.type", kind);
            node.putObject("status").put("code", ERROR);
        });
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    private static String nanos(Instant at) {
        return BigInteger.valueOf(at.getEpochSecond())
                .multiply(NANOS)
                .add(BigInteger.valueOf(at.getNano()))
                .toString();
    }
}
