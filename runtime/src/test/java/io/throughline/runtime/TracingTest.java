package io.throughline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Spans reach a collector in the form of OTLP, and nobody suffers from one that is away. */
@Timeout(60)
class TracingTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void spansReachTheCollectorBeforeTheProcessEnds() throws IOException {
        try (Tracing tracing = tracing()) {
            tracing.tracer()
                    .begin(
                            "POST /v1/orders",
                            SpanKind.SERVER,
                            Optional.empty(),
                            () -> Span.within("effect announce", SpanKind.INTERNAL, () -> {
                                Span.note("throughline.subject", "O-7K2M9Q4XTA");
                                Span.failed("ERP_REJECTED");
                                return true;
                            }));
        }

        JsonNode resource = new ObjectMapper()
                .readTree(requests.getFirst())
                .path("resourceSpans")
                .path(0);
        assertThat(resource.at("/resource/attributes/0/value/stringValue").asText())
                .isEqualTo("throughline-worker");
        JsonNode effect = resource.at("/scopeSpans/0/spans/0");
        JsonNode request = resource.at("/scopeSpans/0/spans/1");
        assertThat(effect.path("name").asText()).isEqualTo("effect announce");
        assertThat(effect.path("traceId")).isEqualTo(request.path("traceId"));
        assertThat(effect.path("parentSpanId")).isEqualTo(request.path("spanId"));
        assertThat(effect.at("/status/code").asInt()).isEqualTo(2);
        assertThat(effect.path("attributes").toString()).contains("O-7K2M9Q4XTA", "error.type", "ERP_REJECTED");
        assertThat(request.path("kind").asInt()).isEqualTo(2);
        assertThat(request.has("status")).isFalse();
        assertThat(request.path("startTimeUnixNano").asText()).matches("[0-9]{19}");
        assertThat(registry.get("throughline.spans.sent").counter().count()).isEqualTo(2);
    }

    @Test
    void whileTheCollectorIsAwaySpansAreDroppedAndCounted() {
        collector.stop(0);
        try (Tracing tracing = tracing()) {
            assertThat(tracing.tracer().begin("work", SpanKind.INTERNAL, Optional.empty(), () -> "done"))
                    .isEqualTo("done");
        }
        assertThat(registry.get("throughline.spans.dropped").counter().count()).isEqualTo(1);
    }

    @Test
    void withoutACollectorNothingIsTraced() {
        try (Tracing tracing = Tracing.open("worker", TracingSettings.none(), registry, Clock.systemUTC())) {
            assertThat(tracing.tracer().isOn()).isFalse();
        }
        assertThat(registry.getMeters()).isEmpty();
        assertThatThrownBy(() -> new TracingSettings("collector:4318", 1)).hasMessageContaining("otel.endpoint");
        assertThatThrownBy(() -> new TracingSettings("", 2)).hasMessageContaining("otel.share");
    }

    @Test
    void whatIsLoggedMeanwhileNamesTheTrace() {
        try (Tracing tracing = tracing()) {
            tracing.tracer()
                    .begin(
                            "work",
                            SpanKind.INTERNAL,
                            Optional.empty(),
                            () -> LogContext.inTrace(() -> {
                                assertThat(MDC.get("traceId"))
                                        .isEqualTo(Span.current().orElseThrow().traceId());
                                return true;
                            }));
        }
        assertThat(MDC.get("traceId")).isNull();
    }

    private Tracing tracing() {
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/";
        return Tracing.open("worker", new TracingSettings(endpoint, 1), registry, Clock.systemUTC());
    }
}
