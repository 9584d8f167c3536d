package io.throughline.domain.tracing;

import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A piece of traced work. Whoever does a part of it asks for the span of this thread: where none is, because nothing is traced, all that is
 * done here costs one look and leaves nothing. A span is one thread's.
 */
public final class Span {
    private static final ScopedValue<Span> CURRENT = ScopedValue.newInstance();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private final SpanSink sink;
    private final Clock clock;
    private final TraceParent self;
    private final Optional<String> parentSpanId;
    private final SpanKind kind;
    private final Instant begunAt;
    private final long begunNanos = System.nanoTime();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private String name;
    private Optional<String> failure = Optional.empty();

    private Span(
            SpanSink sink, Clock clock, TraceParent self, Optional<String> parentSpanId, String name, SpanKind kind) {
        this.sink = sink;
        this.clock = clock;
        this.self = self;
        this.parentSpanId = parentSpanId;
        this.name = name;
        this.kind = kind;
        this.begunAt = clock.instant();
    }

    /** Begins a trace, or goes on with {@code parent}'s. */
    static Span begin(SpanSink sink, Clock clock, Optional<TraceParent> parent, String name, SpanKind kind) {
        String traceId = parent.map(TraceParent::traceId).orElseGet(() -> fresh(TRACE_BYTES));
        return new Span(
                sink,
                clock,
                new TraceParent(traceId, fresh(SPAN_BYTES), true),
                parent.map(TraceParent::spanId),
                name,
                kind);
    }

    /** A new id of so many bytes; one of all zeros is none. */
    private static String fresh(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] |= 1;
        return HexFormat.of().formatHex(bytes);
    }

    /** The place of this thread's span; empty where nothing is traced. */
    public static Optional<TraceParent> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get().self) : Optional.empty();
    }

    /** Does {@code work} as a part of this thread's span. */
    public static <R, X extends Throwable> R within(
            String name, SpanKind kind, ScopedValue.CallableOp<? extends R, X> work) throws X {
        return CURRENT.isBound() ? CURRENT.get().child(name, kind).call(work) : work.call();
    }

    /** A part of this thread's span that its maker ends. */
    static Optional<Span> part(String name, SpanKind kind) {
        return CURRENT.isBound() ? Optional.of(CURRENT.get().child(name, kind)) : Optional.empty();
    }

    /** Says more of this thread's span. Ids and codes only. */
    public static void note(String attribute, String value) {
        if (CURRENT.isBound()) {
            CURRENT.get().set(attribute, value);
        }
    }

    /** Calls this thread's span by a better name, which was not known when it began. */
    public static void rename(String name) {
        if (CURRENT.isBound()) {
            CURRENT.get().name = name;
        }
    }

    /** This thread's span has failed, and nothing is thrown. {@code failure} is its kind, not its words. */
    public static void failed(String failure) {
        if (CURRENT.isBound()) {
            CURRENT.get().failedBy(failure);
        }
    }

    <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        try {
            return ScopedValue.where(CURRENT, this).call(work);
        } catch (SystemFailure known) {
            failedBy(known.code().name());
            throw known;
        } catch (RuntimeException | Error unforeseen) {
            failedBy(unforeseen.getClass().getSimpleName());
            throw unforeseen;
        } finally {
            end();
        }
    }

    private Span child(String partsName, SpanKind partsKind) {
        return begin(sink, clock, Optional.of(self), partsName, partsKind);
    }

    TraceParent self() {
        return self;
    }

    void set(String attribute, String value) {
        attributes.put(attribute, value);
    }

    void failedBy(String why) {
        failure = Optional.of(why);
    }

    void end() {
        Instant endedAt = begunAt.plus(Duration.ofNanos(System.nanoTime() - begunNanos));
        sink.ended(new FinishedSpan(self, parentSpanId, name, kind, begunAt, endedAt, attributes, failure));
    }
}
