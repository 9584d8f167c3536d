package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransfer.Line;
import io.throughline.domain.transfer.ErpTransferId;
import io.throughline.domain.transfer.ErpTransferMovements;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What was missing or too much of an ERP's transfers, in PostgreSQL. Decided under the locks of the balances; what it tells comes last. */
public final class PostgresErpTransfers implements ErpTransfers {
    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final StockRules rules;
    private final Balances balances;
    private final CaseWriter cases;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresErpTransfers(
            Transactions transactions,
            PostgresInventory inventory,
            StockRules rules,
            CaseWriter cases,
            TraceWriter trace,
            Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.rules = rules;
        this.balances = new Balances(rules.safetyStocks());
        this.cases = cases;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public void ended(ErpTransfer transfer, Tolerance tolerance) {
        if (transfer.differing().isEmpty() || !isBookedHere(transfer)) {
            return;
        }
        transactions.run(handle -> {
            Map<Place, Balance> locked = lock(handle, transfer);
            // Only under the locks: another reading of the same pages may just have told it.
            if (ErpTransferRows.isKnown(handle, transfer.id())) {
                return;
            }
            Map<Sku, Integer> own = ErpTransferRows.onItsWay(handle, transfer);
            List<Line> lines = transfer.differing().stream()
                    .flatMap(line -> {
                        int there = Objects.requireNonNull(locked.get(new Place(line.sku(), transfer.to())))
                                .inTransit();
                        return onItsWay(line, own.getOrDefault(line.sku(), 0), there);
                    })
                    .toList();
            if (lines.isEmpty()) {
                return;
            }
            ErpTransfer differing = transfer.with(lines);
            boolean tolerated =
                    lines.stream().allMatch(line -> Math.abs((long) line.difference()) <= tolerance.units());
            ErpTransferRows.insert(handle, differing, tolerated);
            if (tolerated) {
                account(handle, differing, "within what " + tolerance.rule() + " takes", "tolerated");
            } else {
                open(handle, differing);
            }
        });
    }

    /** Where another system's word moves what is on its way, nothing of it stays there by this one's. */
    private boolean isBookedHere(ErpTransfer transfer) {
        return rules.authorities().isMovedBy(transfer.id().account().value(), transfer.to(), Measure.IN_TRANSIT);
    }

    /**
     * No more is missing or too much than the ledger has heard of this transfer: what had left before Throughline listened was never booked, and what is on its way
     * with another is that one's. {@code own} is what the ledger has of it, below zero: more has arrived than was sent.
     */
    private static Stream<Line> onItsWay(Line line, int own, int there) {
        int missing = line.difference() > 0
                ? Math.max(0, Math.min(line.difference(), Math.min(own, there)))
                : Math.min(0, Math.max(line.difference(), own));
        return missing == 0
                ? Stream.empty()
                : Stream.of(new Line(line.sku(), line.arrived() + missing, line.arrived()));
    }

    private Map<Place, Balance> lock(Handle handle, ErpTransfer transfer) {
        Set<Place> places = transfer.differing().stream()
                .flatMap(line -> Stream.of(new Place(line.sku(), transfer.to()), Place.unrouted(line.sku())))
                .collect(Collectors.toSet());
        return balances.lock(handle, places);
    }

    private void open(Handle handle, ErpTransfer transfer) {
        cases.open(
                handle,
                transfer.id().account(),
                transfer.id().subject(),
                TransferDifferences.STEP,
                FailureCode.STOCK_DISCREPANCY,
                transfer.id() + " from " + transfer.from() + " to " + transfer.to() + " is over in the ERP: "
                        + transfer.lines().stream()
                                .map(line ->
                                        line.sent() + " of " + line.sku() + " sent, " + line.arrived() + " arrived")
                                .collect(Collectors.joining(", "))
                        + ". Look for them at both places and account for them in the ERP, too; ACCEPT_DIFFERENCE takes"
                        + " them off what is on its way.");
    }

    private void account(Handle handle, ErpTransfer transfer, String reason, String how) {
        Instant now = clock.instant();
        inventory.record(
                handle,
                ErpTransferMovements.settled(transfer, reason, now),
                "the difference of " + transfer.id() + " is accounted for");
        Map<String, String> detail = new TreeMap<>();
        transfer.lines().forEach(line -> detail.put(line.sku().value(), Integer.toString(-line.difference())));
        detail.put("how", how);
        trace.append(
                handle,
                transfer.id().subject(),
                "transfer.difference.settled",
                "the difference of " + transfer.id() + " is accounted for: " + reason,
                detail,
                List.of());
    }

    @Override
    public void acceptDifference(ErpTransferId id, CaseId reason) {
        transactions.run(handle -> {
            boolean stands = CaseRows.current(handle, id.subject(), TransferDifferences.STEP)
                    .filter(open -> open.id().equals(reason))
                    .isPresent();
            if (!stands) {
                return;
            }
            ErpTransferRows.open(handle, id).ifPresent(transfer -> {
                lock(handle, transfer);
                ErpTransferRows.settle(handle, id);
                account(handle, transfer, "borne in " + reason, "borne");
            });
            cases.close(handle, reason, "the difference is borne");
        });
    }
}
