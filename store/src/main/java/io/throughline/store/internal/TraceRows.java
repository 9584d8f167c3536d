package io.throughline.store.internal;

import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.domain.transfer.TransferId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of {@code trace_link} and {@code trace_entry}. */
public final class TraceRows {
    private TraceRows() {}

    /** The stored text of an entry. */
    public record Body(
            String subject,
            long seq,
            @Nullable String key,
            Instant at,
            String kind,
            String summary,
            Map<String, String> detail) {
        public static Body read(String text) {
            return CanonicalJson.read(text, Body.class);
        }

        public TraceEntry entry(byte[] hash) {
            return entry(hash, Optional.empty(), Optional.empty());
        }

        public TraceEntry entry(byte[] hash, Optional<StepAttempt> writtenBy, Optional<Long> event) {
            return new TraceEntry(
                    subject, seq, at, kind, summary, detail, HexFormat.of().formatHex(hash), writtenBy, event);
        }
    }

    /** Entries that were written before it was kept, and those of no process, have none. */
    public static Optional<StepAttempt> writtenBy(ResultSet row) throws SQLException {
        Optional<UUID> run = Optional.ofNullable(row.getObject("run_id", UUID.class));
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(new StepAttempt(row.getString("workflow_id"), run.get(), row.getString("activity_id")));
    }

    /**
     * The subject that an id belongs to. A name of ours leads to its own line, whoever else mentions it; of several that an outside id is linked
     * to, it is the one that got it last.
     */
    public static Optional<String> lookup(Handle handle, String id) {
        return handle.createQuery("""
                        select subject from (
                            select subject, linked_at, subject = :own as own from trace_link where id = :id
                            union all
                            select subject, null, true from trace_subject where subject = :own) found
                        order by own desc, linked_at desc nulls last limit 1
                        """)
                .bind("id", id)
                .bind(
                        "own",
                        TraceLine.of(
                                TransferId.parse(id).map(TransferId::subject).orElse(id)))
                .mapTo(String.class)
                .findOne();
    }

    /** The entries of a subject's line, from that place on, whose detail of that name has that value. */
    public static List<TraceEntry> telling(Handle handle, String subject, long from, String detail, String value) {
        return handle
                .createQuery("""
                        select body, hash from trace_entry
                        where subject = :line and seq >= :from and strpos(body, :told) > 0 order by seq
                        """)
                .bind("line", TraceLine.of(subject))
                .bind("from", from)
                .bind("told", CanonicalJson.write(value))
                .map((row, context) -> Body.read(row.getString("body")).entry(row.getBytes("hash")))
                .list()
                .stream()
                .filter(entry -> value.equals(entry.detail().get(detail)))
                .toList();
    }
}
