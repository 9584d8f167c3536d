package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Compares what systems said last with the ledger, in PostgreSQL: by one walk along the index of latest words. */
public final class PostgresDrift implements StockDrift {
    private static final int LONGEST_HISTORY = 20;

    /** The latest word at each place, beside the ledger's. */
    private static final String APART = """
            with latest as (
                select distinct on (sku, facility, measure) source, sku, facility, measure, units, observed_at, recorded_at
                from stock_observation
                where absolute and source = :source %s
                order by sku, facility, measure, observed_at desc, id desc)
            select l.source, l.sku, l.facility, l.measure, l.units, coalesce(head.net, 0) as ledger, l.observed_at
            from latest l
            left join lateral (select m.net, m.recorded_at from stock_movement m
                where m.sku = l.sku and m.facility = l.facility and m.measure = l.measure
                order by m.ordinal desc limit 1) head on true
            left join stock_balance b on b.sku = l.sku and b.facility = l.facility and l.measure = 'ON_HAND'
            where l.units not between greatest(0, coalesce(head.net, 0) - coalesce(b.reserved, 0))
                    and greatest(0, coalesce(head.net, 0))
            """;

    private static final String HERE = "sku = :sku and facility = :facility and measure = :measure";

    private final Transactions transactions;

    public PostgresDrift(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Discrepancy> apart(AccountId account, Instant quietSince, int atMost) {
        return transactions.with(handle -> handle.createQuery(APART.formatted("") + """
                            and l.recorded_at < :quiet and coalesce(head.recorded_at < :quiet, true)
                        order by abs(l.units - coalesce(head.net, 0)) desc, l.sku, l.facility, l.measure limit :most
                        """)
                .bind("source", account.value())
                .bind("quiet", Columns.at(quietSince))
                .bind("most", atMost)
                .map((row, context) -> discrepancy(row))
                .list());
    }

    @Override
    public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
        return transactions.with(
                handle -> at(handle.createQuery(APART.formatted("and " + HERE)), place.sku(), place.facility(), measure)
                        .bind("source", account.value())
                        .map((row, context) -> discrepancy(row))
                        .findOne());
    }

    private static Discrepancy discrepancy(ResultSet row) throws SQLException {
        return new Discrepancy(
                row.getString("source"),
                new FacilityId(row.getString("facility")),
                Sku.of(row.getString("sku")),
                Measure.valueOf(row.getString("measure")),
                row.getInt("units"),
                row.getInt("ledger"),
                Columns.instant(row, "observed_at"));
    }

    @Override
    public String story(Discrepancy apart) {
        return transactions.with(handle -> {
            Instant agreed = agreed(handle, apart);
            return "The ledger since " + agreed + ": " + orNothing(movements(handle, apart, agreed)) + ". "
                    + apart.system() + " since then: " + orNothing(words(handle, apart, agreed)) + ".";
        });
    }

    private static String orNothing(List<String> told) {
        return told.isEmpty() ? "nothing" : String.join("; ", told);
    }

    /** When the ledger's net was last what the system had just told. */
    private static Instant agreed(Handle handle, Discrepancy apart) {
        return at(handle.createQuery("""
                        select coalesce(max(o.recorded_at), '-infinity') = '-infinity' as never, max(o.recorded_at) as agreed
                        from stock_observation o
                        where o.source = :source and o.absolute and %s
                            and o.units = greatest(0, coalesce((
                                select m.net from stock_movement m
                                where m.sku = o.sku and m.facility = o.facility and m.measure = o.measure
                                    and m.recorded_at <= o.recorded_at
                                order by m.ordinal desc limit 1), 0))
                        """.formatted(HERE)), apart.sku(), apart.facility(), apart.measure())
                .bind("source", apart.system())
                .map((row, context) -> row.getBoolean("never") ? Instant.EPOCH : Columns.instant(row, "agreed"))
                .one();
    }

    private static List<String> movements(Handle handle, Discrepancy apart, Instant agreed) {
        return at(handle.createQuery("""
                        select kind || ' ' || to_char(quantity, 'FMSG999999990') || ' ' || source || '/' || source_id
                            || ' at ' || to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as told
                        from stock_movement where %s and recorded_at > :agreed order by ordinal desc limit :most
                        """.formatted(HERE)), apart.sku(), apart.facility(), apart.measure())
                .bind("agreed", Columns.at(agreed))
                .bind("most", LONGEST_HISTORY)
                .mapTo(String.class)
                .list();
    }

    private static List<String> words(Handle handle, Discrepancy apart, Instant agreed) {
        return at(handle.createQuery("""
                        select units || case when absolute then ' there ' else ' moved ' end || source_id
                            || ' at ' || to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as told
                        from stock_observation where source = :source and %s and recorded_at > :agreed
                        order by id desc limit :most
                        """.formatted(HERE)), apart.sku(), apart.facility(), apart.measure())
                .bind("source", apart.system())
                .bind("agreed", Columns.at(agreed))
                .bind("most", LONGEST_HISTORY)
                .mapTo(String.class)
                .list();
    }

    private static <S extends SqlStatement<S>> S at(S statement, Sku sku, FacilityId facility, Measure measure) {
        return statement
                .bind("sku", sku.value())
                .bind("facility", facility.value())
                .bind("measure", measure);
    }
}
