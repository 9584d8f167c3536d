package io.throughline.store.routing;

import io.throughline.domain.routing.PolicyActivations;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The versions and activations, in PostgreSQL. Activations are made one after the other. */
public final class PostgresPolicyActivations implements PolicyActivations {
    private static final String SELECT =
            "select number, version, kind, author, reason, actor, activated_at from routing_activation ";

    private static final String SUBJECT = "policy/routing";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresPolicyActivations(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public boolean store(String version, String text, String actor) {
        return transactions.in(handle -> {
            boolean first = handle.createUpdate("""
                insert into routing_policy (version, body, actor, stored_at)
                values (:version, :body, :actor, :now) on conflict do nothing
                """)
                            .bind("version", version)
                            .bind("body", text)
                            .bind("actor", actor)
                            .bind("now", Columns.at(clock.instant()))
                            .execute()
                    == 1;
            if (first) {
                tell(handle, "policy.handed-in", version, actor);
            }
            return text(handle, version).equals(Optional.of(text));
        });
    }

    @Override
    public Optional<String> text(String version) {
        return transactions.with(handle -> text(handle, version));
    }

    private static Optional<String> text(Handle handle, String version) {
        return handle.createQuery("select body from routing_policy where version = :version")
                .bind("version", version)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public List<Stored> stored() {
        return transactions.with(handle -> handle.createQuery(
                        "select version, actor, stored_at from routing_policy order by stored_at, version")
                .map((row, context) ->
                        new Stored(row.getString("version"), row.getString("actor"), Columns.instant(row, "stored_at")))
                .list());
    }

    @Override
    public List<Activation> all() {
        return transactions.with(handle -> handle.createQuery(SELECT + "order by number")
                .map((row, context) -> map(row))
                .list());
    }

    @Override
    public Optional<Activation> put(String version, Kind kind, Reason reason, long after) {
        return transactions.in(handle -> {
            handle.execute("lock table routing_activation in share row exclusive mode");
            Optional<Activation> newest = handle.createQuery(SELECT + "order by number desc limit 1")
                    .map((row, context) -> map(row))
                    .findOne();
            if (newest.map(Activation::number).orElse(0L) != after) {
                return Optional.empty();
            }
            Activation put = insert(handle, version, kind, reason, begins(newest));
            tell(handle, kind == Kind.ROLLBACK ? "policy.rolled-back" : "policy.activated", version, reason.actor());
            return Optional.of(put);
        });
    }

    /** Author and comment are people's own words, and not for the trace. */
    private void tell(Handle handle, String kind, String version, String actor) {
        String summary = kind + ": the routing policy " + version;
        trace.append(handle, SUBJECT, kind, summary, Map.of("actor", actor, "version", version));
    }

    /** After all others, whatever the clocks of the processes say. */
    private Instant begins(Optional<Activation> newest) {
        Instant now = clock.instant();
        return newest.map(before -> before.at().plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
    }

    private static Activation insert(Handle handle, String version, Kind kind, Reason reason, Instant at) {
        return handle.createQuery("""
            insert into routing_activation (version, kind, author, reason, actor, activated_at)
            values (:version, :kind, :author, :reason, :actor, :at)
            returning number, version, kind, author, reason, actor, activated_at
            """)
                .bind("version", version)
                .bind("kind", kind)
                .bind("author", reason.author())
                .bind("reason", reason.comment())
                .bind("actor", reason.actor())
                .bind("at", Columns.at(at))
                .map((row, context) -> map(row))
                .one();
    }

    private static Activation map(ResultSet row) throws SQLException {
        return new Activation(
                row.getLong("number"),
                row.getString("version"),
                Kind.valueOf(row.getString("kind")),
                new Reason(row.getString("author"), row.getString("reason"), row.getString("actor")),
                Columns.instant(row, "activated_at"));
    }
}
