package io.throughline.store.internal;

import io.throughline.domain.event.EventType;
import io.throughline.domain.trace.StepAttempt;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a subject's line inside the transaction of the change itself. It locks the line until the transaction ends, so it is the
 * last thing that a transaction does: whoever takes another lock after it risks a deadlock. What {@link EventType} names of it goes to
 * the subscribers. Beside the entry stands the {@link StepAttempt} in which it is written.
 */
public final class TraceWriter {
    private final Clock clock;

    public TraceWriter(Clock clock) {
        this.clock = clock;
    }

    /** The instant that an entry which is written now would have. */
    public Instant now() {
        return clock.instant();
    }

    public long append(Handle handle, String subject, String kind, String summary, Map<String, String> detail) {
        return append(handle, subject, null, kind, summary, detail, List.of());
    }

    public long append(
            Handle handle,
            String subject,
            String kind,
            String summary,
            Map<String, String> detail,
            Collection<String> links) {
        return append(handle, subject, null, kind, summary, detail, links);
    }

    /**
     * {@code links} are the ids by which the subject shall be found. Without a key, the entry is a new one each time. Gives its place in
     * the line; 0 where its key was there before.
     */
    public long append(
            Handle handle,
            String subject,
            @Nullable String entryKey,
            String kind,
            String summary,
            Map<String, String> detail,
            Collection<String> links) {
        String line = TraceLine.of(subject);
        Optional<StepAttempt> attempt = StepAttempt.current();
        return handle.createQuery("""
                        select trace_append(:line, :key, :at, :kind, :summary, cast(:detail as json), cast(:links as text[]),
                            cast(:events as text[]), :workflow, cast(:run as uuid), :activity)
                        """)
                .bind("line", line)
                .bind("key", entryKey)
                .bind("at", Columns.at(clock.instant()))
                .bind("kind", kind)
                .bind("summary", summary)
                .bind("detail", CanonicalJson.write(detail))
                .bindArray("links", String.class, links)
                .bindArray(
                        "events",
                        String.class,
                        EventType.of(line, kind, detail).stream()
                                .map(EventType::fullName)
                                .toList())
                .bind("workflow", attempt.map(StepAttempt::workflowId).orElse(null))
                .bind("run", attempt.map(StepAttempt::runId).orElse(null))
                .bind("activity", attempt.map(StepAttempt::activityId).orElse(null))
                .mapTo(Long.class)
                .one();
    }
}
