package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.io.Serial;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Cycle counts, in PostgreSQL. What a count would change is known by booking it; beyond the tolerance that is taken back. */
public final class PostgresCycleCounts implements CycleCounts {
    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final StockAuthorities authorities;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresCycleCounts(
            Transactions transactions,
            PostgresInventory inventory,
            StockAuthorities authorities,
            CaseWriter cases,
            Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.authorities = authorities;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public Outcome take(StockSubject place, CountStep count, OptionalInt tolerance) {
        Outcome outcome = taken(place, count, tolerance);
        if (outcome.verdict() != Verdict.CONFLICT) {
            transactions.run(
                    handle -> FacilityWords.said(handle, StockSource.PEOPLE, place.facility(), clock.instant()));
        }
        return outcome;
    }

    private Outcome taken(StockSubject place, CountStep count, OptionalInt tolerance) {
        if (transactions.with(handle -> contradicts(handle, place, count))) {
            return new Outcome(Verdict.CONFLICT, 0, Optional.empty());
        }
        try {
            Booking booking = transactions.in(handle -> book(handle, count.at(place), tolerance));
            Verdict verdict = verdict(booking);
            if (verdict == Verdict.BOOKED) {
                endEarlier(place, count);
            }
            return new Outcome(verdict, booking.change(), Optional.empty());
        } catch (TooFarApart apart) {
            return new Outcome(Verdict.HELD_BACK, apart.change, Optional.of(show(place, count, apart.change)));
        }
    }

    private Booking book(Handle handle, Movement count, OptionalInt tolerance) {
        Booking booking = inventory.bookOrKeep(handle, List.of(count)).getFirst();
        if (tolerance.isPresent() && Math.abs((long) booking.change()) > tolerance.getAsInt()) {
            throw new TooFarApart(booking.change());
        }
        return booking;
    }

    /** Takes the transaction back. */
    private static final class TooFarApart extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int change;

        TooFarApart(int change) {
            super("a count changes the stock by " + change, null, false, false);
            this.change = change;
        }
    }

    private static Verdict verdict(Booking booking) {
        return switch (booking.verdict()) {
            case BOOKED -> Verdict.BOOKED;
            case COVERED -> Verdict.COVERED;
            case KNOWN -> Verdict.KNOWN;
            case OBSERVED, ECHO -> throw new IllegalStateException("what people count is booked");
        };
    }

    private CaseId show(StockSubject place, CountStep count, int change) {
        Discrepancy apart = new Discrepancy(
                StockSource.PEOPLE,
                place.facility(),
                place.sku(),
                Measure.ON_HAND,
                count.units(),
                count.units() - change,
                count.countedAt());
        return transactions.in(handle -> {
            Observations.keep(handle, count.at(place), clock.instant());
            return cases.open(
                            handle,
                            AccountId.of(authorities
                                    .of(place.facility(), Measure.ON_HAND)
                                    .system()),
                            place.toString(),
                            count.toString(),
                            FailureCode.STOCK_DISCREPANCY,
                            "People counted " + apart.told() + ", where the ledger had " + apart.ledger() + " (count "
                                    + count.countId() + " at " + count.countedAt() + "). "
                                    + DriftStories.plain().story(handle, apart))
                    .id();
        });
    }

    private void endEarlier(StockSubject place, CountStep count) {
        transactions.run(handle -> current(handle, place).stream()
                .filter(open -> open.status() == CaseStatus.OPEN)
                .filter(open -> CountStep.of(open.step())
                        .filter(earlier -> !earlier.countedAt().isAfter(count.countedAt()))
                        .isPresent())
                .forEach(open -> cases.close(handle, open.id(), "it was counted again: " + count.units())));
    }

    /** Whether the same count has said something else before, be it believed or not. */
    private static boolean contradicts(Handle handle, StockSubject place, CountStep count) {
        StockSource source = count.at(place).source();
        boolean booked = handle.createQuery("""
                        select exists (select from stock_movement
                            where source = :source and source_id = :id and part = 0
                                and (stated, occurred_at) <> (:units, cast(:at as timestamptz)))
                        """)
                .bind("source", source.system())
                .bind("id", source.id())
                .bind("units", count.units())
                .bind("at", Columns.at(count.countedAt().truncatedTo(ChronoUnit.MICROS)))
                .mapTo(Boolean.class)
                .one();
        return booked
                || current(handle, place).stream()
                        .flatMap(open -> CountStep.of(open.step()).stream())
                        .anyMatch(open -> open.countId().equals(count.countId()) && !open.equals(count));
    }

    private static List<Case> current(Handle handle, StockSubject place) {
        return handle.createQuery(CaseRows.SELECT + "where subject = :subject and status <> 'CLOSED' order by number")
                .bind("subject", place.toString())
                .map(CaseRows::map)
                .list();
    }

    @Override
    public void believe(StockSubject place, CountStep count, CaseId reason) {
        transactions.run(handle -> {
            inventory.bookOrKeep(handle, List.of(count.at(place)));
            cases.close(handle, reason, "the count was believed");
        });
    }
}
