package io.throughline.store.trace;

import io.throughline.domain.hash.Sha256;
import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceRows;
import io.throughline.store.internal.TraceRows.Body;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the trace, and checks its chain from the stored bytes. */
public final class PostgresTrace implements Trace {

    private final Transactions transactions;
    private final TraceWriter writer;

    public PostgresTrace(Transactions transactions, TraceWriter writer) {
        this.transactions = transactions;
        this.writer = writer;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(long seq, @Nullable String key, String body, byte[] hash) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Head(long seq, byte[] hash) {}

    private record Chained(Head head, Optional<Row> row) {}

    @Override
    public void append(String subject, String entryKey, String kind, String summary, Map<String, String> detail) {
        transactions.run(handle -> writer.append(handle, subject, entryKey, kind, summary, detail, List.of()));
    }

    @Override
    public List<TraceEntry> of(String subject) {
        String line = TraceLine.of(subject);
        return transactions.with(handle -> handle.createQuery("""
                        select entry.seq, entry.entry_key, entry.body, entry.hash, entry.workflow_id, entry.run_id,
                            entry.activity_id, step.event
                        from trace_entry entry left join trace_step step using (run_id, activity_id)
                        where entry.subject = :line order by entry.seq
                        """)
                .bind("line", line)
                .map((row, context) -> entry(
                        line,
                        row(row),
                        TraceRows.writtenBy(row),
                        Optional.ofNullable(row.getObject("event", Long.class))))
                .list());
    }

    @Override
    public void link(String id, String subject) {
        String line = TraceLine.of(subject);
        transactions.run(handle -> {
            handle.createQuery("select true from trace_subject where subject = :subject for no key update")
                    .bind("subject", line)
                    .mapTo(Boolean.class)
                    .findOne();
            handle.createUpdate("""
                            with linked as (
                                insert into trace_link (id, subject) values (:id, :subject) on conflict do nothing)
                            insert into trace_named (subject, id, named_at) values (:subject, :id, clock_timestamp())
                            on conflict do nothing
                            """).bind("id", id).bind("subject", line).execute();
        });
    }

    @Override
    public Optional<String> lookup(String id) {
        return transactions.with(handle -> TraceRows.lookup(handle, id));
    }

    /** Entries that are missing at the end are noticed by what the subject's row says; whoever changes both is not. */
    @Override
    public Verification verify(String subject) {
        String line = TraceLine.of(subject);
        List<Chained> read = chained(line);
        Head head = read.getFirst().head();
        List<Row> rows = read.stream().flatMap(one -> one.row().stream()).toList();
        byte[] previous = new byte[0];
        Optional<Long> broken = Optional.empty();
        long expected = 1;
        for (Row row : rows) {
            if (broken.isEmpty() && (row.seq() != expected || !follows(line, row, previous))) {
                broken = Optional.of(expected);
            }
            previous = row.hash();
            expected++;
        }
        boolean complete = head.seq() == rows.size() && Arrays.equals(head.hash(), previous);
        return new Verification(
                rows.size(),
                broken.isPresent() || complete ? broken : Optional.of(expected),
                rows.isEmpty() ? Optional.empty() : Optional.of(HexFormat.of().formatHex(previous)));
    }

    private static boolean follows(String line, Row row, byte[] previous) {
        if (!Arrays.equals(hash(previous, row.body()), row.hash())) {
            return false;
        }
        try {
            Body body = Body.read(row.body());
            return body.subject().equals(line)
                    && body.seq() == row.seq()
                    && Optional.ofNullable(body.key()).equals(Optional.ofNullable(row.key()));
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** Head and entries are one statement, else an entry that is appended between two would look like a break. */
    private List<Chained> chained(String line) {
        return transactions.with(handle -> handle.createQuery("""
                        select entry.seq, entry.entry_key, entry.body, entry.hash, coalesce(head.seq, 0) as head_seq,
                            coalesce(head.hash, '') as head_hash
                        from (select 1) one left join trace_subject head on head.subject = :line
                            left join trace_entry entry on entry.subject = :line
                        order by entry.seq
                        """)
                .bind("line", line)
                .map((row, context) -> new Chained(
                        new Head(row.getLong("head_seq"), row.getBytes("head_hash")),
                        row.getString("body") == null ? Optional.empty() : Optional.of(row(row))))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong("seq"), row.getString("entry_key"), row.getString("body"), row.getBytes("hash"));
    }

    /** What was changed past the program need not be an entry any more. The others can still be read. */
    private static TraceEntry entry(String line, Row row, Optional<StepAttempt> writtenBy, Optional<Long> event) {
        try {
            return Body.read(row.body()).entry(row.hash(), writtenBy, event);
        } catch (IllegalStateException _) {
            return new TraceEntry(
                    line,
                    row.seq(),
                    Instant.EPOCH,
                    "trace.unreadable",
                    "this entry was changed past the program and can't be read",
                    Map.of(),
                    HexFormat.of().formatHex(row.hash()),
                    Optional.empty());
        }
    }

    private static byte[] hash(byte[] previous, String body) {
        MessageDigest digest = Sha256.begun();
        digest.update(previous);
        return digest.digest(body.getBytes(StandardCharsets.UTF_8));
    }
}
