package io.throughline.domain.returns;

import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Returns in memory, of orders that were handed over as they are. */
public final class TestingReturns implements Returns {
    private final Map<ReturnId, Return> returns = new LinkedHashMap<>();
    private final Map<OrderId, Purchase> purchases = new LinkedHashMap<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Set<ReturnId> moneyRefused = new HashSet<>();
    private final Set<ReturnId> shelvesRead = new HashSet<>();
    private final List<Shelved> shelved = new ArrayList<>();
    private long inspections;

    public ReturnId authorise(Order order, ReturnedTo to, boolean refundFirst, ReturnRequest.Line... lines) {
        return authorise(order, to, refundFirst, order.placedAt().plusSeconds(86_400), lines);
    }

    /** Lines of an order that were authorised when it was placed, and are waited for until {@code dueAt}. */
    public ReturnId authorise(
            Order order, ReturnedTo to, boolean refundFirst, Instant dueAt, ReturnRequest.Line... lines) {
        return authorise(order, new ReturnCause.ByChoice(), to, refundFirst, dueAt, lines);
    }

    public synchronized ReturnId authorise(
            Order order,
            ReturnCause cause,
            ReturnedTo to,
            boolean refundFirst,
            Instant dueAt,
            ReturnRequest.Line... lines) {
        return authorise(order, cause, to, RefundTo.ORIGINAL, refundFirst, dueAt, lines);
    }

