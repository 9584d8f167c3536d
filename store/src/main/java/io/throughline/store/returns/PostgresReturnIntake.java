package io.throughline.store.returns;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.VersionRows;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Takes in what people tell of returns, each in one transaction with the inbox message that wakes the process. */
public final class PostgresReturnIntake implements ReturnIntake {
    static final String TOPIC = "throughline/return";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresReturnIntake(
            Transactions transactions, TraceWriter trace, CaseWriter cases, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Outcome authorise(
            Submission submission,
            OrderKey key,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule) {
        return authorise(submission, key, request, refundFirst, rule, Optional.empty());
    }

    @Override
    public Outcome exchange(
            Submission submission,
            OrderKey key,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule,
            ExchangeOffer offer) {
        return authorise(submission, key, request, refundFirst, rule, Optional.of(offer));
    }

    private Outcome authorise(
            Submission submission,
            OrderKey key,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule,
            Optional<ExchangeOffer> offer) {
        OrderId order = OrderId.of(key);
        return stored(handle -> {
            OrderLock.lock(handle, order);
            Optional<Outcome> known = ReturnSubmissions.known(handle, submission);
            if (known.isPresent()) {
                return known.get();
            }
            CustomerLock.lock(handle, order);
            Optional<ReturnPreview> asked =
                    PurchaseRows.forNextReturn(handle, order).map(rule);
            if (asked.isEmpty()) {
                return new Outcome.Conflict("Nothing is known of order " + order + " yet.");
            }
            ReturnPreview preview = asked.get();
            if (preview.objection().isPresent()) {
                return new Outcome.Conflict(
                        "This is not granted: " + preview.objection().get() + ".");
            }
            if (!preview.allowsAll()) {
                return new Outcome.Denied(preview.verdicts());
            }
            Optional<String> beyond = ParcelUnits.objection(handle, request);
            if (beyond.isPresent()) {
                return new Outcome.Conflict(beyond.get());
            }
            boolean nothingComes = request.to() instanceof ReturnedTo.Never;
            if (refundFirst && !nothingComes && !preview.mayComeBeforeGoods()) {
                return new Outcome.Conflict(
                        "The policy does not let so much money be given before the goods have come.");
            }
            Optional<String> owed = DebtRows.owed(handle, order);
            if (refundFirst && !nothingComes && owed.isPresent()) {
                return new Outcome.Conflict("This customer owes money for " + owed.get()
                        + ": nothing is given them before the goods have come.");
            }
            if (offer.isPresent() && !keep(handle, offer.get(), preview)) {
                return new Outcome.Conflict("What is to be taken in exchange is not kept any more. Ask again.");
            }
            ReturnId id = ReturnId.of(order, NewReturns.nextOrdinal(handle, order));
            boolean advance =
                    offer.filter(ExchangeOffer::advance).isPresent() && preview.mayComeBeforeGoods() && owed.isEmpty();
            boolean moneyFirst = refundFirst || nothingComes || advance;
            NewReturns.insert(handle, id, submission.by(), request, moneyFirst, preview, clock.instant());
            offer.ifPresent(taken -> ExchangeRows.insert(
                    handle, id, taken, preview.refund().total().shop()));
            if (request.cause() instanceof ReturnCause.Claim claim) {
                PersonRows.keepPhotos(handle, id.value(), claim.photos());
            }
            ReturnSubmissions.remember(handle, submission, id, clock.instant());
            wake(handle, key, id, "authorised");
            traceAuthorised(handle, id, key, submission.by(), request, preview);
            return new Outcome.Stored(id);
        });
    }

    @Override
    public Optional<ReturnId> authorised(String owner, String key) {
        return transactions.in(handle -> ReturnSubmissions.authorised(handle, owner, key));
    }

    private boolean keep(Handle handle, ExchangeOffer offer, ReturnPreview preview) {
        return ExchangeRows.keep(
                handle, offer.basket(), preview.goodsDueAt(clock.instant()).plus(offer.keptBeyond()));
    }

    private void traceAuthorised(
            Handle handle, ReturnId id, OrderKey key, Person by, ReturnRequest request, ReturnPreview preview) {
        Map<String, String> detail =
                new HashMap<>(ToldUnits.asked(VersionRows.known(handle, id.order()), request.lines()));
        detail.putAll(Map.of(
                "return", id.value(),
                "actor", by.actor(),
                "kind", request.cause().kind().name(),
                "refundTo", preview.refundTo().name(),
                "units",
                        Integer.toString(request.lines().stream()
                                .mapToInt(ReturnRequest.Line::quantity)
                                .sum())));
        trace.append(
                handle,
                id.value(),
                "return.authorised",
                by.actor() + " authorises " + id + " (" + request.cause().kind() + ")",
                detail,
                List.of(id.value(), id.workflowId(key.account())));
    }

    @Override
    public Outcome pay(Submission submission, ReturnId id, Exchange.Paid payment) {
        return told(submission, id, (handle, returned) -> {
            Optional<Exchange> open = ExchangeRows.find(handle, id)
                    .filter(exchange -> exchange.isOpen() && exchange.placed().isEmpty());
            if (open.isEmpty()) {
                return Optional.of("Nothing is to be paid for " + id + ": give it back to the customer.");
            }
            Optional<String> objection = open.get()
                    .objectionTo(
                            payment,
                            returned.repayment()
                                    .map(repayment -> repayment.refund().total().shop()));
            if (objection.isPresent()) {
                return objection;
            }
            ExchangeRows.insert(handle, id, payment);
            append(
                    handle,
                    id,
                    "return.exchange-paid",
                    payment.amount() + " were paid for what is taken for " + id,
                    Map.of("payment", payment.id(), "amount", payment.amount().toString()));
            return Optional.empty();
        });
    }

    @Override
    public Outcome receive(Submission submission, ReturnId id, Arrival arrival) {
        return told(submission, id, (handle, returned) -> {
            if (returned.ended()) {
                return Optional.of("Return " + id + " has ended.");
            }
            Order order = VersionRows.known(handle, id.order());
            Optional<String> unknown = unknownLine(order, arrival);
            if (unknown.isPresent()) {
                return unknown.map(line -> "Order " + order.id() + " has no line " + line + ".");
            }
            Arrival.Sorted sorted = arrival.sortedFor(returned);
            long receipt = ReturnedGoods.receive(handle, id, submission.by(), order, arrival, sorted, clock.instant());
            if (arrival.complete()) {
                PostgresReturns.giveUpTheRest(handle, id);
            }
            if (!sorted.unexpected().isEmpty()) {
                openCase(handle, returned, receipt, arrival, sorted.unexpected(), order);
            }
            int units =
                    arrival.units().stream().mapToInt(Arrival.Units::quantity).sum();
            Map<String, String> detail = new HashMap<>(ToldUnits.arrived(order, arrival.units()));
            detail.putAll(Map.of("facility", arrival.facility().value(), "units", Integer.toString(units)));
            append(
                    handle,
                    id,
                    "return.received",
                    units + " units of " + id + " have come to " + arrival.facility(),
                    detail);
            return Optional.empty();
        });
    }

    private static Optional<String> unknownLine(Order order, Arrival arrival) {
        return arrival.units().stream()
                .map(Arrival.Units::lineId)
                .filter(line ->
                        order.lines().stream().noneMatch(known -> known.id().equals(line)))
                .findFirst();
    }

    private void openCase(
            Handle handle,
            Return returned,
            long receipt,
            Arrival arrival,
            List<Arrival.Units> unexpected,
            Order order) {
        String what = String.join(
                ", ",
                unexpected.stream()
                        .map(units -> order.line(units.lineId()).sku() + " × " + units.quantity())
                        .toList());
        cases.open(
                handle,
                returned.order().account(),
                returned.id().value(),
                "return.receive " + receipt,
                FailureCode.RETURN_UNEXPECTED,
                what + " came to " + arrival.facility() + " beyond what was authorised");
    }

    @Override
    public Outcome inspect(Submission submission, ReturnId id, Finding finding) {
        return told(submission, id, (handle, returned) -> {
            if (returned.ended()) {
                return Optional.of("Return " + id + " has ended.");
            }
            if (finding.sendsBack() && returned.refundFirst()) {
                return Optional.of(
                        "The money of " + id + " is given before its goods come: what has come is not sent back.");
            }
            Optional<List<Finding.Sorted>> sorted = finding.sortedFor(returned);
            if (sorted.isEmpty()) {
                return Optional.of("More would be inspected than has come and was not looked at yet.");
            }
            long before = InspectionPhotos.last(handle, id);
            ReturnedGoods.inspect(handle, id, submission.by(), finding, sorted.get(), clock.instant());
            InspectionPhotos.keep(handle, id, before, finding.photos());
            Map<String, String> detail =
                    new HashMap<>(ToldUnits.found(VersionRows.known(handle, id.order()), finding.units()));
            detail.putAll(Map.of(
                    "facility",
                    finding.facility().value(),
                    "units",
                    Integer.toString(finding.units().stream()
                            .mapToInt(Finding.Units::quantity)
                            .sum())));
            append(
                    handle,
                    id,
                    "return.inspected",
                    "somebody has looked at goods of " + id + " at " + finding.facility(),
                    detail);
            return Optional.empty();
        });
    }

    @Override
    public Outcome approve(ReturnId id, Person by) {
        return told(id, (handle, returned) -> {
            if (returned.money() != MoneyStatus.UNAPPROVED) {
                return Optional.of("No refund of " + id + " waits for an approval.");
            }
            if (returned.askedBy().equals(by.owner())) {
                return Optional.of("Who asked for the return can't approve its refund.");
            }
            if (SecondOpinions.hasLooked(handle, id, by)) {
                return Optional.of("Who has looked at the goods of the return can't approve its refund.");
            }
            handle.createUpdate("update return_refund set approved_by = :by, approved_at = :now where return_id = :id")
                    .bind("by", by.owner())
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .execute();
            append(
                    handle,
                    id,
                    "return.approved",
                    by.actor() + " approves the refund of " + id,
                    Map.of("actor", by.actor()));
            return Optional.empty();
        });
    }

    @Override
    public Outcome regrade(Submission submission, ReturnId id, List<Regraded> found) {
        return told(submission, id, (handle, returned) -> {
            if (!returned.mayBeRegraded()) {
                return Optional.of("No refund of " + id + " waits that depends on what was found.");
            }
            Optional<String> objection =
                    SecondOpinions.regrade(handle, returned, submission.by(), found, clock.instant());
            if (objection.isPresent()) {
                return objection;
            }
            SecondOpinions.putAside(handle, id, submission.by(), clock.instant());
            append(
                    handle,
                    id,
                    "return.regraded",
                    submission.by().actor() + " has looked again at goods of " + id + ": its refund is reckoned anew",
                    Map.of("actor", submission.by().actor(), "inspections", Integer.toString(found.size())));
            return Optional.empty();
        });
    }

    @Override
    public Outcome refuse(ReturnId id, Person by, String reason, RefusedGoods goods) {
        return stored(handle -> {
            OrderLock.lock(handle, id.order());
            return changed(handle, id, (locked, returned) -> refuse(locked, returned, by, reason, goods));
        });
    }

    private Optional<String> refuse(Handle handle, Return returned, Person by, String reason, RefusedGoods goods) {
        if (!returned.mayBeRefused()) {
            return Optional.of(
                    "Return " + returned.id() + " has ended, or what is paid for its goods is settled already.");
        }
        return returned.hasInspected()
                ? refuseMoney(handle, returned, by, reason, goods)
                : refuseAll(handle, returned.id(), by, reason);
    }

    private Optional<String> refuseAll(Handle handle, ReturnId id, Person by, String reason) {
        forgetMoney(handle, id);
        handle.createUpdate("update goods_return set refused_at = :now, refused_by = :by where id = :id")
                .bind("now", Columns.at(clock.instant()))
                .bind("by", by.owner())
                .bind("id", id.value())
                .execute();
        ExchangeRows.giveUp(handle, id, "the return was refused", clock.instant());
        PersonRows.say(handle, id.value(), id.value(), reason);
        append(handle, id, "return.refused", by.actor() + " refuses " + id, Map.of("actor", by.actor()));
        return Optional.empty();
    }

    /** Its goods are there, so that the return goes on to its end without the money. */
    private Optional<String> refuseMoney(Handle handle, Return returned, Person by, String reason, RefusedGoods goods) {
        ReturnId id = returned.id();
        Optional<String> objection = goods == RefusedGoods.SEND_BACK
                ? SecondOpinions.objectionToSendingBack(handle, returned)
                : Optional.empty();
        if (objection.isPresent()) {
            return objection;
        }
        SecondOpinions.putAside(handle, id, by, clock.instant());
        switch (goods) {
            case SEND_BACK -> SecondOpinions.sendBack(handle, returned, clock.instant());
            case KEEP -> {
                SecondOpinions.keep(handle, id, by, clock.instant());
                ExchangeRows.giveUp(handle, id, "its money was refused", clock.instant());
            }
        }
        PersonRows.say(handle, id.value(), id.value(), reason);
        append(
                handle,
                id,
                "return.money-refused",
                by.actor() + " refuses the refund of " + id,
                Map.of("actor", by.actor(), "goods", goods.name()));
        return Optional.empty();
    }

    /** What will never be given back counts for no other return of the order. */
    private static void forgetMoney(Handle handle, ReturnId id) {
        handle.createUpdate("delete from return_refund_tender where return_id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** What is told of a return that is there; {@code work} gives why the present state does not allow it. */
    private Outcome told(Submission submission, ReturnId id, BiFunction<Handle, Return, Optional<String>> work) {
        return stored(handle -> {
            OrderLock.lock(handle, id.order());
            Optional<Outcome> known = ReturnSubmissions.known(handle, submission);
            if (known.isPresent()) {
                return known.get();
            }
            Outcome outcome = changed(handle, id, work);
            if (outcome instanceof Outcome.Stored) {
                ReturnSubmissions.remember(handle, submission, id, clock.instant());
            }
            return outcome;
        });
    }

    private Outcome told(ReturnId id, BiFunction<Handle, Return, Optional<String>> work) {
        return stored(handle -> changed(handle, id, work));
    }

    private Outcome changed(Handle handle, ReturnId id, BiFunction<Handle, Return, Optional<String>> work) {
        Return returned = PostgresReturns.locked(handle, id);
        Optional<String> objection = work.apply(handle, returned);
        if (objection.isPresent()) {
            return new Outcome.Conflict(objection.get());
        }
        wake(handle, returned.order(), id, String.valueOf(trace.now()));
        return new Outcome.Stored(id);
    }

    private Outcome stored(Function<Handle, Outcome> work) {
        Outcome outcome = transactions.in(work);
        if (outcome instanceof Outcome.Stored) {
            bell.ring();
        }
        return outcome;
    }

    private void wake(Handle handle, OrderKey order, ReturnId id, String event) {
        InboxRows.insert(
                handle,
                order.account(),
                TOPIC,
                id + "/" + event,
                id.workflowId(order.account()),
                "{}",
                clock.instant());
    }

    private void append(Handle handle, ReturnId id, String kind, String summary, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("return", id.value());
        trace.append(handle, id.value(), kind, summary, detail);
    }
}
