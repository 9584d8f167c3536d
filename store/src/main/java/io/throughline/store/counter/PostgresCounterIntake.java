package io.throughline.store.counter;

import io.throughline.domain.counter.BlindHistory;
import io.throughline.domain.counter.BlindHistory.Unit;
import io.throughline.domain.counter.BlindInquiry;
import io.throughline.domain.counter.BlindPreview;
import io.throughline.domain.counter.CounterIntake;
import io.throughline.domain.counter.CounterPreview;
import io.throughline.domain.counter.CounterRequest;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.sale.SaleBooking;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes in what people at counters tell, each in one transaction with the inbox message that wakes the process. */
public final class PostgresCounterIntake implements CounterIntake {
    private final Transactions transactions;
    private final CounterLedger ledger;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresCounterIntake(
            Transactions transactions,
            SaleBooking booking,
            Facilities facilities,
            TraceWriter trace,
            InboxBell bell,
            Clock clock) {
        this.transactions = transactions;
        this.ledger = new CounterLedger(booking, facilities, trace);
        this.bell = bell;
        this.clock = clock;
    }

    /** Two who take back goods of one sale wait for each other, and each counts what the other took. */
    @Override
    public Outcome take(Submission submission, CounterRequest request, Function<SaleHistory, CounterPreview> rule) {
        return stored(handle -> {
            boolean isKnown = CounterLedger.lock(handle, request.sale());
            Optional<Outcome> before = before(handle, submission);
            if (before.isPresent()) {
                return before.get();
            }
            Optional<SaleHistory> history = isKnown ? CounterLedger.history(handle, request.sale()) : Optional.empty();
            if (history.isEmpty()) {
                return new Outcome.Conflict("Nothing is known of the sale " + request.sale() + ".");
            }
            CounterPreview preview = rule.apply(history.get());
            if (preview.objection().isPresent()) {
                return new Outcome.Conflict(
                        "This is not granted: " + preview.objection().get() + ".");
            }
            if (!preview.allowsAll()) {
                return new Outcome.Denied(preview.verdicts());
            }
            Optional<String> again = BlindRows.backSince(
                    handle, units(preview.lines()), history.get().sale().soldAt());
            if (again.isPresent()) {
                return new Outcome.Conflict(again.get());
            }
            CounterReturnId id = CounterReturnId.of(submission.by().owner(), submission.key());
            CounterRows.insert(
                    handle,
                    new CounterRows.Fresh(
                            id,
                            submission,
                            new Origin.OfSale(request.sale()),
                            request.store(),
                            preview.policyVersion(),
                            preview.refundTo(),
                            history.get().sale().taxesIncluded(),
                            preview.refund(),
                            preview.needsSecondPerson(),
                            preview.lines(),
                            preview.parts()),
                    now());
            return taken(
                    handle, id, submission.by(), Map.of("sale", request.sale().link()));
        });
    }

    private static Set<Unit> units(List<CounterReturn.Line> lines) {
        return lines.stream()
                .flatMap(line -> line.serial().map(serial -> new Unit(line.sku(), serial)).stream())
                .collect(Collectors.toSet());
    }

    /** Whoever brings goods of the same customer, or to the same store, waits, so that two who come at once don't both find the limit kept. */
    @Override
    public Outcome takeBlind(Submission submission, BlindInquiry inquiry) {
        return stored(handle -> {
            BlindHistory.Question question = inquiry.question();
            BlindRows.lock(handle, submission, question);
            Optional<Outcome> before = before(handle, submission);
            if (before.isPresent()) {
                return before.get();
            }
            BlindPreview preview = inquiry.answer(BlindRows.history(handle, question, now()));
            if (!preview.allowed()) {
                return new Outcome.Unwanted(preview.objections());
            }
            CounterReturnId id = CounterReturnId.of(submission.by().owner(), submission.key());
            CounterRows.insert(
                    handle,
                    new CounterRows.Fresh(
                            id,
                            submission,
                            preview.origin(),
                            inquiry.request().store(),
                            preview.policyVersion(),
                            RefundTo.STORE_CREDIT,
                            false,
                            preview.refund(),
                            preview.needsSecondPerson(),
                            preview.lines(),
                            preview.parts()),
                    now());
            PersonRows.keepToken(
                    handle, id.value(), inquiry.request().customer().value());
            return taken(
                    handle,
                    id,
                    submission.by(),
                    Map.of(
                            "sale", "unknown",
                            "score", preview.origin().score().words(),
                            "secondPerson", String.join("; ", preview.origin().secondPerson()),
                            "policy", preview.policyVersion()));
        });
    }