    public synchronized ReturnId authorise(
            Order order,
            ReturnCause cause,
            ReturnedTo to,
            RefundTo refundTo,
            boolean refundFirst,
            Instant dueAt,
            ReturnRequest.Line... lines) {
        ReturnId id = ReturnId.of(order.id(), returns.size() + 1);
        purchases.put(order.id(), SamplePurchases.handedOver(order));
        List<Return.Line> authorised = new ArrayList<>();
        for (ReturnRequest.Line line : lines) {
            authorised.add(new Return.Line(
                    authorised.size() + 1,
                    line.lineId(),
                    order.line(line.lineId()).sku(),
                    line.reason(),
                    line.grade(),
                    line.quantity(),
                    0,
                    0,
                    List.of()));
        }
        returns.put(
                id,
                new Return(
                        id,
                        order.key(),
                        1,
                        cause,
                        to,
                        refundTo,
                        "returns-1",
                        refundFirst,
                        "support",
                        order.placedAt(),
                        dueAt,
                        authorised,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        return id;
    }

    /** A label is to be bought for what the customer sends. */
    public synchronized void wantsLabel(ReturnId id, ReturnParcel.Wanted wanted) {
        parcels(
                id,
                List.of(ReturnParcel.toBeLabelled(
                        ReturnParcelId.of(id, 1),
                        ReturnParcel.Direction.FROM_CUSTOMER,
                        wanted.to(),
                        wanted.terms(),
                        get(id).authorisedAt())));
    }

    synchronized void parcel(ReturnParcelId id, UnaryOperator<ReturnParcel> change) {
        parcels(
                id.returned(),
                get(id.returned()).parcels().stream()
                        .map(parcel -> parcel.id().equals(id) ? change.apply(parcel) : parcel)
                        .toList());
    }

    public synchronized void refuse(ReturnId id) {
        put(
                get(id),
                Optional.of(new Return.Refused(get(id).authorisedAt(), "support", Optional.empty())),
                get(id).parcels());
    }

    public synchronized void receive(ReturnId id, Arrival arrival) {
        Map<Integer, Integer> received = arrival.sortedFor(get(id)).received();
        lines(
                id,
                line -> with(
                        line,
                        line.received() + received.getOrDefault(line.number(), 0),
                        line.missing(),
                        line.inspections()));
    }

    public synchronized void inspect(ReturnId id, Finding finding) {
        ReturnParcelId back = ReturnParcelId.of(id, get(id).parcels().size() + 1);
        List<Finding.Sorted> sorted = finding.sortedFor(get(id)).orElseThrow();
        if (finding.sendsBack()) {
            List<ReturnParcel> more = new ArrayList<>(get(id).parcels());
            more.add(ReturnParcel.toBeLabelled(
                    back,
                    ReturnParcel.Direction.TO_CUSTOMER,
                    finding.facility(),
                    ReturnParcel.Terms.none(),
                    get(id).authorisedAt()));
            parcels(id, more);
        }
        for (Finding.Sorted found : sorted) {
            inspections++;
            Return.Inspection inspection = new Return.Inspection(
                    inspections,
                    finding.facility(),
                    found.units().quantity(),
                    found.units().grade(),
                    found.units().disposition(),
                    Instant.parse("2026-11-24T10:00:00Z"),
                    false,
                    found.units().reason().map(reason -> new Return.SentBack(reason, back)));
            lines(id, line -> line.number() == found.line() ? with(line, and(line.inspections(), inspection)) : line);
        }
    }

    public synchronized void approve(ReturnId id, String by) {
        repayment(
                id,
                repayment -> new Return.Repayment(
                        repayment.refund(),
                        repayment.needsSecondPerson(),
                        Optional.of(by),
                        repayment.issued(),
                        repayment.confirmed(),
                        repayment.earlier(),
                        repayment.exchanged(),
                        repayment.passedOn()));
    }

    /** So much of its parts has paid a new order. */
    public synchronized void exchanged(ReturnId id, Map<String, MoneyBag> parts) {
        repayment(
                id,
                repayment -> new Return.Repayment(
                        repayment.refund(),
                        repayment.needsSecondPerson(),
                        repayment.approvedBy(),
                        repayment.issued(),
                        repayment.confirmed(),
                        repayment.earlier(),
                        parts));
    }

    public synchronized Return get(ReturnId id) {
        return find(id).orElseThrow();
    }

    /** Why the matter of the money has ended, for each return of which it has. */
    public synchronized List<String> outcomes() {
        return List.copyOf(outcomes);
    }

    @Override
    public synchronized Optional<Return> find(ReturnId id) {
        return Optional.ofNullable(returns.get(id));
    }

    @Override
    public synchronized List<Return> ofOrder(OrderId order) {
        return returns.values().stream()
                .filter(one -> one.id().order().equals(order))
                .toList();
    }

    @Override
    public synchronized List<Return> recent(int limit) {
        return returns.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<Return> list(ReturnFilter filter) {
        return returns.values().stream().limit(filter.limit()).toList();
    }

    @Override
    public synchronized List<ReceivedUnits> received(ReturnId id) {
        return List.of();
    }

    @Override
    public synchronized boolean isMoneyRefused(ReturnId id) {
        return moneyRefused.contains(id);
    }

    @Override
    public synchronized boolean asksForShelves(ReturnId id) {
        return !shelvesRead.contains(id);
    }

    @Override
    public synchronized void shelved(ReturnId id, List<Shelved> units) {
        if (shelvesRead.add(id)) {
            shelved.addAll(units);
        }
    }

    /** What was told of shelves so far. */
    public synchronized List<Shelved> shelved() {
        return List.copyOf(shelved);
    }

    /** A second person does not agree, and its goods are kept. */
    public synchronized void refuseMoney(ReturnId id) {
        moneyRefused.add(id);
        change(id, get(id).lines(), Optional.empty(), Optional.of(Instant.EPOCH), get(id).closedAt());
    }

    /** Somebody has looked again, and found this; what is paid is to be reckoned again. */
    public synchronized void regrade(ReturnId id, ConditionGrade grade) {
        putAside(id);
        eachInspection(
                id,
                found -> new Return.Inspection(
                        found.number(),
                        found.facility(),
                        found.quantity(),
                        grade,
                        found.disposition(),
                        found.at(),
                        found.booked(),
                        found.back()));
    }

    /** A second person does not pay for what was taken, so it goes back. */
    public synchronized void sendBack(ReturnId id) {
        putAside(id);
        Return before = get(id);
        ReturnParcelId back = ReturnParcelId.of(id, before.parcels().size() + 1);
        List<ReturnParcel> parcels = new ArrayList<>(before.parcels());
        parcels.add(ReturnParcel.toBeLabelled(
                back,
                ReturnParcel.Direction.TO_CUSTOMER,
                before.facility().orElseThrow(),
                ReturnParcel.Terms.none(),
                before.authorisedAt()));
        parcels(id, parcels);
        eachInspection(
                id,
                found -> new Return.Inspection(
                        found.number(),
                        found.facility(),
                        found.quantity(),
                        found.grade(),
                        Disposition.SEND_BACK,
                        found.at(),
                        false,
                        Optional.of(new Return.SentBack(SendBackReason.NOT_PAID_FOR, back)),
                        Optional.of(found.disposition())));
    }

    private void eachInspection(ReturnId id, UnaryOperator<Return.Inspection> each) {
        lines(id, line -> with(line, line.inspections().stream().map(each).toList()));
    }

    /** What is paid is to be reckoned again. */
    public synchronized void putAside(ReturnId id) {
        change(id, get(id).lines(), Optional.empty(), get(id).moneyEndedAt(), get(id).closedAt());
    }

    @Override
    public synchronized void calculate(ReturnId id, Function<Purchase, Reckoned> reckoning) {
        if (get(id).repayment().isEmpty() && get(id).refused().isEmpty()) {
            Reckoned reckoned = reckoning.apply(
                    Optional.ofNullable(purchases.get(id.order())).orElseThrow());
            change(
                    id,
                    get(id).lines(),
                    Optional.of(new Return.Repayment(
                            reckoned.refund(),
                            reckoned.needsSecondPerson(),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            Return.Earlier.none())),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public synchronized void issued(ReturnId id, Return.Issued issued) {
        repayment(
                id,
                repayment -> new Return.Repayment(
                        repayment.refund(),
                        repayment.needsSecondPerson(),
                        repayment.approvedBy(),
                        repayment.issued().or(() -> Optional.of(issued)),
                        repayment.confirmed(),
                        repayment.earlier(),
                        repayment.exchanged(),
                        repayment.passedOn()));
    }

    @Override
    public synchronized void takenAsGiven(ReturnId id, Refund given, Return.Issued issued) {
        repayment(
                id,
                repayment -> repayment.issued().isPresent()
                        ? repayment
                        : new Return.Repayment(
                                given,
                                repayment.needsSecondPerson(),
                                repayment.approvedBy(),
                                Optional.of(issued),
                                repayment.confirmed(),
                                repayment.earlier(),
                                repayment.exchanged(),
                                repayment.passedOn()));
    }

    @Override
    public synchronized void failed(ReturnId id, Collection<String> transactions, boolean again) {
        repayment(id, repayment -> {
            Set<String> failed = new HashSet<>(repayment.earlier().failed());
            failed.addAll(transactions);
            Map<String, String> through = new HashMap<>(repayment.transactions());
            through.values().removeAll(failed);
            return new Return.Repayment(
                    repayment.refund(),
                    repayment.needsSecondPerson(),
                    repayment.approvedBy(),
                    again ? Optional.empty() : repayment.issued().map(issued -> with(issued, through)),
                    !again,
                    new Return.Earlier(repayment.earlier().refunds() + 1, through, failed),
                    repayment.exchanged(),
                    repayment.passedOn());
        });
    }

    private static Return.Issued with(Return.Issued issued, Map<String, String> transactions) {
        return new Return.Issued(issued.reference(), transactions, issued.ours(), issued.at());
    }

    @Override
    public synchronized void confirmed(ReturnId id) {
        repayment(
                id,
                repayment -> new Return.Repayment(
                        repayment.refund(),
                        repayment.needsSecondPerson(),
                        repayment.approvedBy(),
                        repayment.issued(),
                        true,
                        repayment.earlier(),
                        repayment.exchanged(),
                        repayment.passedOn()));
    }

    @Override
    public synchronized void endMoney(ReturnId id, String outcome) {
        Return before = get(id);
        if (before.moneyEndedAt().isEmpty()) {
            outcomes.add(outcome);
            change(id, before.lines(), before.repayment(), Optional.of(Instant.EPOCH), before.closedAt());
        }
    }

    @Override
    public synchronized void booked(ReturnId id, Collection<Return.Inspection> told) {
        lines(
                id,
                line -> with(
                        line,
                        line.inspections().stream()
                                .map(one -> told.contains(one) ? booked(one) : one)
                                .toList()));
    }

    @Override
    public synchronized void giveUp(ReturnId id) {
        lines(id, line -> with(line, line.received(), line.authorised() - line.received(), line.inspections()));
    }

    @Override
    public synchronized void close(ReturnId id) {
        Return before = get(id);
        change(id, before.lines(), before.repayment(), before.moneyEndedAt(), Optional.of(Instant.EPOCH));
    }

    private static Return.Inspection booked(Return.Inspection one) {
        return new Return.Inspection(
                one.number(),
                one.facility(),
                one.quantity(),
                one.grade(),
                one.disposition(),
                one.at(),
                true,
                one.back());
    }

    private static List<Return.Inspection> and(List<Return.Inspection> before, Return.Inspection more) {
        List<Return.Inspection> all = new ArrayList<>(before);
        all.add(more);
        return all;
    }

    private static Return.Line with(Return.Line line, List<Return.Inspection> inspections) {
        return with(line, line.received(), line.missing(), inspections);
    }

    private static Return.Line with(Return.Line line, int received, int missing, List<Return.Inspection> inspections) {
        return new Return.Line(
                line.number(),
                line.lineId(),
                line.sku(),
                line.reason(),
                line.claimed(),
                line.authorised(),
                received,
                missing,
                inspections);
    }

    private void lines(ReturnId id, UnaryOperator<Return.Line> each) {
        Return before = get(id);
        change(
                id,
                before.lines().stream().map(each).toList(),
                before.repayment(),
                before.moneyEndedAt(),
                before.closedAt());
    }

    synchronized void passedOn(ReturnId id, List<PassedOn> parts) {
        repayment(
                id,
                repayment -> new Return.Repayment(
                        repayment.refund(),
                        repayment.needsSecondPerson(),
                        repayment.approvedBy(),
                        repayment.issued(),
                        repayment.confirmed(),
                        repayment.earlier(),
                        repayment.exchanged(),
                        parts));
    }

    private void repayment(ReturnId id, UnaryOperator<Return.Repayment> each) {
        Return before = get(id);
        change(id, before.lines(), before.repayment().map(each), before.moneyEndedAt(), before.closedAt());
    }

    private void change(
            ReturnId id,
            List<Return.Line> lines,
            Optional<Return.Repayment> repayment,
            Optional<Instant> moneyEndedAt,
            Optional<Instant> closedAt) {
        Return before = get(id);
        returns.put(
                id,
                new Return(
                        id,
                        before.order(),
                        before.orderVersion(),
                        before.cause(),
                        before.to(),
                        before.refundTo(),
                        before.policyVersion(),
                        before.refundFirst(),
                        before.askedBy(),
                        before.authorisedAt(),
                        before.dueAt(),
                        lines,
                        before.unexpected(),
                        before.refused(),
                        repayment,
                        moneyEndedAt,
                        closedAt,
                        before.parcels()));
    }

    private void parcels(ReturnId id, List<ReturnParcel> parcels) {
        put(get(id), get(id).refused(), parcels);
    }

    private void put(Return before, Optional<Return.Refused> refused, List<ReturnParcel> parcels) {
        returns.put(
                before.id(),
                new Return(
                        before.id(),
                        before.order(),
                        before.orderVersion(),
                        before.cause(),
                        before.to(),
                        before.refundTo(),
                        before.policyVersion(),
                        before.refundFirst(),
                        before.askedBy(),
                        before.authorisedAt(),
                        before.dueAt(),
                        before.lines(),
                        before.unexpected(),
                        refused,
                        before.repayment(),
                        before.moneyEndedAt(),
                        before.closedAt(),
                        parcels));
    }
}
