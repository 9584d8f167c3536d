package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Payments on their way: submitted, processed by a wizard, succeeded with a clearing move that stays a draft. */
final class PaymentDesk {
    private static final String MODEL = "account.payment";

    private final Tables tables;
    private final Records records;
    private final Buttons buttons;
    private final Ledgers ledgers;
    private final Warnings warnings;
    private final InvoiceDesk invoices;
    private final ReconcileDesk reconciling;
    private final Effects effects;

    PaymentDesk(
            Tables tables,
            Records records,
            Buttons buttons,
            Ledgers ledgers,
            Warnings warnings,
            InvoiceDesk invoices,
            ReconcileDesk reconciling,
            Effects effects) {
        this.tables = tables;
        this.records = records;
        this.buttons = buttons;
        this.ledgers = ledgers;
        this.warnings = warnings;
        this.invoices = invoices;
        this.reconciling = reconciling;
        this.effects = effects;
    }

    void submit(List<Long> ids) {
        buttons.pressed(MODEL, "submit", ids, "draft").forEach(payment -> become(payment, "submitted"));
    }

    void approve(List<Long> ids) {
        buttons.pressed(MODEL, "approve", ids, "submitted").forEach(payment -> become(payment, "approved"));
    }

    /** What is not ready is passed over: what the company pays has to be approved. */
    void process(List<Long> ids) {
        ids.stream()
                .map(id -> tables.get(MODEL, id))
                .filter(payment -> payment.path("state").asText().equals("approved")
                        || (payment.path("state").asText().equals("submitted") && !isPayable(payment)))
                .forEach(payment -> {
                    askWhetherItOverpays(payment);
                    become(payment, "processing");
                });
    }

    /** Of a line no more is paid, or given back, than it comes to. */
    private void askWhetherItOverpays(ObjectNode payment) {
        if (!payment.path("line").isNumber()) {
            return;
        }
        ObjectNode line = tables.linked(MODEL, payment, "line");
        BigDecimal paid = tables.children(MODEL, "line", line.path("id").longValue()).stream()
                .filter(other -> !other.path("state").asText().equals("failed"))
                .map(other -> Typed.decimalOf(other.path("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = line.path("second_currency").isNumber()
                ? Typed.decimalOf(line.path("amount_second_currency"))
                : Ledgers.balance(line);
        if (paid.compareTo(due.abs()) > 0) {
            warnings.ask(
                    "overpay",
                    MODEL,
                    List.of(payment),
                    "Payment \"" + Names.of(payment) + "\" overpays line \"" + due.toPlainString() + "\".");
        }
    }

    private static boolean isPayable(ObjectNode payment) {
        return payment.path("kind").asText().equals("payable");
    }

    void succeed(List<Long> ids, JsonNode context) {
        LocalDate date = Typed.isDate(context.path("clearing_date"))
                ? Typed.dateOf(context.path("clearing_date"))
                : invoices.today();
        for (ObjectNode payment : buttons.pressed(MODEL, "succeed", ids, "processing", "failed")) {
            payment.put("clearing_move", clear(payment, date).path("id").longValue());
            become(payment, "succeeded");
            reconcilePaidLine(payment);
            String reference = payment.path("reference").asText();
            effects.happened("account.payment.succeed", reference, reference, payment);
        }
    }

    void draft(List<Long> ids) {
        buttons.pressed(MODEL, "draft", ids, "submitted", "approved").forEach(payment -> become(payment, "draft"));
    }

    /** A clearing move that is still a draft goes with it. */
    void fail(List<Long> ids) {
        for (ObjectNode payment : buttons.pressed(MODEL, "fail", ids, "processing", "succeeded")) {
            if (payment.path("clearing_move").isNumber()) {
                long move = payment.path("clearing_move").longValue();
                reconciling.undo(tables.children("account.move.line", "move", move));
                payment.putNull("clearing_move");
                records.delete("account.move", List.of(move));
            }
            become(payment, "failed");
        }
    }

    private ObjectNode clear(ObjectNode payment, LocalDate date) {
        ObjectNode journal = tables.linked(MODEL, payment, "journal");
        ObjectNode currency = tables.linked("account.payment.journal", journal, "currency");
        BigDecimal paid = Typed.decimalOf(payment.path("amount"));
        BigDecimal amount = isPayable(payment) ? paid.negate() : paid;
        ObjectNode move =
                ledgers.move("CLR", date, MODEL + "," + payment.path("id").longValue());
        ledgers.line(
                move,
                clearedAccount(payment),
                amount.negate(),
                currency,
                Json.object().put("party", payment.path("party").longValue()).putNull("description"));
        ObjectNode clearing = tables.linked("account.payment.journal", journal, "clearing_account");
        ledgers.line(move, clearing, amount, currency, Json.object().putNull("description"));
        return move;
    }

    /** Against the account of the line that is paid, else against what the party owes or is owed. */
    private ObjectNode clearedAccount(ObjectNode payment) {
        if (payment.path("line").isNumber()) {
            return tables.linked("account.move.line", tables.linked(MODEL, payment, "line"), "account");
        }
        if (isPayable(payment)) {
            throw new TrytonError.UserError("To clear payment \"" + Names.of(payment)
                    + "\", you must set an account payable for party \""
                    + tables.linked(MODEL, payment, "party").path("name").asText() + "\".");
        }
        return ledgers.account("1100");
    }

    private void reconcilePaidLine(ObjectNode payment) {
        if (!payment.path("line").isNumber()) {
            return;
        }
        ObjectNode line = tables.linked(MODEL, payment, "line");
        List<ObjectNode> together = Stream.concat(
                        Stream.of(line),
                        tables
                                .children(
                                        "account.move.line",
                                        "move",
                                        payment.path("clearing_move").longValue())
                                .stream()
                                .filter(other -> Typed.sameId(other.path("account"), line.path("account"))))
                .toList();
        boolean even = together.stream()
                        .map(Ledgers::balance)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .signum()
                == 0;
        if (even && !line.path("reconciliation").isNumber()) {
            reconciling.reconcile(
                    together.stream().map(one -> one.path("id").longValue()).toList());
        }
    }

    private void become(ObjectNode payment, String state) {
        payment.put("state", state);
        tables.save(MODEL, payment);
    }
}
