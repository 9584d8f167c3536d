package io.throughline.store.finance;

import io.throughline.domain.finance.Journal;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockCompanies;
import io.throughline.domain.inventory.StockCompanies.Books;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what the ledger adjusts where an ERP keeps the books of the stock and does not move it, each with the journal that it is expected to come
 * to, in the transaction that adjusts and under the lock of the balance. What a unit costs is what the cost of goods is taken at.
 */
public final class AdjustmentLedger {
    private final TraceWriter trace;
    private final StockCompanies companies;

    public AdjustmentLedger(TraceWriter trace, StockCompanies companies) {
        this.trace = trace;
        this.companies = companies;
    }

    /** By that movement, {@code units} are found (positive) or lost at a place, also at the one of which an earlier version spoke, as of {@code at}. */
    public void follow(Handle handle, StockSubject place, Movement movement, int units, Instant at, Instant now) {
        companies.of(place.facility()).ifPresent(books -> keep(handle, books, place, movement, units, at, now));
    }

    private void keep(
            Handle handle, Books books, StockSubject place, Movement movement, int units, Instant at, Instant now) {
        LocalDate date = books.businessDate(now);
        boolean costTaken = CostLedger.isTakenBy(movement);
        Optional<Cost> cost = cost(handle, place);
        long number = insert(handle, books, place, movement, new Adjusted(units, at, now, date, costTaken, cost));
        Optional<Money> worth = cost.map(one -> one.of(Math.abs(units)));
        worth.filter(money -> money.isPositive() && !costTaken)
                .ifPresent(money -> expect(handle, number, place, date, units < 0 ? money : money.negated(), now));
        if (worth.isEmpty()) {
            tellUnvalued(handle, number, place, units);
        }
    }

    private record Adjusted(
            int units, Instant at, Instant now, LocalDate date, boolean costTaken, Optional<Cost> cost) {}

    private record Cost(BigDecimal ofUnit, CurrencyCode currency) {
        Money of(int units) {
            return Money.rounded(ofUnit.multiply(BigDecimal.valueOf(units)), currency);
        }
    }

    private static Optional<Cost> cost(Handle handle, StockSubject place) {
        return handle.createQuery(CostLedger.COSTS_NOW + "select amount, currency from cost where amount is not null")
                .bind("sku", place.sku().value())
                .map((row, context) ->
                        new Cost(row.getBigDecimal("amount"), CurrencyCode.of(row.getString("currency"))))
                .findOne();
    }

    private static long insert(Handle handle, Books books, StockSubject place, Movement movement, Adjusted adjusted) {
        return handle.createQuery("""
            with kept as (
                insert into stock_adjustment (company, facility, sku, units, unit_cost, currency, worth, cost_taken, reason,
                    source, source_id, version, business_date, occurred_at, recorded_at)
                values (:company, :facility, :sku, :units, :cost, :currency, :worth, :costTaken, :reason,
                    :source, :sourceId, :version, :date, :at, :now)
                returning number, company, facility, business_date),
            waiting as (
                insert into stock_adjustment_waiting (adjustment, company, facility, business_date)
                select number, company, facility, business_date from kept)
            select number from kept
            """)
                .bind("company", books.company().value())
                .bind("facility", place.facility().value())
                .bind("sku", place.sku().value())
                .bind("units", adjusted.units())
                .bind("cost", adjusted.cost().map(Cost::ofUnit).orElse(null))
                .bind(
                        "currency",
                        adjusted.cost().map(cost -> cost.currency().code()).orElse(null))
                .bind(
                        "worth",
                        adjusted.cost()
                                .map(cost -> cost.of(Math.abs(adjusted.units())).minor())
                                .orElse(null))
                .bind("costTaken", adjusted.costTaken())
                .bind("reason", movement.kind().name())
                .bind("source", movement.source().system())
                .bind("sourceId", movement.source().id())
                .bind("version", movement.source().version())
                .bind("date", adjusted.date())
                .bind("at", Columns.at(adjusted.at()))
                .bind("now", Columns.at(adjusted.now()))
                .mapTo(Long.class)
                .one();
    }

    private void expect(Handle handle, long number, StockSubject place, LocalDate date, Money lost, Instant now) {
        Journal journal = Journal.ofAdjustment("adjustment/" + number, place, date, lost);
        if (!JournalRows.insert(handle, journal, now)) {
            throw new IllegalStateException("journal " + journal.reference() + " is stored already");
        }
        PostgresJournals.traceExpected(trace, handle, journal);
    }

    /** As of the cost of goods, a wrong value is worse than none. */
    private void tellUnvalued(Handle handle, long number, StockSubject place, int units) {
        trace.append(
                handle,
                place.value(),
                "stock.adjusted-without-value",
                units
                        + " units are adjusted at a cost that nobody has told, or several differently: no journal is expected",
                Map.of("adjustment", Long.toString(number), "units", Integer.toString(units)),
                List.of());
    }
}
