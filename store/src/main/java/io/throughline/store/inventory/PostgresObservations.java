package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.retention.Aged;
import io.throughline.store.internal.AgedRows;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other systems say and what we told them, in PostgreSQL. */
public final class PostgresObservations implements StockObservations {
    /** Whoever reserves waits for a booking's transaction. */
    private static final int BOOKED_TOGETHER = 25;

    private final Transactions transactions;
    private final InventoryLedger ledger;
    private final StockAuthorities authorities;
    private final Clock clock;

    public PostgresObservations(
            Transactions transactions, InventoryLedger ledger, StockAuthorities authorities, Clock clock) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** What systems have told, but for the last word of each. */
    public static Aged words(Transactions transactions) {
        return new AgedRows(transactions, Observations.FORGET_WORDS);
    }

    /** What was told to systems, but for the last of each place. */
    public static Aged publications(Transactions transactions) {
        return new AgedRows(transactions, Observations.FORGET_PUBLICATIONS);
    }

    @Override
    public List<Booking> observe(List<Level> levels) {
        Booking[] bookings = new Booking[levels.size()];
        for (List<Integer> wave : ToldLevels.waves(levels)) {
            Instant now = clock.instant();
            List<ToldLevels.Told> told = wave.stream()
                    .map(index -> new ToldLevels.Told(levels.get(index), moves(levels.get(index))))
                    .toList();
            List<ToldLevels.Kept> kept = transactions.in(handle -> ToldLevels.keep(handle, told, now));
            List<Integer> counts = new ArrayList<>();
            for (int i = 0; i < wave.size(); i++) {
                bookings[wave.get(i)] = kept.get(i).booking();
                if (kept.get(i).counts()) {
                    counts.add(wave.get(i));
                }
            }
            book(levels, counts, bookings);
            heard(told, now);
            said(
                    wave.stream()
                            .filter(index -> bookings[index].verdict() == Verdict.OBSERVED)
                            .map(levels::get)
                            .toList(),
                    now);
        }
        return List.of(bookings);
    }

    /** What is new, and no publication of ours that has come back, has happened on the shelf itself. */
    private void said(List<Level> news, Instant now) {
        bySystem(news.stream().filter(level -> speaksFor(level.source(), level.facility())))
                .forEach((system, facilities) ->
                        transactions.run(handle -> FacilityWords.said(handle, system, facilities, now)));
    }

    private boolean speaksFor(StockSource source, FacilityId facility) {
        return authorities.isMovedBy(source.system(), facility, Measure.ON_HAND);
    }

    private static Map<String, Set<FacilityId>> bySystem(Stream<Level> levels) {
        return levels.collect(Collectors.groupingBy(
                level -> level.source().system(),
                TreeMap::new,
                Collectors.mapping(Level::facility, Collectors.toSet())));
    }

    private void book(List<Level> levels, List<Integer> counts, Booking[] bookings) {
        for (int from = 0; from < counts.size(); from += BOOKED_TOGETHER) {
            List<Integer> together = counts.subList(from, Math.min(counts.size(), from + BOOKED_TOGETHER));
            List<Booking> booked = ledger.record(
                    together.stream().map(index -> count(levels.get(index))).toList());
            for (int i = 0; i < together.size(); i++) {
                bookings[together.get(i)] = booked.get(i);
            }
        }
    }

    private static Movement count(Level level) {
        return new Movement(
                level.source(),
                level.facility(),
                level.sku(),
                level.measure(),
                Movement.Kind.COUNT,
                level.units(),
                Optional.empty(),
                level.observedAt());
    }

    private void heard(List<ToldLevels.Told> told, Instant now) {
        bySystem(told.stream().map(ToldLevels.Told::level))
                .forEach((system, facilities) ->
                        transactions.run(handle -> Feeds.heard(handle, system, facilities, now)));
    }

    @Override
    public Booking keep(Movement movement) {
        Instant now = clock.instant();
        Booking kept = transactions.with(handle -> Observations.keep(handle, movement, now));
        transactions.run(handle -> Feeds.heard(handle, movement.source().system(), movement.facility(), now));
        if (kept.verdict() == Verdict.OBSERVED && speaksFor(movement.source(), movement.facility())) {
            transactions.run(
                    handle -> FacilityWords.said(handle, movement.source().system(), movement.facility(), now));
        }
        return kept;
    }

    @Override
    public void heardFrom(AccountId account, Collection<FacilityId> facilities) {
        Instant now = clock.instant();
        transactions.run(handle -> {
            Feeds.heard(handle, account.value(), facilities, now);
            FacilityWords.begin(handle, account.value(), facilities, now);
        });
    }

    @Override
    public Set<StockSource> unheard(Collection<StockSource> told) {
        return transactions.with(handle -> Observations.unheard(handle, told));
    }

    private boolean moves(Level level) {
        StockAuthorities.Authority authority = authorities.of(level.facility(), level.measure());
        return authority.basis() == Basis.LEVELS
                && authority.system().equals(level.source().system());
    }

    @Override
    public long publish(AccountId account, FacilityId facility, Sku sku, Measure measure, int units) {
        return transactions.in(
                handle -> Observations.publish(handle, account, facility, sku, measure, units, clock.instant()));
    }

    @Override
    public void observeBooks(AccountId erp, Collection<ErpStock.OnHand> onHand) {
        Map<FacilityId, Map<Sku, Integer>> byFacility = onHand.stream()
                .collect(Collectors.groupingBy(
                        ErpStock.OnHand::facility,
                        Collectors.toMap(ErpStock.OnHand::sku, ErpStock.OnHand::units, Integer::sum)));
        byFacility.forEach((facility, units) ->
                transactions.run(handle -> Observations.keepBooks(handle, erp, facility, units, clock.instant())));
    }
}
