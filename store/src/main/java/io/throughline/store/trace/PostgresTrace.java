package io.throughline.store.trace;

import io.throughline.domain.hash.Sha256;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceRows;
import io.throughline.store.internal.TraceRows.Body;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
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

    @Override
    public void append(String subject, String entryKey, String kind, String summary, Map<String, String> detail) {
        transactions.run(handle -> writer.append(handle, subject, entryKey, kind, summary, detail, List.of()));
    }

    @Override
    public List<TraceEntry> of(String subject) {
        return rows(TraceLine.of(subject)).stream().map(PostgresTrace::entry).toList();
    }

    @Override
    public void link(String id, String subject) {
        transactions.with(handle -> handle.createUpdate("""
                        insert into trace_link (id, subject) values (:id, :subject) on conflict do nothing
                        """)
                .bind("id", id)
                .bind("subject", TraceLine.of(subject))
                .execute());
    }

    @Override
    public Optional<String> lookup(String id) {
        return transactions.with(handle -> TraceRows.lookup(handle, id));
    }

    /** Entries that are missing at the end are noticed by what the subject's row says; whoever changes both is not. */
    @Override
    public Optional<Long> firstBroken(String subject) {
        String line = TraceLine.of(subject);
        Optional<Head> head = head(line);
        byte[] previous = new byte[0];
        long expected = 1;
        for (Row row : rows(line)) {
            if (row.seq() != expected || !follows(line, row, previous)) {
                return Optional.of(expected);
            }
            previous = row.hash();
            expected++;
        }
        long whole = expected - 1;
        boolean complete = head.map(Head::seq).orElse(0L) == whole
                && Arrays.equals(head.map(Head::hash).orElseGet(() -> new byte[0]), previous);
        return complete ? Optional.empty() : Optional.of(expected);
    }

    private static boolean follows(String line, Row row, byte[] previous) {
        if (!Arrays.equals(hash(previous, row.body()), row.hash())) {
            return false;
        }
        Body body = Body.read(row.body());
        return body.subject().equals(line)
                && body.seq() == row.seq()
                && Optional.ofNullable(body.key()).equals(Optional.ofNullable(row.key()));
    }

    private Optional<Head> head(String line) {
        return transactions.with(
                handle -> handle.createQuery("select seq, hash from trace_subject where subject = :line")
                        .bind("line", line)
                        .map((row, context) -> new Head(row.getLong("seq"), row.getBytes("hash")))
                        .findOne());
    }

    private List<Row> rows(String line) {
        return transactions.with(handle -> handle.createQuery(
                        "select seq, entry_key, body, hash from trace_entry where subject = :line order by seq")
                .bind("line", line)
                .map((row, context) -> new Row(
                        row.getLong("seq"), row.getString("entry_key"), row.getString("body"), row.getBytes("hash")))
                .list());
    }

    private static TraceEntry entry(Row row) {
        return Body.read(row.body()).entry(row.hash());
    }

    private static byte[] hash(byte[] previous, String body) {
        MessageDigest digest = Sha256.begun();
        digest.update(previous);
        return digest.digest(body.getBytes(StandardCharsets.UTF_8));
    }
}
