package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferMovements;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Transfers, in PostgreSQL. The row of the transfer is locked before the balances that it moves, both places and the virtual one of each
 * SKU, in the one order; what it tells comes after.
 */
public final class PostgresTransfers implements Transfers {
    private static final String STEP = "transfer.difference";

    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final StockRules rules;
    private final Backorders backorders;
    private final Balances balances;
    private final CaseWriter cases;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresTransfers(
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
        this.backorders = new Backorders(balances, rules.preorders());
        this.cases = cases;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Outcome request(Submission submission, Wish wish, TransferTerms terms) {
        TransferId id = TransferId.of(submission.client(), submission.key());
        return transactions.in(handle -> {
            Optional<Outcome> before = before(handle, id, submission);
            if (before.isPresent()) {
                return before.get();
            }
            lock(handle, wish.from(), wish.to(), wish.units().keySet());
            Optional<String> objection = objection(handle, wish.from(), wish.units(), terms);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            if (!TransferRows.insert(handle, id, submission, wish, terms, now())) {
                // Somebody else has just stored it.
                return before(handle, id, submission).orElseThrow();
            }
            Transfer transfer = get(handle, id);
            tell(handle, transfer, "transfer.requested", submission.actor(), Line::requested);
            return new Outcome.Done(transfer);
        });
    }

    private static Optional<Outcome> before(Handle handle, TransferId id, Submission submission) {
        return TransferRows.bodyHash(handle, id)
                .map(hash -> hash.equals(submission.bodyHash())
                        ? new Outcome.Known(get(handle, id))
                        : new Outcome.KeyReused());
    }

    @Override
    public Outcome send(TransferId id, Map<Sku, Integer> units, String actor) {
        return changed(id, (handle, transfer) -> {
            if (transfer.status() == TransferStatus.SENT
                    && told(transfer, Line::sent).equals(positive(units))) {
                return new Outcome.Known(transfer);
            }
            Optional<String> objection = mayBeSent(transfer, units);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            lock(handle, transfer.from(), transfer.to(), skus(transfer));
            objection = objection(handle, transfer.from(), units, transfer.terms());
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            Instant now = now();
            Transfer sent = with(
                    transfer,
                    TransferStatus.SENT,
                    line -> new Line(line.sku(), line.requested(), units.getOrDefault(line.sku(), 0), 0),
                    TransferRows.wishedAt(handle, id)
                            .filter(now::isBefore)
                            .orElse(now.plus(transfer.terms().within())),
                    0,
                    false);
            TransferRows.update(handle, sent);
            inventory.record(handle, new TransferMovements(sent, now).sent(), id + " has left " + sent.from());
            expect(handle, sent, true);
            tell(handle, sent, "transfer.sent", actor, Line::sent);
            return new Outcome.Done(sent);
        });
    }

    private static Optional<String> mayBeSent(Transfer transfer, Map<Sku, Integer> units) {
        if (transfer.status() != TransferStatus.REQUESTED) {
            return Optional.of(transfer.id() + " is " + transfer.status() + ": only what is REQUESTED can be sent");
        }
        Map<Sku, Integer> requested = told(transfer, Line::requested);
        return positive(units).entrySet().stream()
                .filter(one -> one.getValue() > requested.getOrDefault(one.getKey(), 0))
                .map(one -> requested.getOrDefault(one.getKey(), 0) + " of " + one.getKey()
                        + " were asked for: send no more, and ask for another transfer")
                .findFirst()
                .or(() -> positive(units).isEmpty()
                        ? Optional.of("nothing would be sent: cancel " + transfer.id() + " instead")
                        : Optional.empty());
    }

    @Override
    public Outcome receive(TransferId id, Map<Sku, Integer> units, String actor) {
        return changed(id, (handle, transfer) -> {
            boolean before = transfer.status() == TransferStatus.RECEIVED;
            if (before && told(transfer, Line::received).equals(positive(units))) {
                return new Outcome.Known(transfer);
            }
            Optional<String> objection = mayBeReceived(transfer, units);
            if (objection.isPresent()) {
                return new Outcome.Refused(objection.get());
            }
            lock(handle, transfer.from(), transfer.to(), skus(transfer));
            Transfer received = with(
                    transfer,
                    TransferStatus.RECEIVED,
                    line -> new Line(
                            line.sku(), line.requested(), line.sent(), Objects.requireNonNull(units.get(line.sku()))),
                    transfer.expectedAt(),
                    transfer.receipts() + 1,
                    false);
            if (received.withinTolerance()) {
                received = settled(received);
            }
            TransferRows.update(handle, received);
            // First, so that nobody is promised of what is there now.
            expect(handle, received, false);
            inventory.record(
                    handle, new TransferMovements(received, now()).received(), id + " has arrived at " + received.to());
            settle(handle, received, before);
            tell(handle, received, "transfer.received", actor, Line::received);
            return new Outcome.Done(received);
        });
    }

    private static Optional<String> mayBeReceived(Transfer transfer, Map<Sku, Integer> units) {
        if (transfer.status() == TransferStatus.RECEIVED && transfer.settled()) {
            return Optional.of(transfer.id() + " has been received and accounted for: count the place instead");
        }
        if (transfer.status() != TransferStatus.SENT && transfer.status() != TransferStatus.RECEIVED) {
            return Optional.of(transfer.id() + " is " + transfer.status() + ": only what was SENT can be received");
        }
        return units.keySet().equals(skus(transfer))
                ? Optional.empty()
                : Optional.of("a receipt tells of every SKU of " + transfer.id() + " and of no other ("
                        + words(skus(transfer)) + "), with 0 for what has not come");
    }

    /** By the tolerance, or as somebody's case. */
    private void settle(Handle handle, Transfer received, boolean corrected) {
        Optional<Case> open =
                CaseRows.current(handle, received.id().subject(), STEP).filter(one -> corrected);
        open.ifPresent(one -> cases.close(handle, one.id(), "a later receipt says something else"));
        if (received.differing().isEmpty()) {
            return;
        }
        if (received.settled()) {
            account(
                    handle,
                    received,
                    "within what " + received.terms().rule() + " of "
                            + received.terms().policy() + " takes");
            return;
        }
        cases.open(
                handle,
                AccountId.of(
                        rules.authorities().of(received.to(), Measure.ON_HAND).system()),
                received.id().subject(),
                STEP,
                FailureCode.STOCK_DISCREPANCY,
                received.id() + " from " + received.from() + " to " + received.to() + ": "
                        + received.differing().stream()
                                .map(line ->
                                        line.sent() + " of " + line.sku() + " sent, " + line.received() + " received")
                                .collect(Collectors.joining(", "))
                        + ". Look for them at both places; a receipt with the right numbers ends this case.");
    }

    private void account(Handle handle, Transfer transfer, String reason) {
        inventory.record(
                handle,
                new TransferMovements(transfer, now()).settled(reason),
                "the difference of " + transfer.id() + " is accounted for");
    }

    @Override
    public Outcome cancel(TransferId id, String actor) {
        return changed(id, (handle, transfer) -> {
            if (transfer.status() == TransferStatus.CANCELLED) {
                return new Outcome.Known(transfer);
            }
            if (transfer.status() == TransferStatus.RECEIVED) {
                return new Outcome.Refused(id + " is RECEIVED: ask for a transfer back");
            }
            boolean onItsWay = transfer.status() == TransferStatus.SENT;
            Transfer cancelled =
                    with(transfer, TransferStatus.CANCELLED, UnaryOperator.identity(), transfer.expectedAt(), 0, true);
            TransferRows.update(handle, cancelled);
            if (onItsWay) {
                lock(handle, transfer.from(), transfer.to(), skus(transfer));
                expect(handle, cancelled, false);
                inventory.record(
                        handle,
                        new TransferMovements(cancelled, now()).cameBack(),
                        id + " has come back to " + transfer.from());
            }
            tell(handle, cancelled, "transfer.cancelled", actor, onItsWay ? Line::sent : Line::requested);
            return new Outcome.Done(cancelled);
        });
    }

    @Override
    public void acceptDifference(TransferId id, CaseId reason) {
        transactions.run(handle -> {
            boolean stands = TransferRows.lock(handle, id)
                    && CaseRows.current(handle, id.subject(), STEP)
                            .filter(open -> open.id().equals(reason))
                            .isPresent();
            if (!stands) {
                return;
            }
            Transfer transfer = get(handle, id);
            if (!transfer.settled()) {
                lock(handle, transfer.from(), transfer.to(), skus(transfer));
                Transfer settled = settled(transfer);
                TransferRows.update(handle, settled);
                account(handle, settled, "borne in " + reason);
            }
            cases.close(handle, reason, "the difference is borne");
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

    /** What is done with a transfer whose row is locked. */
    private interface Change {
        Outcome of(Handle handle, Transfer transfer);
    }

    private Outcome changed(TransferId id, Change change) {
        return transactions.in(
                handle -> TransferRows.lock(handle, id) ? change.of(handle, get(handle, id)) : new Outcome.Unknown());
    }

    /** Why so many units can't go: others are promised them, or too little would stay. */
    private Optional<String> objection(Handle handle, FacilityId from, Map<Sku, Integer> units, TransferTerms terms) {
        for (Map.Entry<Sku, Integer> wanted : new TreeMap<>(positive(units)).entrySet()) {
            Sku sku = wanted.getKey();
            int free =
                    Unpromised.of(handle, sku, balances.of(handle, Set.of(sku))).free(Set.of(from));
            int most = Math.max(0, free - terms.keep());
            if (wanted.getValue() > most) {
                return Optional.of(from + " can give " + most + " of " + sku + ", not " + wanted.getValue() + ": "
                        + free + " are promised to nobody, and " + terms.keep() + " stay by " + terms.rule() + " of "
                        + terms.policy());
            }
        }
        return Optional.empty();
    }

    private void lock(Handle handle, FacilityId from, FacilityId to, Collection<Sku> skus) {
        Set<Place> places = new HashSet<>();
        for (Sku sku : skus) {
            places.addAll(List.of(new Place(sku, from), new Place(sku, to), Place.unrouted(sku)));
        }
        balances.lock(handle, places);
    }

    /** What is on its way can be promised of, and what is not any more can't. The virtual rows are locked. */
    private void expect(Handle handle, Transfer transfer, boolean onItsWay) {
        List<Repromised> changed = new ArrayList<>();
        for (Line line : transfer.lines()) {
            if (line.sent() == 0) {
                continue;
            }
            Supplies.put(
                    handle,
                    new Expected(
                            new StockSource(
                                    StockSource.OWN, transfer.id().subject() + "/" + line.sku(), onItsWay ? 1 : 2),
                            transfer.to(),
                            line.sku(),
                            onItsWay ? line.sent() : 0,
                            transfer.expectedAt()));
            changed.addAll(backorders.promise(handle, line.sku(), now()));
        }
        new Telling()
                .repromised(
                        changed,
                        onItsWay
                                ? transfer.id() + " is expected at " + transfer.expectedAt()
                                : transfer.id() + " is on its way no more")
                .write(handle, trace);
    }

    private void tell(Handle handle, Transfer transfer, String kind, String actor, UnitsOf units) {
        Map<String, String> detail = new TreeMap<>();
        transfer.lines().forEach(line -> detail.put(line.sku().value(), Integer.toString(units.of(line))));
        detail.put("from", transfer.from().value());
        detail.put("to", transfer.to().value());
        detail.put("by", actor);
        trace.append(
                handle,
                transfer.id().subject(),
                kind,
                transfer.from() + " to " + transfer.to() + " is " + transfer.status(),
                detail,
                List.of(transfer.id().value()));
    }

    /** Units of a line. */
    private interface UnitsOf {
        int of(Line line);
    }

    private Transfer with(
            Transfer transfer,
            TransferStatus status,
            UnaryOperator<Line> lines,
            Instant expectedAt,
            int receipts,
            boolean settled) {
        return new Transfer(
                transfer.id(),
                transfer.from(),
                transfer.to(),
                status,
                transfer.lines().stream().map(lines).toList(),
                transfer.terms(),
                expectedAt,
                receipts,
                settled,
                transfer.requestedBy(),
                transfer.requestedAt(),
                now());
    }

    private Transfer settled(Transfer transfer) {
        return with(
                transfer,
                transfer.status(),
                UnaryOperator.identity(),
                transfer.expectedAt(),
                transfer.receipts(),
                true);
    }

    /** As exactly as the database keeps it, so that what is answered is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Transfer get(Handle handle, TransferId id) {
        return TransferRows.find(handle, id).orElseThrow();
    }

    private static Set<Sku> skus(Transfer transfer) {
        return transfer.lines().stream().map(Line::sku).collect(Collectors.toSet());
    }

    private static Map<Sku, Integer> told(Transfer transfer, UnitsOf units) {
        return positive(transfer.lines().stream().collect(Collectors.toMap(Line::sku, units::of)));
    }

    private static Map<Sku, Integer> positive(Map<Sku, Integer> units) {
        return units.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String words(Collection<Sku> skus) {
        return skus.stream().sorted().map(Sku::value).collect(Collectors.joining(", "));
    }
}
