package io.throughline.domain.tracing;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps finished spans, in the order in which they ended. */
public final class TestingSpans implements SpanSink {
    private final List<FinishedSpan> ended = new CopyOnWriteArrayList<>();

    @Override
    public void ended(FinishedSpan span) {
        ended.add(span);
    }

    /** One that records all. */
    public Tracer tracer() {
        return new Tracer(this, 1, Clock.systemUTC());
    }

    public List<FinishedSpan> all() {
        return List.copyOf(ended);
    }

    /** The only one of that name. */
    public FinishedSpan named(String name) {
        List<FinishedSpan> found =
                ended.stream().filter(span -> span.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError("one span " + name + " among "
                    + ended.stream().map(FinishedSpan::name).toList());
        }
        return found.getFirst();
    }
}
