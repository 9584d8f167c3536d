package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.CustomerPayment;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Customers' money as Tryton payments, found by their reference and taken on from whatever state an attempt that failed left them in;
 * what is refused on the way is taken back. A succeeded payment has a clearing move, which Tryton leaves as a draft: we post it, for a
 * period with drafts can't be closed. Money given back is a payment of ours to the customer, which has to be approved first.
 */
final class Payments {
    private static final String MODEL = "account.payment";

    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;
    private final TrytonSettings settings;

    Payments(RestApi rest, RpcApi rpc, References references, TrytonSettings settings) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
        this.settings = settings;
    }

    private record Found(long id, String number, String state, OptionalLong move, String moveState, String moveNumber) {
        boolean booked() {
            return state.equals("succeeded") && moveState.equals("posted");
        }

        Receipt receipt() {
            return new Receipt(number, Map.of("tryton", MODEL + "," + id, "move", moveNumber));
        }
    }

    Optional<Receipt> find(CustomerPayment payment) {
        return Optional.ofNullable(existing(List.of(payment)).get(payment))
                .filter(Found::booked)
                .map(Found::receipt);
    }

    Map<CustomerPayment, Reply> book(List<CustomerPayment> payments) {
        Batch<CustomerPayment> batch = new Batch<>(payments);
        Map<CustomerPayment, Found> before = existing(payments);
        settleBooked(batch, before);
        if (batch.open().isEmpty()) {
            return batch.answers();
        }
        Map<CustomerPayment, LocalDate> dates = accountingDates(batch);
        create(batch, before);
        step(batch, "draft", ids -> rpc.press(MODEL, "submit", ids, references.context()));
        approve(batch);
        process(batch);
        succeed(batch, dates);
        postClearingMoves(batch);
        settleBooked(batch, existing(batch.open()));
        batch.open().forEach(payment -> batch.refuse(payment, "Tryton has not booked the payment"));
        takeBack(batch);
        return batch.answers();
    }

    private static void settleBooked(Batch<CustomerPayment> batch, Map<CustomerPayment, Found> found) {
        found.forEach((payment, one) -> {
            if (one.booked()) {
                batch.done(payment, one.receipt());
            }
        });
    }

    private Map<CustomerPayment, LocalDate> accountingDates(Batch<CustomerPayment> batch) {
        LocalDate earliest = batch.open().stream()
                .map(CustomerPayment::businessDate)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Periods periods = Periods.from(earliest, rest, references);
        return batch.prepare(
                batch.open(), payment -> periods.accountingDate(payment.businessDate(), payment.closedPeriods()));
    }

    private void create(Batch<CustomerPayment> batch, Map<CustomerPayment, Found> known) {
        List<CustomerPayment> missing = batch.open().stream()
                .filter(payment -> !known.containsKey(payment))
                .toList();
        Map<String, Long> paid = new RefundedLines(rest, rpc, references, settings.mapping()).of(missing);
        Map<CustomerPayment, ObjectNode> records = batch.prepare(missing, payment -> record(payment, paid));
        batch.together(records, some -> rest.create(MODEL, references.company(), some));
    }

    private ObjectNode record(CustomerPayment payment, Map<String, Long> paid) {
        if (!payment.amount().isPositive()) {
            throw new TrytonRefusal("a payment must be more than nothing, not " + payment.amount());
        }
        References.Customer customer =
                references.customer(settings.mapping().shop(payment.channel().value()));
        ObjectNode record = Values.object()
                .put("company", references.company())
                .put("kind", payment.isRefund() ? "payable" : "receivable")
                .put("party", customer.party())
                .put(
                        "journal",
                        references.paymentJournal(
                                payment.gateway(), payment.amount().currency()))
                .put("reference", payment.reference());
        record.set("amount", Values.decimal(payment.amount()));
        record.set("date", Values.date(payment.businessDate()));
        payment.refundOf().ifPresent(original -> record.put("line", line(original, paid)));
        return record;
    }

    private static long line(String original, Map<String, Long> paid) {
        Long line = paid.get(original);
        if (line == null) {
            throw new TrytonRefusal("Tryton has no booked " + original + " that could be given back");
        }
        return line;
    }

    private void approve(Batch<CustomerPayment> batch) {
        Map<CustomerPayment, Found> now = existing(batch.open());
        batch.together(
                inState(batch.open(), now, "submitted").stream()
                        .filter(CustomerPayment::isRefund)
                        .toList(),
                some -> rpc.press(MODEL, "approve", ids(some, now), references.context()));
    }

    private void process(Batch<CustomerPayment> batch) {
        Map<CustomerPayment, Found> now = existing(batch.open());
        List<CustomerPayment> ready = inState(batch.open(), now, "submitted", "approved");
        batch.together(ready, some -> rpc.runWizard(MODEL + ".process", MODEL, ids(some, now), references.context()));
    }

    private void step(Batch<CustomerPayment> batch, String state, java.util.function.Consumer<List<Long>> call) {
        Map<CustomerPayment, Found> now = existing(batch.open());
        batch.together(inState(batch.open(), now, state), some -> call.accept(ids(some, now)));
    }

    /** The date of the clearing moves is the call's, so payments of different dates succeed in calls of their own. */
    private void succeed(Batch<CustomerPayment> batch, Map<CustomerPayment, LocalDate> dates) {
        Map<CustomerPayment, Found> now = existing(batch.open());
        inState(batch.open(), now, "processing").stream()
                .collect(Collectors.groupingBy(
                        payment -> Objects.requireNonNull(dates.get(payment)), LinkedHashMap::new, Collectors.toList()))
                .forEach((date, sameDate) -> {
                    ObjectNode context = references.context();
                    context.set("clearing_date", Values.date(date));
                    batch.together(sameDate, some -> rpc.press(MODEL, "succeed", ids(some, now), context));
                });
    }

    private void postClearingMoves(Batch<CustomerPayment> batch) {
        Map<CustomerPayment, Found> now = existing(batch.open());
        List<CustomerPayment> unposted = batch.open().stream()
                .filter(payment -> Optional.ofNullable(now.get(payment))
                        .filter(one -> one.move().isPresent() && one.moveState().equals("draft"))
                        .isPresent())
                .toList();
        nameGateways(batch, unposted, now);
        batch.together(
                unposted.stream().filter(batch::isOpen).toList(),
                some -> rpc.press("account.move", "post", moves(some, now), references.context()));
    }

    /** A refused payment that was not processed yet is deleted. Any other fails, and Tryton deletes its draft move. */
    private void takeBack(Batch<CustomerPayment> batch) {
        List<CustomerPayment> refused = batch.refused();
        Map<CustomerPayment, Found> left = existing(refused);
        takeBack(batch, inState(refused, left, "submitted", "approved"), left, "draft");
        takeBack(batch, inState(refused, left, "draft", "submitted", "approved"), left, "delete");
        takeBack(batch, inState(refused, left, "processing", "succeeded"), left, "fail");
    }

    private void takeBack(
            Batch<CustomerPayment> batch, List<CustomerPayment> some, Map<CustomerPayment, Found> left, String button) {
        batch.takeBack(some, group -> rpc.press(MODEL, button, ids(group, left), references.context()));
    }

    /** Gateways that share a journal would be lost in the books: the move's description keeps them. */
    private void nameGateways(
            Batch<CustomerPayment> batch, List<CustomerPayment> unposted, Map<CustomerPayment, Found> now) {
        unposted.stream()
                .filter(payment -> settings.mapping().isUnnamed(payment.gateway()))
                .collect(Collectors.groupingBy(CustomerPayment::gateway))
                .forEach((gateway, payments) -> batch.together(
                        payments,
                        some -> rpc.write(
                                "account.move",
                                moves(some, now),
                                Values.object().put("description", gateway),
                                references.context())));
    }

    private static List<Long> moves(List<CustomerPayment> some, Map<CustomerPayment, Found> now) {
        return ids(some, now, found -> found.move().orElseThrow());
    }

    private Map<CustomerPayment, Found> existing(List<CustomerPayment> payments) {
        if (payments.isEmpty()) {
            return Map.of();
        }
        Map<String, Found> rows = rest
                .search(
                        MODEL,
                        Filter.all(
                                Filter.oneOf(
                                        "reference",
                                        payments.stream()
                                                .map(CustomerPayment::reference)
                                                .toList()),
                                Filter.is("company", references.company()),
                                Filter.where("state", "!=", "failed")),
                        "number",
                        "state",
                        "reference",
                        "clearing_move.number",
                        "clearing_move.state")
                .stream()
                .collect(Collectors.toMap(row -> Values.text(row, "reference"), Payments::found, (one, same) -> one));
        Map<CustomerPayment, Found> found = new LinkedHashMap<>();
        payments.forEach(payment ->
                Optional.ofNullable(rows.get(payment.reference())).ifPresent(row -> found.put(payment, row)));
        return found;
    }

    private static Found found(JsonNode row) {
        JsonNode move = row.path("clearing_move.");
        return new Found(
                Values.id(row),
                Values.text(row, "number"),
                Values.text(row, "state"),
                move.isObject() ? OptionalLong.of(Values.id(move)) : OptionalLong.empty(),
                Values.text(move, "state"),
                Values.text(move, "number"));
    }

    private static List<CustomerPayment> inState(
            List<CustomerPayment> some, Map<CustomerPayment, Found> now, String... states) {
        return some.stream()
                .filter(payment -> Optional.ofNullable(now.get(payment))
                        .filter(found -> List.of(states).contains(found.state()))
                        .isPresent())
                .toList();
    }

    private static List<Long> ids(List<CustomerPayment> some, Map<CustomerPayment, Found> now) {
        return ids(some, now, Found::id);
    }

    private static List<Long> ids(
            List<CustomerPayment> some, Map<CustomerPayment, Found> now, Function<Found, Long> id) {
        return some.stream()
                .map(payment -> id.apply(Objects.requireNonNull(now.get(payment))))
                .toList();
    }
}
