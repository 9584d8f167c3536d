package io.throughline.runtime;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.context.ContextPropagator;
import io.temporal.common.converter.DataConverter;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.TraceParent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trace along through Temporal: from whoever starts a process into its run, and from there to its steps. A workflow only hands
 * it on and makes no span, so a replay makes none either, and a history differs in one header. Where nothing is traced it is not installed.
 */
public final class TraceCarrier implements ContextPropagator {
    private static final DataConverter CONVERTER = DataConverters.standard();

    /** Threads of Temporal's SDK, which begin before there is a span. */
    private static final ThreadLocal<TraceParent> CARRIED = new ThreadLocal<>();

    /** What came along to this thread with its task. */
    public static Optional<TraceParent> carried() {
        return Optional.ofNullable(CARRIED.get());
    }

    @Override
    public String getName() {
        return TraceParent.HEADER;
    }

    @Override
    public Map<String, Payload> serializeContext(@Nullable Object context) {
        return context instanceof TraceParent parent
                ? CONVERTER
                        .toPayload(parent.toString())
                        .map(payload -> Map.of(TraceParent.HEADER, payload))
                        .orElseGet(Map::of)
                : Map.of();
    }

    @Override
    public @Nullable Object deserializeContext(Map<String, Payload> header) {
        Payload payload = header.get(TraceParent.HEADER);
        return payload == null
                ? null
                : TraceParent.parse(CONVERTER.fromPayload(payload, String.class, String.class))
                        .orElse(null);
    }

    @Override
    public @Nullable Object getCurrentContext() {
        Optional<TraceParent> own = Span.current();
        return own.isPresent() ? own.get() : CARRIED.get();
    }

    @Override
    public void setCurrentContext(@Nullable Object context) {
        if (context instanceof TraceParent parent) {
            CARRIED.set(parent);
        } else {
            CARRIED.remove();
        }
    }
}
