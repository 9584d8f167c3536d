package io.throughline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.domain.tracing.Tracer;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Traces of one process, on their way to a collector; off unless its configuration names one. */
public final class Tracing implements AutoCloseable {
    private final Tracer tracer;
    private final Optional<OtlpSpans> spans;

    private Tracing(Tracer tracer, Optional<OtlpSpans> spans) {
        this.tracer = tracer;
        this.spans = spans;
    }

    /** {@code process} is {@code worker} or {@code api-server}. */
    public static Tracing open(String process, TracingSettings settings, MeterRegistry registry, Clock clock) {
        if (settings.isOff()) {
            return new Tracing(Tracer.off(), Optional.empty());
        }
        URI traces = URI.create(settings.endpoint().replaceAll("/+$", "") + "/v1/traces");
        OtlpSpans spans = new OtlpSpans(traces, "throughline-" + process, registry);
        return new Tracing(new Tracer(spans, settings.share(), clock), Optional.of(spans));
    }

    public Tracer tracer() {
        return tracer;
    }

    /** Sends what has ended, for as long as a few seconds. */
    @Override
    public void close() {
        spans.ifPresent(OtlpSpans::close);
    }
}
