package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferMovements;
import io.throughline.domain.transfer.TransferObjections;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.PostgresOrderTransfers.Arrival;
import io.throughline.store.inventory.PostgresOrderTransfers.Departure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Transfers, in PostgreSQL. The row of the transfer is locked before the balances that it moves, both places and the virtual one of each
 * SKU, in the one order; what it tells in the lines of orders comes after, all at once, and what it tells of itself comes last. Before the row
 * of a transfer that is for an order comes the order's.
 */
public final class PostgresTransfers implements Transfers {
    private final Transactions transactions;
    private final PostgresOrderTransfers orders;
    private final TransferStock stock;
    private final TransferDifferences differences;
    private final TransferLine line;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresTransfers(
            Transactions transactions,
            PostgresInventory inventory,
            PostgresOrderTransfers orders,
            StockRules rules,
            CaseWriter cases,
            TraceWriter trace,
            Clock clock) {
        this.transactions = transactions;
        this.orders = orders;
        this.stock = new TransferStock(inventory, rules);
        this.differences = new TransferDifferences(rules.authorities(), cases, inventory);
        this.line = new TransferLine(trace);
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<Outcome> repeated(Submission submission) {
        return transactions.with(handle -> before(handle, submission));
    }

    @Override
    public Outcome request(Submission submission, Wish wish, TransferTerms terms) {
        TransferId id = TransferId.of(submission.client(), submission.key());
        return transactions.in(handle -> {
            Optional<Outcome> before = before(handle, submission);
            if (before.isPresent()) {
                return before.get();
            }
            stock.lock(handle, wish.from(), wish.to(), wish.units().keySet());
            Optional<String> objection = stock.objection(handle, wish.from(), wish.units(), terms);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            if (!TransferRows.insert(handle, id, submission, wish, terms, now())) {
                // Somebody else has just stored it.
                return before(handle, submission).orElseThrow();
            }
            Transfer transfer = get(handle, id);
            line.requested(handle, transfer, submission.actor());
            return new Outcome.Done(transfer);
        });
    }

    private static Optional<Outcome> before(Handle handle, Submission submission) {
        TransferId id = TransferId.of(submission.client(), submission.key());
        return TransferRows.bodyHash(handle, id)
                .map(hash -> hash.equals(submission.bodyHash())
                        ? new Outcome.Known(get(handle, id))
                        : new Outcome.KeyReused());
    }

    @Override
    public Outcome send(TransferId id, Map<Sku, Integer> units, String actor) {
        return saidBy(Transfer::from, sent(id, units, actor));
    }

    private Outcome sent(TransferId id, Map<Sku, Integer> units, String actor) {
        return changed(id, (handle, transfer) -> {
            if (transfer.status() == TransferStatus.SENT && isTold(transfer, Line::sent, units)) {
                return new Outcome.Known(transfer);
            }
            Optional<FulfillmentOrder> waiting = orders.awaiting(handle, transfer);
            Optional<String> objection = TransferObjections.toSending(transfer, units, waiting.isPresent());
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            stock.lock(handle, transfer);
            // What an order waits for is reserved for it where it is.
            objection = waiting.isPresent()
                    ? Optional.empty()
                    : stock.objection(handle, transfer.from(), units, transfer.terms());
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            Instant now = now();
            Transfer sent = transfer.sent(units, expectedAt(handle, transfer, now), now);
            TransferRows.update(handle, sent);
            Telling telling = new Telling();
            Optional<Departure> departure = waiting.map(work -> orders.departs(handle, sent, work));
            stock.move(handle, new TransferMovements(sent, now).sent(), id + " has left " + sent.from(), telling);
            departure.ifPresentOrElse(
                    left -> orders.settle(handle, sent, left), () -> stock.expect(handle, sent, now, telling));
            telling.write(handle, trace);
            departure.ifPresent(left -> orders.departed(handle, sent, left));
            line.sent(handle, sent, actor);
            return new Outcome.Done(sent);
        });
    }

    /** When its requester wants it to be there, while that is still to come. */
    private static Instant expectedAt(Handle handle, Transfer transfer, Instant now) {
        return TransferRows.wishedAt(handle, transfer.id())
                .filter(now::isBefore)
                .orElse(now.plus(transfer.terms().within()));
    }

    @Override
    public Outcome receive(TransferId id, Map<Sku, Integer> units, String actor) {
        return saidBy(Transfer::to, received(id, units, actor));
    }

    private Outcome received(TransferId id, Map<Sku, Integer> units, String actor) {
        return changed(id, (handle, transfer) -> {
            boolean before = transfer.status() == TransferStatus.RECEIVED;
            if (before && isTold(transfer, Line::received, units)) {
                return new Outcome.Known(transfer);
            }
            Optional<String> objection = TransferObjections.toReceipt(transfer, units);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            Optional<FulfillmentOrder> waiting = before ? Optional.empty() : orders.awaiting(handle, transfer);
            stock.lock(handle, transfer, orders.places(handle, waiting));
            Instant now = now();
            Transfer received = transfer.received(units, now);
            TransferRows.update(handle, received);
            Telling telling = new Telling();
            Optional<Arrival> arrival = waiting.map(work -> orders.arrives(handle, received, work, telling));
            // First, so that nobody is promised of what is there now.
            stock.expectNoMore(handle, received, now, telling);
            stock.move(
                    handle,
                    new TransferMovements(received, now).received(),
                    id + " has arrived at " + received.to(),
                    telling);
            if (received.settled()) {
                differences.tolerate(handle, received, now, telling);
            }
            telling.write(handle, trace);
            arrival.ifPresent(arrived -> orders.arrived(handle, received, arrived));
            differences.show(handle, received, before);
            line.received(handle, received, actor);
            return new Outcome.Done(received);
        });
    }

    @Override
    public Outcome cancel(TransferId id, String actor) {
        return changed(id, (handle, transfer) -> {
            if (transfer.status() == TransferStatus.CANCELLED) {
                return new Outcome.Known(transfer);
            }
            Optional<String> objection = TransferObjections.toCancellation(transfer);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            Instant now = now();
            Transfer cancelled = transfer.cancelled(now);
            TransferRows.update(handle, cancelled);
            Optional<FulfillmentOrder> waiting = orders.awaiting(handle, transfer);
            boolean onItsWay = transfer.status() == TransferStatus.SENT;
            if (onItsWay || waiting.isPresent()) {
                stock.lock(handle, transfer, orders.places(handle, waiting));
            }
            Telling telling = new Telling();
            waiting.ifPresent(work -> orders.giveBack(handle, work, telling));
            if (onItsWay) {
                stock.expectNoMore(handle, cancelled, now, telling);
                stock.move(
                        handle,
                        new TransferMovements(cancelled, now).cameBack(),
                        id + " has come back to " + transfer.from(),
                        telling);
            }
            telling.write(handle, trace);
            waiting.ifPresent(work -> orders.fails(handle, work, RerouteCause.REJECTED));
            line.cancelled(handle, cancelled, actor);
            return new Outcome.Done(cancelled);
        });
    }

    @Override
    public void acceptDifference(TransferId id, CaseId reason) {
        transactions.run(handle -> {
            if (!TransferRows.lock(handle, id) || !differences.isOpen(handle, id, reason)) {
                return;
            }
            Transfer transfer = get(handle, id);
            if (!transfer.settled()) {
                stock.lock(handle, transfer);
                Instant now = now();
                Transfer settled = transfer.asSettled(now);
                TransferRows.update(handle, settled);
                Telling telling = new Telling();
                differences.bear(handle, settled, reason, now, telling);
                telling.write(handle, trace);
            }
            differences.close(handle, reason);
        });
    }

    @Override
    public Optional<Transfer> find(TransferId id) {
        return transactions.with(handle -> TransferRows.find(handle, id));
    }

    @Override
    public List<Transfer> recent(Optional<FacilityId> facility, int limit) {
        return transactions.with(handle -> TransferRows.recent(handle, facility, limit));
    }

    @Override
    public List<Transfer> open(Sku sku, int limit) {
        return transactions.with(handle -> TransferRows.open(handle, sku, limit));
    }

    /** Whoever sends or receives goods is there. */
    private Outcome saidBy(Function<Transfer, FacilityId> side, Outcome outcome) {
        if (outcome instanceof Outcome.Done(Transfer transfer)) {
            transactions.run(
                    handle -> FacilityWords.said(handle, FacilityWords.APP, side.apply(transfer), clock.instant()));
        }
        return outcome;
    }

    /** What is done with a transfer whose row is locked. */
    private interface Change {
        Outcome of(Handle handle, Transfer transfer);
    }

    private Outcome changed(TransferId id, Change change) {
        Outcome outcome = transactions.in(handle -> {
            PostgresOrderTransfers.lockOrder(handle, id);
            return TransferRows.lock(handle, id) ? change.of(handle, get(handle, id)) : new Outcome.Unknown();
        });
        if (outcome instanceof Outcome.Done(Transfer transfer)
                && transfer.forWork().isPresent()) {
            orders.ring();
        }
        return outcome;
    }

    private static boolean isTold(Transfer transfer, ToIntFunction<Line> said, Map<Sku, Integer> units) {
        return TransferObjections.told(transfer, said).equals(TransferObjections.positive(units));
    }

    /** As exactly as the database keeps it, so that what is answered is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Transfer get(Handle handle, TransferId id) {
        return TransferRows.find(handle, id).orElseThrow();
    }
}
