package io.throughline.store.sale;

import io.throughline.domain.money.Money;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreSale;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The days of the stores, in PostgreSQL. A summary that was closed never changes. */
public final class PostgresStoreDays implements StoreDays {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresStoreDays(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<StoreDay> find(StoreDayId id) {
        return transactions.with(handle -> DayRows.find(handle, id));
    }

    @Override
    public void close(StoreDayId id, int summary) {
        transactions.run(handle -> {
            boolean next = DayRows.lock(handle, id)
                    .filter(day -> day.summaries() == summary - 1)
                    .isPresent();
            if (!next || DayRows.find(handle, id).orElseThrow().dueAt().isEmpty()) {
                return;
            }
            int entries = DayRows.close(handle, id, summary, clock.instant());
            trace.append(
                    handle,
                    id.value(),
                    "day.closed",
                    "summary " + summary + " has " + entries + " entries",
                    Map.of("summary", Integer.toString(summary), "entries", Integer.toString(entries)));
        });
    }

    @Override
    public List<Entry> entries(StoreDayId id, int summary) {
        return transactions.with(handle -> EntryRows.of(handle, id, summary));
    }

    @Override
    public void settled(StoreDayId id, int summary) {
        transactions.run(handle -> {
            if (DayRows.settle(handle, id, summary, clock.instant())) {
                trace.append(
                        handle,
                        id.value(),
                        "day.settled",
                        "summary " + summary + " is settled",
                        Map.of("summary", Integer.toString(summary)));
            }
        });
    }

    @Override
    public List<Takings> takings(StoreDayId id) {
        Map<String, Takings> takings = new TreeMap<>();
        for (StoreSale sale : transactions.with(handle -> SaleRows.soldOn(handle, id))) {
            Map<String, Money> tenders = new TreeMap<>();
            sale.tenders().forEach(tender -> tenders.merge(tender.kind(), tender.amount(), Money::plus));
            tenders.forEach((kind, amount) -> takings.merge(
                    kind + " " + amount.currency(),
                    new Takings(kind, amount, 1),
                    (one, other) -> new Takings(kind, one.amount().plus(other.amount()), one.sales() + other.sales())));
        }
        return new ArrayList<>(takings.values());
    }

    @Override
    public List<LateSale> lateSales(StoreDayId id, int limit) {
        return transactions.with(handle -> EntryRows.late(handle, id, limit));
    }
}
