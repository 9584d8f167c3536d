package io.throughline.store.measure;

import io.throughline.domain.measure.RequestTallies;
import io.throughline.domain.retention.Aged;
import io.throughline.store.internal.AgedRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How requests were answered, in PostgreSQL. Any number of processes count into the same rows. */
public final class PostgresRequestTallies implements RequestTallies {
    /** One order for all, so that two processes never wait for each other. */
    private static final Comparator<Tally> ORDER = Comparator.comparing(Tally::slot)
            .thenComparing(Tally::method)
            .thenComparing(Tally::route)
            .thenComparingInt(Tally::withinMillis)
            .thenComparing(Tally::failed);

    private final Transactions transactions;

    public PostgresRequestTallies(Transactions transactions) {
        this.transactions = transactions;
    }

    public static Aged aged(Transactions transactions) {
        return new AgedRows(transactions, """
                delete from request_tally where ctid in (
                    select ctid from request_tally where slot < :before limit :most for update skip locked)
                """);
    }

    @Override
    public void add(Collection<Tally> tallies) {
        if (tallies.isEmpty()) {
            return;
        }
        List<Tally> sorted = tallies.stream().sorted(ORDER).toList();
        transactions.run(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into request_tally as t (slot, method, route, within_ms, failed, requests)
                    values (:slot, :method, :route, :within, :failed, :requests)
                    on conflict (slot, method, route, within_ms, failed) do update
                        set requests = t.requests + excluded.requests
                    """);
            for (Tally tally : sorted) {
                batch.bind("slot", Columns.at(tally.slot()))
                        .bind("method", tally.method())
                        .bind("route", tally.route())
                        .bind("within", tally.withinMillis())
                        .bind("failed", tally.failed())
                        .bind("requests", tally.requests())
                        .add();
            }
            batch.execute();
        });
    }
}