    private Outcome taken(Handle handle, CounterReturnId id, Person by, Map<String, String> more) {
        CounterReturn returned = CounterRows.locked(handle, id).returned();
        if (returned.approved()) {
            ledger.book(handle, id);
        }
        Map<String, String> detail = new HashMap<>(more);
        detail.put("actor", by.actor());
        detail.put("facility", returned.store().value());
        detail.put("refundTo", returned.refundTo().name());
        detail.put("refund", returned.refund().total().shop().toString());
        ledger.append(
                handle,
                id,
                "counter.taken",
                by.actor() + " takes " + id + " back at " + returned.store()
                        + returned.unreceipted()
                                .map(blind -> " without a receipt, score "
                                        + blind.score().words())
                                .orElse(""),
                detail);
        ledger.wake(handle, returned, "taken");
        return new Outcome.Stored(id);
    }

    private static Optional<Outcome> before(Handle handle, Submission submission) {
        return CounterRows.sent(handle, submission)
                .map(sent -> sent.same() ? new Outcome.Replayed(sent.id()) : new Outcome.KeyReused());
    }

    @Override
    public Outcome approve(CounterReturnId id, Person by) {
        return told(id, "approved", (handle, returned) -> {
            if (returned.stage() != Stage.UNAPPROVED) {
                return Optional.of("No refund of " + id + " waits for an approval.");
            }
            if (returned.askedBy().equals(by.owner())) {
                return Optional.of("Who took the goods back can't approve their refund.");
            }
            if (goneMeanwhile(handle, returned)) {
                return Optional.of("These goods were taken back at a till meanwhile: refuse " + id + ".");
            }
            handle.createUpdate("update counter_return set approved_by = :by, approved_at = :now where id = :id")
                    .bind("by", by.owner())
                    .bind("now", Columns.at(now()))
                    .bind("id", id.value())
                    .execute();
            ledger.book(handle, id);
            ledger.append(
                    handle,
                    id,
                    "counter.approved",
                    by.actor() + " approves the refund of " + id,
                    Map.of("actor", by.actor()));
            return Optional.empty();
        });
    }

    /** A till asks nobody, so it may have taken back what waits here. */
    private static boolean goneMeanwhile(Handle handle, CounterReturn returned) {
        return returned.sale()
                .map(sale -> CounterLedger.history(handle, sale)
                        .map(SaleHistory::isOverdrawn)
                        .orElse(true))
                .orElse(false);
    }

    @Override
    public Outcome refuse(CounterReturnId id, Person by, String reason) {
        return told(id, "refused", (handle, returned) -> {
            if (returned.stage() != Stage.UNAPPROVED) {
                return Optional.of("The refund of " + id + " does not wait for an approval any more.");
            }
            handle.createUpdate("update counter_return set refused_by = :by, refused_at = :now where id = :id")
                    .bind("by", by.owner())
                    .bind("now", Columns.at(now()))
                    .bind("id", id.value())
                    .execute();
            PersonRows.say(handle, id.value(), id.value(), reason);
            ledger.append(handle, id, "counter.refused", by.actor() + " refuses " + id, Map.of("actor", by.actor()));
            return Optional.empty();
        });
    }

    /** What was told before is told again without harm. */
    @Override
    public Outcome paidOut(CounterReturnId id, Person by, String reference) {
        return told(id, "paid-out", (handle, returned) -> {
            if (!returned.approved() || returned.refusedAt().isPresent()) {
                return Optional.of("Nothing of " + id + " is to be paid out: its refund is " + returned.stage() + ".");
            }
            Given given = new Given(reference, true, by.actor(), now());
            returned.parts().stream()
                    .filter(part -> part.isOpen(Way.COUNTER))
                    .filter(part -> CounterRows.give(handle, id, part.number(), given, true))
                    .forEach(part -> ledger.tellGiven(handle, returned, part, given));
            return Optional.empty();
        });
    }

    private Outcome told(CounterReturnId id, String event, BiFunction<Handle, CounterReturn, Optional<String>> work) {
        return stored(handle -> {
            CounterRows.find(handle, id)
                    .flatMap(row -> row.returned().sale())
                    .ifPresent(sale -> CounterLedger.lock(handle, sale));
            CounterReturn returned = CounterRows.locked(handle, id).returned();
            Optional<String> objection = work.apply(handle, returned);
            if (objection.isPresent()) {
                return new Outcome.Conflict(objection.get());
            }
            ledger.wake(handle, returned, event + "/" + now());
            return new Outcome.Stored(id);
        });
    }

    private Outcome stored(Function<Handle, Outcome> work) {
        Outcome outcome = transactions.in(work);
        if (outcome instanceof Outcome.Stored) {
            bell.ring();
        }
        return outcome;
    }

    private Instant now() {
        return clock.instant();
    }
}
