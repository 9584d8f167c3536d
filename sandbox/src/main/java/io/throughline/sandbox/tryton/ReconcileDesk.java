package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Sets lines of one account against each other; invoices whose receivable is gone are paid. */
final class ReconcileDesk {
    private static final String MODEL = "account.move.line";

    private final Tables tables;
    private final Ledgers ledgers;
    private final InvoiceDesk invoices;
    private final SaleDesk sales;
    private final Effects effects;

    ReconcileDesk(Tables tables, Ledgers ledgers, InvoiceDesk invoices, SaleDesk sales, Effects effects) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.invoices = invoices;
        this.sales = sales;
        this.effects = effects;
    }

    /** False where the lines don't come to nothing: the real one then asks what to write off. */
    boolean reconcile(List<Long> ids) {
        List<ObjectNode> lines = ids.stream().map(id -> tables.get(MODEL, id)).toList();
        for (ObjectNode line : lines) {
            if (line.path("reconciliation").isNumber()) {
                throw new TrytonError.UserError("You cannot reconcile already reconciled line \""
                        + Ledgers.balance(line) + " @ "
                        + tables.linked(MODEL, line, "account").path("code").asText() + "\".");
            }
        }
        BigDecimal own = sum(lines.stream().map(Ledgers::balance).toList());
        boolean foreign =
                lines.stream().allMatch(line -> line.path("second_currency").isNumber());
        BigDecimal rest = foreign
                ? sum(lines.stream()
                        .map(line -> Typed.decimalOf(line.path("amount_second_currency")))
                        .toList())
                : own;
        if (rest.signum() != 0) {
            return false;
        }
        long reconciliation = tables.next("reconciliation");
        if (own.signum() != 0) {
            bookDifference(lines.getFirst(), own, reconciliation);
        }
        lines.forEach(line -> tables.save(MODEL, line.put("reconciliation", reconciliation)));
        effects.happened(
                "account.move.reconcile",
                lines.stream().map(this::origin).distinct().sorted().collect(Collectors.joining(" ")),
                ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")),
                Json.object().put("reconciliation", reconciliation));
        lines.stream().map(this::origin).distinct().forEach(this::markPaid);
        return true;
    }

    /** Opens again all that is reconciled with these lines. */
    void undo(List<ObjectNode> lines) {
        List<JsonNode> reconciliations = lines.stream()
                .map(line -> line.path("reconciliation"))
                .filter(JsonNode::isNumber)
                .toList();
        tables.all(MODEL).stream()
                .filter(line ->
                        reconciliations.stream().anyMatch(one -> Typed.sameId(one, line.path("reconciliation"))))
                .forEach(line -> tables.save(MODEL, line.putNull("reconciliation")));
    }

    /** The same foreign amounts, converted on different days: the rest is exchange gain or loss, in a draft move. */
    private void bookDifference(ObjectNode like, BigDecimal rest, long reconciliation) {
        ObjectNode currency = tables.linked("company.company", ledgers.company(), "currency");
        ObjectNode move = ledgers.move("EXC", invoices.today(), "");
        move.putNull("origin");
        ledgers.line(
                move,
                tables.linked(MODEL, like, "account"),
                rest.negate(),
                currency,
                Json.object().put("party", like.path("party").longValue()));
        ledgers.line(move, ledgers.account(rest.signum() < 0 ? "7000" : "7010"), rest, currency, Json.object());
        tables.children(MODEL, "move", move.path("id").longValue()).stream()
                .findFirst()
                .ifPresent(line -> tables.save(MODEL, line.put("reconciliation", reconciliation)));
        tables.save("account.move", move);
    }

    private void markPaid(String origin) {
        if (!origin.startsWith("account.invoice,")) {
            return;
        }
        ObjectNode invoice =
                tables.get("account.invoice", Long.parseLong(origin.substring("account.invoice,".length())));
        boolean settled = tables.children(MODEL, "move", invoice.path("move").longValue()).stream()
                .filter(line -> Typed.sameId(line.path("account"), invoice.path("account")))
                .allMatch(line -> line.path("reconciliation").isNumber());
        if (settled) {
            invoice.put("state", "paid");
            tables.save("account.invoice", invoice);
            sales.followInvoices(invoice);
        }
    }

    private String origin(ObjectNode line) {
        return tables.linked(MODEL, line, "move").path("origin").asText();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
