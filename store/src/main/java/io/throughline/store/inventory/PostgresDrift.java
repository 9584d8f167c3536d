package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Compares what systems said last with the ledger, in PostgreSQL: by one walk along the index of latest words, in parts that are over soon.
 */
public final class PostgresDrift implements StockDrift {
    private static final int LONGEST_HISTORY = 20;
    private static final int PAGE = 1_000;

    /** The latest word at each place, beside the ledger's. */
    private static final String WORDS = """
            with latest as (
                select distinct on (sku, facility, measure) source, sku, facility, measure, units, observed_at, recorded_at
                from stock_observation
                where absolute and source = :source and %s
                order by sku, facility, measure, observed_at desc, id desc limit :most)
            select l.source, l.sku, l.facility, l.measure, l.units, coalesce(head.net, 0) as ledger, l.observed_at,
                l.units not between greatest(0, coalesce(head.net, 0) - coalesce(b.reserved, 0))
                    and greatest(0, coalesce(head.net, 0)) as apart,
                head.net is null as begun,
                greatest(l.recorded_at, head.recorded_at) as spoken_at,
                l.units - coalesce(head.net, 0) is not distinct from a.units as accepted
            from latest l
            left join lateral (select m.net, m.recorded_at from stock_movement m
                where m.sku = l.sku and m.facility = l.facility and m.measure = l.measure
                order by m.ordinal desc limit 1) head on true
            left join stock_balance b on b.sku = l.sku and b.facility = l.facility and l.measure = 'ON_HAND'
            left join stock_difference_accepted a on (a.source, a.sku, a.facility, a.measure)
                = (l.source, l.sku, l.facility, l.measure)
            order by l.sku, l.facility, l.measure
            """;

    private static final String HERE = "sku = :sku and facility = :facility and measure = :measure";
    private static final String AFTER = "(sku, facility, measure) > (:sku, :facility, :measure)";

    private final Transactions transactions;
    private final Bundles bundles;
    private final Clock clock;

    public PostgresDrift(Transactions transactions, Bundles bundles, Clock clock) {
        this.transactions = transactions;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** A system's latest word, and when it or the ledger spoke last. */
    private record Word(Discrepancy difference, boolean apart, boolean begun, Instant spokenAt, boolean accepted) {
        Spot spot() {
            return new Spot(new StockSubject(difference.facility(), difference.sku()), difference.measure());
        }
    }

    @Override
    public Page next(AccountId account, Instant quietSince) {
        List<Word> words = transactions.with(handle -> wordsAfter(handle, account));
        List<Word> apart = words.stream()
                .filter(this::isApart)
                .filter(word -> !word.accepted() && word.spokenAt().isBefore(quietSince))
                .toList();
        return new Page(
                differences(apart, word -> !word.begun()),
                differences(apart, Word::begun),
                words.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(words.getLast().spot()));
    }

    private static List<Discrepancy> differences(List<Word> words, Predicate<Word> which) {
        return words.stream().filter(which).map(Word::difference).toList();
    }

    /** No name is before the empty one. */
    private static List<Word> wordsAfter(Handle handle, AccountId account) {
        Map<String, Object> after = handle.createQuery(
                        "select sku, facility, measure from stock_comparison where source = :source")
                .bind("source", account.value())
                .mapToMap()
                .findOne()
                .orElseGet(() -> Map.of("sku", "", "facility", "", "measure", ""));
        return handle.createQuery(WORDS.formatted(AFTER))
                .bindMap(after)
                .bind("source", account.value())
                .bind("most", PAGE)
                .map((row, context) -> word(row))
                .list();
    }

    private boolean isApart(Word word) {
        return word.apart() && !bundles.isBundle(word.difference().sku());
    }

    @Override
    public void passed(AccountId account, Page page) {
        transactions.run(handle -> page.upTo()
                .ifPresentOrElse(
                        spot -> at(
                                        handle.createUpdate("""
                                                insert into stock_comparison (source, sku, facility, measure)
                                                values (:source, :sku, :facility, :measure)
                                                on conflict (source) do update set sku = excluded.sku,
                                                    facility = excluded.facility, measure = excluded.measure
                                                """),
                                        spot.place().sku(),
                                        spot.place().facility(),
                                        spot.measure())
                                .bind("source", account.value())
                                .execute(),
                        () -> handle.execute("delete from stock_comparison where source = ?", account.value())));
    }

    @Override
    public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
        return transactions.with(handle -> apartAt(handle, account, place, measure));
    }

    private Optional<Discrepancy> apartAt(Handle handle, AccountId account, StockSubject place, Measure measure) {
        return at(handle.createQuery(WORDS.formatted(HERE)), place.sku(), place.facility(), measure)
                .bind("source", account.value())
                .bind("most", 1)
                .map((row, context) -> word(row))
                .findOne()
                .filter(this::isApart)
                .map(Word::difference);
    }

    private static Word word(ResultSet row) throws SQLException {
        return new Word(
                discrepancy(row),
                row.getBoolean("apart"),
                row.getBoolean("begun"),
                Columns.instant(row, "spoken_at"),
                row.getBoolean("accepted"));
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
    public void accept(Discrepancy apart) {
        transactions.run(handle -> at(handle.createUpdate("""
                                insert into stock_difference_accepted (source, sku, facility, measure, units, accepted_at)
                                values (:source, :sku, :facility, :measure, :units, :now)
                                on conflict (source, sku, facility, measure) do update set
                                    units = excluded.units, accepted_at = excluded.accepted_at
                                """), apart.sku(), apart.facility(), apart.measure())
                .bind("source", apart.system())
                .bind("units", apart.told() - apart.ledger())
                .bind("now", Columns.at(clock.instant()))
                .execute());
    }

    @Override
    public List<CaseId> settled(AccountId account) {
        return transactions.with(handle -> handle
                .createQuery(CaseRows.SELECT + """
                        where account = :account and code = :code and status = 'OPEN' and step like 'stock.drift %'
                        """)
                .bind("account", account.value())
                .bind("code", FailureCode.STOCK_DISCREPANCY)
                .map(CaseRows::map)
                .list()
                .stream()
                .filter(open -> isSettled(handle, open))
                .map(Case::id)
                .toList());
    }

    private boolean isSettled(Handle handle, Case open) {
        Optional<DriftStep> step = DriftStep.of(open.step());
        Optional<StockSubject> place = StockSubject.of(open.subject());
        return step.isPresent()
                && place.isPresent()
                && apartAt(handle, step.get().account(), place.get(), step.get().measure())
                        .isEmpty();
    }

    @Override
    public String story(Discrepancy apart) {
        return transactions.with(handle -> story(handle, apart));
    }

    static String story(Handle handle, Discrepancy apart) {
        Instant agreed = agreed(handle, apart);
        return "The ledger since " + agreed + ": " + orNothing(movements(handle, apart, agreed)) + ". " + apart.system()
                + " since then: " + orNothing(words(handle, apart, agreed)) + ".";
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
