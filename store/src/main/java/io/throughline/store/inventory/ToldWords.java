package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.StockDrift.Spot;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A system's latest word at each place, beside the ledger's, and what the comparisons before have found there. Where the ledger moves all the
 * time, the word may be of any moment from a little before it came: {@code fewest} and {@code most} are what the ledger had in all that time,
 * as far as that is what is compared.
 */
final class ToldWords {
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
                a.units as accepted,
                p.told as told_before, p.ledger as ledger_before, p.observed_at as observed_before,
                coalesce(p.times, 0) as times,
                greatest(0, span.fewest) as fewest, greatest(0, span.most) as most, coalesce(b.reserved, 0) as reserved
            from latest l
            left join lateral (select m.net, m.recorded_at from stock_movement m
                where m.sku = l.sku and m.facility = l.facility and m.measure = l.measure
                order by m.ordinal desc limit 1) head on true
            left join stock_balance b on b.sku = l.sku and b.facility = l.facility and l.measure = 'ON_HAND'
            left join stock_difference_accepted a on (a.source, a.sku, a.facility, a.measure)
                = (l.source, l.sku, l.facility, l.measure)
            left join stock_apart p on (p.source, p.sku, p.facility, p.measure)
                = (l.source, l.sku, l.facility, l.measure)
            left join lateral (
                select least(coalesce(earlier.net, 0), min(m.net)) as fewest,
                    greatest(coalesce(earlier.net, 0), max(m.net)) as most
                from (values (1)) one
                left join lateral (select e.net, e.ordinal from stock_movement e
                    where e.sku = l.sku and e.facility = l.facility and e.measure = l.measure
                        and e.recorded_at <= greatest(l.recorded_at - interval '1 minute', :since)
                    order by e.ordinal desc limit 1) earlier on true
                left join stock_movement m on m.sku = l.sku and m.facility = l.facility and m.measure = l.measure
                    and m.ordinal > coalesce(earlier.ordinal, 0)
                group by earlier.net) span
                on l.units not between greatest(0, coalesce(head.net, 0) - coalesce(b.reserved, 0))
                    and greatest(0, coalesce(head.net, 0))
            order by l.sku, l.facility, l.measure
            """;

    static final String HERE = "sku = :sku and facility = :facility and measure = :measure";
    static final String AFTER = "(sku, facility, measure) > (:sku, :facility, :measure)";

    private final ReckonedBundles bundles;

    ToldWords(ReckonedBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * {@code lasting} is by how much it differs from everything that the ledger had meanwhile; empty: it was right at some moment. {@code before}
     * is what the comparisons before have found, with how often on end.
     */
    record Word(
            Discrepancy difference,
            Optional<Discrepancy> lasting,
            boolean apart,
            boolean begun,
            boolean reckoned,
            Instant spokenAt,
            OptionalInt accepted,
            Optional<Discrepancy> before,
            int times) {
        Spot spot() {
            return new Spot(difference.place(), difference.measure());
        }

        boolean isAccepted() {
            return accepted.isPresent() && accepted.getAsInt() == difference.told() - difference.ledger();
        }

        /** Empty where both agree, or did so lately. What is reckoned changes with every claim, of which no instant is known: it is never quiet. */
        Optional<Parting> parting(Instant quietSince) {
            boolean quiet = !reckoned && spokenAt.isBefore(quietSince);
            return (quiet ? Optional.of(difference) : lasting)
                    .filter(found -> apart && !isAccepted())
                    .map(found -> Parting.first(found, quiet, begun && !reckoned, reckoned))
                    .map(first ->
                            before.map(nearest -> first.after(nearest, times)).orElse(first));
        }

        private Word reckoned(int ledger) {
            Discrepancy apart = from(ledger);
            return new Word(
                    apart,
                    Optional.of(apart),
                    difference.told() != ledger,
                    begun,
                    true,
                    spokenAt,
                    accepted,
                    before,
                    times);
        }

        private Discrepancy from(int ledger) {
            return new Discrepancy(
                    difference.system(),
                    difference.facility(),
                    difference.sku(),
                    difference.measure(),
                    difference.told(),
                    ledger,
                    difference.observedAt());
        }

        /**
         * {@code fewest} to {@code most} is what the ledger had, of which {@code reserved} may have left already: what is less by just these is not
         * certain to be missing. A difference that was accepted is none from any of these.
         */
        private Word ranging(int fewest, int most, int reserved) {
            int told = difference.told();
            int least = Math.max(0, fewest - reserved);
            int right = told - accepted.orElse(0);
            boolean late = (told >= least && told <= most) || (right >= least && right <= most);
            Optional<Discrepancy> beyond = late ? Optional.empty() : Optional.of(from(told > most ? most : least));
            return new Word(difference, beyond, apart, begun, reckoned, spokenAt, accepted, before, times);
        }
    }

    /**
     * The words after a place, in the order of their names; what is told of a bundle with which nothing is compared is not apart. What the
     * ledger had before {@code since} excuses no word.
     */
    List<Word> after(Handle handle, AccountId account, Map<String, Object> position, Instant since, int most) {
        return with(
                handle,
                account,
                handle.createQuery(WORDS.formatted(AFTER))
                        .bindMap(position)
                        .bind("source", account.value())
                        .bind("since", Columns.at(since))
                        .bind("most", most)
                        .map((row, context) -> word(row))
                        .list());
    }

    /** How far they are apart at one place just now; empty: they aren't. */
    Optional<Discrepancy> apartAt(Handle handle, AccountId account, StockSubject place, Measure measure) {
        List<Word> words = at(handle.createQuery(WORDS.formatted(HERE)), place, measure)
                .bind("source", account.value())
                .bind("since", Columns.at(Instant.EPOCH))
                .bind("most", 1)
                .map((row, context) -> word(row))
                .list();
        return with(handle, account, words).stream()
                .filter(Word::apart)
                .map(Word::difference)
                .findFirst();
    }

    private List<Word> with(Handle handle, AccountId account, List<Word> words) {
        Map<StockSubject, Integer> levels = bundles.levels(
                handle,
                account,
                words.stream().map(word -> word.difference().place()).toList());
        return words.stream().map(word -> withBundle(word, levels)).toList();
    }

    private Word withBundle(Word word, Map<StockSubject, Integer> levels) {
        Discrepancy difference = word.difference();
        if (!bundles.isBundle(difference.sku())) {
            return word;
        }
        int told = difference.told();
        return word.reckoned(
                difference.measure() == Measure.ON_HAND ? levels.getOrDefault(difference.place(), told) : told);
    }

    private static Word word(ResultSet row) throws SQLException {
        int accepted = row.getInt("accepted");
        boolean unaccepted = row.wasNull();
        int times = row.getInt("times");
        Word word = new Word(
                discrepancy(row, "units", "ledger", "observed_at"),
                Optional.empty(),
                row.getBoolean("apart"),
                row.getBoolean("begun"),
                false,
                Columns.instant(row, "spoken_at"),
                unaccepted ? OptionalInt.empty() : OptionalInt.of(accepted),
                times == 0
                        ? Optional.empty()
                        : Optional.of(discrepancy(row, "told_before", "ledger_before", "observed_before")),
                times);
        return word.apart() ? word.ranging(row.getInt("fewest"), row.getInt("most"), row.getInt("reserved")) : word;
    }

    private static Discrepancy discrepancy(ResultSet row, String told, String ledger, String observedAt)
            throws SQLException {
        return new Discrepancy(
                row.getString("source"),
                new FacilityId(row.getString("facility")),
                Sku.of(row.getString("sku")),
                Measure.valueOf(row.getString("measure")),
                row.getInt(told),
                row.getInt(ledger),
                Columns.instant(row, observedAt));
    }

    static <S extends SqlStatement<S>> S at(S statement, StockSubject place, Measure measure) {
        return statement
                .bind("sku", place.sku().value())
                .bind("facility", place.facility().value())
                .bind("measure", measure);
    }
}
