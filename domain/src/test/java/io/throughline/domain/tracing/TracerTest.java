package io.throughline.domain.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracerTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final TraceParent OUTER = new TraceParent(TRACE, "00f067aa0ba902b7", true);

    private final TestingSpans spans = new TestingSpans();

    @Test
    void aContextIsReadAndWrittenAsTheStandardSays() {
        assertThat(TraceParent.parse("00-" + TRACE + "-00f067aa0ba902b7-01")).contains(OUTER);
        assertThat(OUTER).hasToString("00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(TraceParent.parse("00-" + TRACE + "-00f067aa0ba902b7-02"))
                .hasValueSatisfying(told -> assertThat(told.sampled()).isFalse());
        assertThat(TraceParent.parse("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"))
                .isEmpty();
        assertThat(TraceParent.parse("00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-00f067aa0ba902b7-01"))
                .isEmpty();
        assertThat(TraceParent.parse(null)).isEmpty();
    }

    @Test
    void partsBelongToTheTraceOfTheWhole() {
        String result = spans.tracer()
                .begin(
                        "whole",
                        SpanKind.SERVER,
                        Optional.of(OUTER),
                        () -> Span.within("part", SpanKind.INTERNAL, () -> {
                            Span.note("order", "O-1");
                            return "done";
                        }));

        assertThat(result).isEqualTo("done");
        FinishedSpan whole = spans.named("whole");
        FinishedSpan part = spans.named("part");
        assertThat(whole.self().traceId()).isEqualTo(TRACE);
        assertThat(whole.parentSpanId()).contains(OUTER.spanId());
        assertThat(part.self().traceId()).isEqualTo(TRACE);
        assertThat(part.parentSpanId()).contains(whole.self().spanId());
        assertThat(part.attributes()).containsEntry("order", "O-1");
        assertThat(part.endedAt()).isBetween(whole.begunAt(), whole.endedAt());
        assertThat(Span.current()).isEmpty();
    }

    @Test
    void aFailureIsToldByItsKindAndNotInItsWords() {
        assertThatThrownBy(() -> spans.tracer().begin("call", SpanKind.INTERNAL, Optional.empty(), () -> {
                    throw SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, "Ms Secret is away", null);
                }))
                .isInstanceOf(SystemFailure.class);

        assertThat(spans.named("call").failure()).contains("SYSTEM_ERROR");
        assertThat(spans.named("call").toString()).doesNotContain("Secret");
    }

    @Test
    void aRequestCarriesItsSpanAlongOnlyWhereSomethingIsTraced() {
        HttpRequest.Builder untraced = request();
        try (HttpSpan span = HttpSpan.of("tryton", untraced)) {
            span.answered(200);
        }
        assertThat(untraced.build().headers().map()).isEmpty();

        HttpRequest.Builder traced = request();
        Tracer tracer = spans.tracer();
        tracer.begin("whole", SpanKind.SERVER, Optional.empty(), () -> {
            try (HttpSpan span = HttpSpan.of("tryton", traced)) {
                span.answered(503);
            }
            return true;
        });
        FinishedSpan call = spans.named("tryton");
        assertThat(traced.build().headers().firstValue("traceparent"))
                .contains(call.self().toString());
        assertThat(call.failure()).contains("503");
        assertThat(call.attributes()).containsEntry("server.address", "erp.example");
    }

    @Test
    void whatIsNotRecordedLeavesNothing() {
        TraceParent elsewhere = new TraceParent(TRACE, "00f067aa0ba902b7", false);
        Tracer none = new Tracer(spans, 0, Clock.systemUTC());

        assertThat(Tracer.off().begin("a", SpanKind.SERVER, Optional.of(OUTER), Span::current))
                .isEmpty();
        assertThat(none.begin("b", SpanKind.SERVER, Optional.empty(), Span::current))
                .isEmpty();
        assertThat(spans.tracer().begin("c", SpanKind.SERVER, Optional.of(elsewhere), Span::current))
                .isEmpty();
        assertThat(spans.tracer().goOn("d", SpanKind.INTERNAL, Optional.empty(), Span::current))
                .isEmpty();
        assertThat(none.begin("e", SpanKind.SERVER, Optional.of(OUTER), Span::current))
                .as("what began elsewhere is recorded as it is there")
                .isPresent();
        assertThat(spans.all()).hasSize(1);
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://erp.example/"));
    }
}
