package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.ToldWords.Word;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/**
 * Compares what systems said last with the ledger, in PostgreSQL: by one walk along the index of latest words, in parts that are over soon.
 */
public final class PostgresDrift implements StockDrift {
    private static final int PAGE = 1_000;

    /** No name is before the empty one. */
    private static final Map<String, Object> BEGINNING = Map.of("sku", "", "facility", "", "measure", "");

    private final Transactions transactions;
    private final ToldWords words;
    private final DriftStories stories;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresDrift(
            Transactions transactions, StockRules rules, ShownPlaces shown, TraceWriter trace, Clock clock) {
        ReckonedBundles bundles = new ReckonedBundles(rules, shown);
        this.transactions = transactions;
        this.words = new ToldWords(bundles);
        this.stories = new DriftStories(bundles::partsOf);
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Page next(AccountId account, Instant quietSince) {
        List<Word> next =
                transactions.with(handle -> words.after(handle, account, position(handle, account), quietSince, PAGE));
        return new Page(
                next.stream().flatMap(word -> word.parting(quietSince).stream()).toList(),
                next.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(next.getLast().spot()));
    }

    /** Where the last page ended. */
    private static Map<String, Object> position(Handle handle, AccountId account) {
        return handle.createQuery("select sku, facility, measure from stock_comparison where source = :source")
                .bind("source", account.value())
                .mapToMap()
                .findOne()
                .orElse(BEGINNING);
    }

    @Override
    public void passed(AccountId account, Page page, Collection<Spot> mended) {
        transactions.run(handle -> {
            forget(handle, account, page);
            keep(
                    handle,
                    page.apart().stream()
                            .filter(parting -> !mended.contains(parting.spot()))
                            .toList());
            page.upTo()
                    .ifPresentOrElse(
                            spot -> ToldWords.at(handle.createUpdate("""
                                                    insert into stock_comparison (source, sku, facility, measure)
                                                    values (:source, :sku, :facility, :measure)
                                                    on conflict (source) do update set sku = excluded.sku,
                                                        facility = excluded.facility, measure = excluded.measure
                                                    """), spot.place(), spot.measure())
                                    .bind("source", account.value())
                                    .execute(),
                            () -> handle.execute("delete from stock_comparison where source = ?", account.value()));
        });
    }

    /** What was apart before in this part of all places. */
    private static void forget(Handle handle, AccountId account, Page page) {
        String end =
                page.upTo().isEmpty() ? "" : " and (sku, facility, measure) <= (:lastSku, :lastFacility, :lastMeasure)";
        Update delete = handle.createUpdate(
                        "delete from stock_apart where source = :source and " + ToldWords.AFTER + end)
                .bindMap(position(handle, account))
                .bind("source", account.value());
        page.upTo()
                .ifPresent(spot -> delete.bind("lastSku", spot.place().sku().value())
                        .bind("lastFacility", spot.place().facility().value())
                        .bind("lastMeasure", spot.measure()));
        delete.execute();
    }

    private static void keep(Handle handle, List<Parting> apart) {
        if (apart.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into stock_apart (source, sku, facility, measure, told, ledger, observed_at, times)
                values (:source, :sku, :facility, :measure, :told, :ledger, :observedAt, :times)
                on conflict (source, sku, facility, measure) do update set told = excluded.told,
                    ledger = excluded.ledger, observed_at = excluded.observed_at, times = excluded.times
                """);
        apart.forEach(
                parting -> ToldWords.at(batch, parting.place(), parting.found().measure())
                        .bind("source", parting.found().system())
                        .bind("told", parting.nearest().told())
                        .bind("ledger", parting.nearest().ledger())
                        .bind("observedAt", Columns.at(parting.nearest().observedAt()))
                        .bind("times", parting.times())
                        .add());
        batch.execute();
    }

    @Override
    public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
        return transactions.with(handle -> words.apartAt(handle, account, place, measure));
    }

    /** By the names of adjustments that follow a word, and of those that bear what is missing. */
    @Override
    public boolean isAdjustedSince(Discrepancy word) {
        return transactions.with(
                handle -> ToldWords.at(handle.createQuery("""
                                select exists (select from stock_movement
                                    where %s and kind = 'ADJUSTMENT' and occurred_at > :saidAt
                                        and (source, split_part(source_id, '/', 1))
                                            in ((:own, 'drift'), (:people, 'case')))
                                """.formatted(ToldWords.HERE)), word.place(), word.measure())
                        .bind("saidAt", Columns.at(word.observedAt()))
                        .bind("own", StockSource.OWN)
                        .bind("people", StockSource.PEOPLE)
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void accept(Discrepancy apart) {
        transactions.run(handle -> ToldWords.at(handle.createUpdate("""
                                insert into stock_difference_accepted (source, sku, facility, measure, units, accepted_at)
                                values (:source, :sku, :facility, :measure, :units, :now)
                                on conflict (source, sku, facility, measure) do update set
                                    units = excluded.units, accepted_at = excluded.accepted_at
                                """), apart.place(), apart.measure())
                .bind("source", apart.system())
                .bind("units", apart.told() - apart.ledger())
                .bind("now", Columns.at(clock.instant()))
                .execute());
    }

    @Override
    public List<Case> settled(AccountId account) {
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
                .toList());
    }

    private boolean isSettled(Handle handle, Case open) {
        Optional<DriftStep> step = DriftStep.of(open.step());
        Optional<StockSubject> place = StockSubject.of(open.subject());
        return step.isPresent()
                && place.isPresent()
                && words.apartAt(
                                handle,
                                step.get().account(),
                                place.get(),
                                step.get().measure())
                        .isEmpty();
    }

    @Override
    public String story(Discrepancy apart) {
        return transactions.with(handle -> stories.story(handle, apart));
    }

    @Override
    public void note(Discrepancy apart) {
        transactions.run(handle -> trace.append(
                handle,
                apart.place().toString(),
                "apart/%s/%s/%s/%s".formatted(apart.system(), apart.measure(), apart.observedAt(), apart.ledger()),
                "stock.apart",
                apart.system() + " tells of " + apart.told() + ", the ledger of " + apart.ledger()
                        + ": within the tolerance",
                Map.of(
                        "account",
                        apart.system(),
                        "measure",
                        apart.measure().name(),
                        "told",
                        Integer.toString(apart.told()),
                        "ledger",
                        Integer.toString(apart.ledger())),
                List.of()));
    }
}
