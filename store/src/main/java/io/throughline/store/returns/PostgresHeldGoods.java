package io.throughline.store.returns;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.returns.HeldGoods;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.finance.CostLedger;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.PostgresInventory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is held, in PostgreSQL. Whoever lets go of a SKU at a place waits for whoever does the same. */
public final class PostgresHeldGoods implements HeldGoods {
    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final Bundles bundles;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresHeldGoods(
            Transactions transactions, PostgresInventory inventory, Bundles bundles, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.bundles = bundles;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public List<Held> at(FacilityId facility) {
        return transactions.with(handle -> {
            List<Held> held = new ArrayList<>(HeldRows.at(handle, facility).stream()
                    .map(HeldRows.Source::held)
                    .toList());
            Map<Sku, Integer> known = new HashMap<>();
            held.forEach(some -> bundles.partsOf(some.sku())
                    .forEach(part -> known.merge(part.sku(), some.units() * part.units(), Integer::sum)));
            for (Sku sku : HeldRows.skus(handle, facility)) {
                int others = HeldRows.balance(handle, facility, sku) - known.getOrDefault(sku, 0);
                if (others > 0) {
                    held.add(new Held(sku, others, Optional.empty(), Optional.empty(), Optional.empty()));
                }
            }
            return List.copyOf(held);
        });
    }

    @Override
    public Released release(Submission submission, FacilityId facility, Sku sku, int units, Outcome outcome) {
        return transactions.in(handle -> {
            HeldRows.lock(handle, facility);
            Optional<Released> before = before(handle, submission);
            if (before.isPresent()) {
                return before.get();
            }
            int held = held(handle, facility, sku);
            if (held < units) {
                return new Released.TooMany(held);
            }
            long release = insert(handle, submission, facility, sku, units, outcome);
            Map<HeldRows.Source, Integer> parts = inTurn(handle, release, facility, sku, units);
            book(handle, release, facility, sku, units, outcome);
            if (outcome == Outcome.SCRAPPED) {
                parts.forEach((source, some) -> takeAgain(handle, release, source, some));
            }
            trace.append(
                    handle,
                    new StockSubject(facility, sku).toString(),
                    "stock.held-released",
                    submission.by().actor() + " lets go of " + units + " units that were held: " + outcome,
                    Map.of(
                            "actor", submission.by().actor(),
                            "units", Integer.toString(units),
                            "outcome", outcome.name()));
            return new Released.Done();
        });
    }

    private static Optional<Released> before(Handle handle, Submission submission) {
        return handle.createQuery(
                        "select body_hash from held_release where client = :client and idempotency_key = :key")
                .bind("client", submission.by().owner())
                .bind("key", submission.key())
                .mapTo(String.class)
                .findOne()
                .map(hash -> hash.equals(submission.bodyHash()) ? new Released.Replayed() : new Released.KeyReused());
    }

    private int held(Handle handle, FacilityId facility, Sku sku) {
        return bundles.unitsFrom(sku, part -> HeldRows.balance(handle, facility, part))
                - HeldRows.promisedAway(handle, facility, sku);
    }

    private long insert(
            Handle handle, Submission submission, FacilityId facility, Sku sku, int units, Outcome outcome) {
        return handle.createQuery("""
            insert into held_release (facility, sku, units, outcome, client, idempotency_key, body_hash, released_at)
            values (:facility, :sku, :units, :outcome, :client, :key, :hash, :now) returning number
            """)
                .bind("facility", facility.value())
                .bind("sku", sku.value())
                .bind("units", units)
                .bind("outcome", outcome)
                .bind("client", submission.by().owner())
                .bind("key", submission.key())
                .bind("hash", submission.bodyHash())
                .bind("now", Columns.at(clock.instant()))
                .mapTo(Long.class)
                .one();
    }

    /** Whose units they are: the oldest of returns first, and then what others hold. */
    private static Map<HeldRows.Source, Integer> inTurn(
            Handle handle, long release, FacilityId facility, Sku sku, int units) {
        Map<HeldRows.Source, Integer> parts = new HashMap<>();
        int left = units;
        for (HeldRows.Source source : HeldRows.at(handle, facility)) {
            int some = source.held().sku().equals(sku)
                    ? Math.min(left, source.held().units())
                    : 0;
            if (some > 0) {
                left -= some;
                parts.put(source, some);
                handle.createUpdate(
                                "insert into held_release_part (release, source, units) values (:release, :source, :units)")
                        .bind("release", release)
                        .bind("source", source.name())
                        .bind("units", some)
                        .execute();
            }
        }
        return parts;
    }

    private void book(Handle handle, long release, FacilityId facility, Sku sku, int units, Outcome outcome) {
        List<Measure> lowered =
                outcome == Outcome.MADE_GOOD ? List.of(Measure.HELD) : List.of(Measure.ON_HAND, Measure.HELD);
        inventory.record(
                handle,
                lowered.stream()
                        .map(measure -> new Movement(
                                new StockSource(StockSource.OWN, name(release) + "/" + measure, 1),
                                facility,
                                sku,
                                measure,
                                Movement.Kind.ADJUSTMENT,
                                -units,
                                Optional.of(outcome.name()),
                                clock.instant()))
                        .toList(),
                "held goods are " + outcome);
    }

    private static String name(long release) {
        return "held/" + release;
    }

    /** What is thrown away is a cost again; goods that their vendor takes were none, and are his. What tills have sold has no cost here. */
    private void takeAgain(Handle handle, long release, HeldRows.Source source, int units) {
        String[] name = source.name().split("/", -1);
        if (name[0].equals("return")) {
            bundles.partsOf(source.held().sku())
                    .forEach(part -> CostLedger.takeAgain(
                            handle,
                            Long.parseLong(name[2]),
                            part.sku(),
                            units * part.units(),
                            name(release) + "/" + source.name() + "/" + part.sku(),
                            clock.instant()));
        }
    }
}
