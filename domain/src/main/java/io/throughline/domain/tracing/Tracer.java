package io.throughline.domain.tracing;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Begins spans where work comes into a process; its parts are told by {@link Span}. Off, it does the work and nothing else. Of the traces
 * that begin here {@code share} (0 to 1) are recorded, of those that began elsewhere the ones that are recorded there.
 */
public final class Tracer {
    private static final Tracer OFF = new Tracer(Optional.empty(), 0, Clock.systemUTC());

    private final Optional<SpanSink> sink;
    private final double share;
    private final Clock clock;

    public Tracer(SpanSink sink, double share, Clock clock) {
        this(Optional.of(sink), share, clock);
    }

    private Tracer(Optional<SpanSink> sink, double share, Clock clock) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, and not " + share);
        }
        this.sink = sink;
        this.share = share;
        this.clock = clock;
    }

    public static Tracer off() {
        return OFF;
    }

    public boolean isOn() {
        return sink.isPresent();
    }

    /** Does {@code work} as a span of {@code parent}'s trace; without a parent it begins one, or is left out. */
    public <R, X extends Throwable> R begin(
            String name, SpanKind kind, Optional<TraceParent> parent, ScopedValue.CallableOp<? extends R, X> work)
            throws X {
        boolean recorded = sink.isPresent()
                && parent.map(TraceParent::sampled)
                        .orElseGet(() -> ThreadLocalRandom.current().nextDouble() < share);
        return recorded
                ? Span.begin(sink.orElseThrow(), clock, parent, name, kind).call(work)
                : work.call();
    }

    /** The same for work that is only traced as a part of something. */
    public <R, X extends Throwable> R goOn(
            String name, SpanKind kind, Optional<TraceParent> parent, ScopedValue.CallableOp<? extends R, X> work)
            throws X {
        return parent.isPresent() ? begin(name, kind, parent, work) : work.call();
    }
}
