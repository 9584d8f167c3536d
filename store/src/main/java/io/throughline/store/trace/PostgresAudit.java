package io.throughline.store.trace;

import io.throughline.domain.trace.Audit;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.internal.TraceRows.Body;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads entries that name an actor from indexes that hold nothing else. */
public final class PostgresAudit implements Audit {
    /** As an entry's bytes have it. */
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Transactions transactions;

    public PostgresAudit(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<TraceEntry> acts(Optional<String> actor, Optional<Instant> before, int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit must be 1 to 500");
        }
        List<String> conditions = new ArrayList<>(List.of("body like '%\"actor\":\"%'"));
        actor.ifPresent(one -> conditions.add("(body::jsonb -> 'detail' ->> 'actor') = :actor"));
        before.ifPresent(end -> conditions.add("(body::jsonb ->> 'at') < :before"));
        return transactions.with(handle -> {
            Query query = handle.createQuery("select body, hash from trace_entry where "
                    + String.join(" and ", conditions) + " order by (body::jsonb ->> 'at') desc limit :limit");
            actor.ifPresent(one -> query.bind("actor", one));
            before.ifPresent(end -> query.bind("before", WRITTEN.format(end)));
            return query.bind("limit", limit)
                    .map((row, context) -> Body.read(row.getString("body")).entry(row.getBytes("hash")))
                    .list();
        });
    }
}
