package io.throughline.store.rebuild;

import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuild;
import io.throughline.domain.rebuild.Rebuilds;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.rebuild.Derivation.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A turn is one transaction: what it has mended, what it has counted, and from where the next one goes on. */
public final class PostgresRebuilds implements Rebuilds {
    private static final String LINE = "recovery/rebuild";
    private static final int MOST_TOLD = 20;
    private static final String SELECT = """
            select number, model, asked_by, asked_at, facts, part, after, checked, differed, mended, apart, ended_at from rebuild
            """;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Map<ReadModel, Derivation> derivations;
    private final Clock clock;

    public PostgresRebuilds(
            Transactions transactions, TraceWriter trace, Map<ReadModel, Derivation> derivations, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.derivations = Map.copyOf(derivations);
        this.clock = clock;
    }

    private record Row(long number, int part, String after, Rebuild rebuild) {}

    @Override
    public Rebuild ask(ReadModel model, String actor) {
        return transactions.in(handle -> {
            boolean isNew = handle.createUpdate("""
                            insert into rebuild (model, asked_by, asked_at, facts)
                            select :model, :actor, :now, coalesce(sum(greatest(0, c.reltuples)), 0)
                            from unnest(cast(:tables as regclass[])) as facts (told) join pg_class c on c.oid = facts.told
                            on conflict (model) where ended_at is null do nothing
                            """)
                            .bind("model", model)
                            .bind("actor", actor)
                            .bind("now", Columns.at(clock.instant()))
                            .bindArray("tables", String.class, of(model).parts())
                            .execute()
                    == 1;
            Rebuild asked = newest(handle, model).orElseThrow().rebuild();
            if (isNew) {
                trace.append(
                        handle,
                        LINE,
                        "recovery.rebuild-asked",
                        model.word() + (model.isMended() ? " is made anew" : " is compared"),
                        Map.of("actor", actor, "model", model.word()));
            }
            return asked;
        });
    }

    @Override
    public Optional<Rebuild> latest(ReadModel model) {
        return transactions.with(handle -> newest(handle, model).map(Row::rebuild));
    }

    private static Optional<Row> newest(Handle handle, ReadModel model) {
        return handle.createQuery(SELECT + "where model = :model order by number desc limit 1")
                .bind("model", model)
                .map((row, context) -> map(row))
                .findOne();
    }

    @Override
    public List<ReadModel> underWay() {
        return transactions.with(
                handle -> handle.createQuery("select model from rebuild where ended_at is null order by number")
                        .map((row, context) -> ReadModel.valueOf(row.getString("model")))
                        .list());
    }

    @Override
    public boolean turn(ReadModel model) {
        return transactions.in(handle ->
                mine(handle, model).map(row -> !isLast(handle, row, of(model))).orElse(false));
    }

    private static Optional<Row> mine(Handle handle, ReadModel model) {
        return handle.createQuery(SELECT + "where model = :model and ended_at is null for no key update skip locked")
                .bind("model", model)
                .map((row, context) -> map(row))
                .findOne();
    }

    private boolean isLast(Handle handle, Row row, Derivation derivation) {
        Turn turn = derivation.turn(handle, row.part(), row.after(), clock.instant());
        boolean partOver = turn.last().isEmpty();
        boolean over = partOver && row.part() + 1 >= derivation.parts().size();
        Rebuild now = handle.createQuery("""
                        update rebuild set part = :part, after = :after, checked = checked + :checked,
                            differed = differed + :differed, mended = mended + :mended,
                            apart = cast(:apart as text[]),
                            ended_at = case when :over then cast(:now as timestamptz) end
                        where number = :number
                        returning *
                        """)
                .bind("part", partOver ? row.part() + 1 : row.part())
                .bind("after", turn.last().orElse(""))
                .bind("checked", turn.checked())
                .bind("differed", turn.apart().size())
                .bind("mended", turn.mended())
                .bindArray("apart", String.class, told(row.rebuild().apart(), turn.apart()))
                .bind("over", over)
                .bind("now", Columns.at(clock.instant()))
                .bind("number", row.number())
                .map((updated, context) -> map(updated))
                .one()
                .rebuild();
        if (over) {
            tell(handle, now);
        }
        return over;
    }

    private static List<String> told(List<String> before, List<String> now) {
        return Stream.concat(before.stream(), now.stream()).limit(MOST_TOLD).toList();
    }

    private void tell(Handle handle, Rebuild over) {
        trace.append(
                handle,
                LINE,
                "recovery.rebuilt",
                over.model().word() + ": " + over.differed() + " differed, " + over.mended() + " were mended",
                Map.of(
                        "model", over.model().word(),
                        "checked", Long.toString(over.checked()),
                        "differed", Long.toString(over.differed()),
                        "mended", Long.toString(over.mended())));
    }

    private Derivation of(ReadModel model) {
        return Objects.requireNonNull(derivations.get(model), model.name());
    }

    private static Row map(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("number"),
                row.getInt("part"),
                row.getString("after"),
                new Rebuild(
                        ReadModel.valueOf(row.getString("model")),
                        row.getString("asked_by"),
                        Columns.instant(row, "asked_at"),
                        row.getLong("facts"),
                        row.getLong("checked"),
                        row.getLong("differed"),
                        row.getLong("mended"),
                        List.of((String[]) row.getArray("apart").getArray()),
                        Columns.optionalInstant(row, "ended_at")));
    }
}
