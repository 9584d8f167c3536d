package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.StockTelling.Line;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code stock_telling} and {@code stock_telling_line}: an account has one call in hand at most. */
final class Tellings {
    private Tellings() {}

    static Optional<StockTelling> find(Handle handle, AccountId account) {
        List<Line> lines = handle.createQuery("""
            select * from stock_telling_line where account = :account order by position
            """)
                .bind("account", account.value())
                .map((row, context) -> new Line(
                        new StockSubject(new FacilityId(row.getString("facility")), Sku.of(row.getString("sku"))),
                        row.getString("item"),
                        ShownState.valueOf(row.getString("state")),
                        row.getInt("from_units"),
                        row.getInt("to_units"),
                        row.getLong("ordinal"),
                        row.getInt("net"),
                        row.getInt("owed"),
                        row.getLong("version")))
                .list();
        return handle.select("select number, made_at from stock_telling where account = ?", account.value())
                .map((row, context) ->
                        new StockTelling(account, row.getLong("number"), Columns.instant(row, "made_at"), lines))
                .findOne();
    }

    /** Fails when the account has one in hand already: two that plan at a time don't both get to tell. */
    static StockTelling prepare(Handle handle, AccountId account, List<Line> wanted, Instant now) {
        long number = handle.select(
                        "insert into stock_telling (account, made_at) values (?, ?) returning number",
                        account.value(),
                        Columns.at(now))
                .mapTo(Long.class)
                .one();
        List<Line> lines = new ArrayList<>();
        wanted.forEach(line -> lines.add(measure(line.state())
                .map(measure -> line.publishedAs(Observations.publish(
                        handle, account, line.place().facility(), line.place().sku(), measure, line.to(), now)))
                .orElse(line)));
        insert(handle, account, lines);
        return new StockTelling(account, number, now.truncatedTo(ChronoUnit.MICROS), lines);
    }

    private static void insert(Handle handle, AccountId account, List<Line> lines) {
        PreparedBatch batch = handle.prepareBatch("""
            insert into stock_telling_line
                (account, position, sku, facility, item, state, from_units, to_units, ordinal, net, owed,
                version)
            values (:account, :position, :sku, :facility, :item, :state, :from, :to, :ordinal, :net, :owed, :version)
            """);
        for (int position = 0; position < lines.size(); position++) {
            Line line = lines.get(position);
            batch.bind("account", account.value())
                    .bind("position", position)
                    .bind("sku", line.place().sku().value())
                    .bind("facility", line.place().facility().value())
                    .bind("item", line.item())
                    .bind("state", line.state())
                    .bind("from", line.from())
                    .bind("to", line.to())
                    .bind("ordinal", line.ordinal())
                    .bind("net", line.net())
                    .bind("owed", line.owed())
                    .bind("version", line.version())
                    .add();
        }
        batch.execute();
    }

    /** What we have reserved is no statement that a system could repeat to us. */
    private static Optional<Measure> measure(ShownState state) {
        return switch (state) {
            case ON_HAND -> Optional.of(Measure.ON_HAND);
            case SAFETY_STOCK -> Optional.of(Measure.SAFETY_STOCK);
            case RESERVED -> Optional.empty();
        };
    }

    static boolean sending(Handle handle, StockTelling telling) {
        boolean before = handle.select(
                        "select sent from stock_telling where account = ? and number = ? for no key update",
                        telling.account().value(),
                        telling.number())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true);
        mark(handle, telling, true);
        return before;
    }

    static void notSent(Handle handle, StockTelling telling) {
        mark(handle, telling, false);
    }

    private static void mark(Handle handle, StockTelling telling, boolean sent) {
        handle.execute(
                "update stock_telling set sent = ? where account = ? and number = ?",
                sent,
                telling.account().value(),
                telling.number());
    }

    /** False: somebody else has settled it. */
    static boolean remove(Handle handle, StockTelling telling) {
        return handle.execute(
                        "delete from stock_telling where account = ? and number = ?",
                        telling.account().value(),
                        telling.number())
                == 1;
    }
}
