package io.throughline.store.inventory;

import io.throughline.domain.availability.StockReading;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The ledger as availability reads it: the balances by one query that the primary key alone answers, and the systems' last words and the pauses
 * of facilities from a copy that is at most so old, for they change much more slowly than they are asked for.
 */
public final class PostgresAvailability implements StockReading {
    private final Transactions transactions;
    private final Clock clock;
    private final Balances balances;
    private final Duration heardFor;
    private final AtomicReference<Copy> copy =
            new AtomicReference<>(new Copy(Instant.MIN, new Heard(Map.of(), Map.of())));

    public PostgresAvailability(Transactions transactions, Clock clock, SafetyStocks safetyStocks, Duration heardFor) {
        this.transactions = transactions;
        this.clock = clock;
        this.balances = new Balances(safetyStocks);
        this.heardFor = heardFor;
    }

    private record Copy(Instant readAt, Heard heard) {}

    @Override
    public List<Balance> balances(Collection<Sku> skus) {
        return transactions.with(handle -> balances.of(handle, skus));
    }

    @Override
    public Map<Sku, List<FreeStock.Demand>> unrouted(Collection<Sku> skus) {
        return transactions.with(handle -> UnroutedDemands.demand(handle, skus));
    }

    @Override
    public Incoming incoming(Sku sku, Instant now) {
        return transactions.with(handle -> new Incoming(
                Supplies.promising(handle, sku, now),
                Backorders.ofSku(handle, sku).stream()
                        .map(Backorders.Row::demand)
                        .toList()));
    }

    @Override
    public Heard heard() {
        Copy present = copy.get();
        Instant now = clock.instant();
        if (present.readAt().isAfter(now.minus(heardFor)) && !present.readAt().isAfter(now)) {
            return present.heard();
        }
        Copy fresh = new Copy(now, read());
        copy.set(fresh);
        return fresh.heard();
    }

    /** Those that have ended by themselves are left to whoever knows what time it is. */
    private static Map<FacilityId, Instant> pauses(Handle handle) {
        return handle.createQuery("select facility, until from facility_pause where resumed_at is null")
                .map((row, context) -> Map.entry(
                        new FacilityId(row.getString("facility")),
                        Columns.optionalInstant(row, "until").orElse(Instant.MAX)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Heard read() {
        Map<FacilityId, Map<String, Instant>> instants = new HashMap<>();
        return transactions.with(handle -> {
            handle.createQuery("select facility, source, heard_at from stock_feed")
                    .map((row, context) -> instants.computeIfAbsent(
                                    new FacilityId(row.getString("facility")), facility -> new HashMap<>())
                            .put(row.getString("source"), Columns.instant(row, "heard_at")))
                    .list();
            return new Heard(instants, FacilityWords.all(handle), pauses(handle));
        });
    }
}
