package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What single models set, check and forbid when a record is made or deleted. */
final class Defaults {
    private static final Set<String> SOLD_ON = Set.of("revenue", "gift_card");

    private final Tables tables;
    private final Clock clock;

    Defaults(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    void fill(String model, ObjectNode values) {
        switch (model) {
            case "sale.sale" -> {
                draft(values);
                values.putNull("number").put("invoice_state", "none").put("shipment_state", "none");
            }
            case "account.invoice" -> {
                draft(values);
                values.putNull("number");
            }
            case "account.payment" -> {
                draft(values);
                values.put("number", Long.toString(tables.next("payment")));
            }
            case "account.move" -> {
                draft(values);
                values.putNull("number");
            }
            case "stock.shipment.internal" -> {
                draft(values);
                values.putNull("number").set("create_date", Typed.dateTime(clock.instant()));
            }
            case "stock.move" -> {
                draft(values);
                values.set("internal_quantity", values.path("quantity"));
                values.set("create_date", Typed.dateTime(clock.instant()));
                if (values.path("shipment").isNumber()) {
                    values.put(
                            "shipment",
                            "stock.shipment.internal," + values.path("shipment").longValue());
                }
            }
            default -> {}
        }
    }

    private static void draft(ObjectNode values) {
        values.put("state", "draft");
    }

    void check(String model, ObjectNode record) {
        switch (model) {
            case "sale.sale" -> checkWebId(record);
            case "account.invoice.line" -> checkAccount(record);
            case "account.payment" -> {
                checkAmount(record);
                checkPaidLine(record);
            }
            case "stock.move" -> {
                checkGoods(record);
                StockPeriods.check(tables, record);
            }
            default -> {}
        }
    }

    void checkDeletion(String model, ObjectNode record) {
        String state = record.path("state").asText();
        if (model.equals("sale.sale") && !List.of("draft", "cancelled").contains(state)) {
            throw new TrytonError.UserError("To delete sale \"" + Names.of(record) + "\" you must cancel it.");
        }
        if (model.equals("account.invoice") && !List.of("draft", "cancelled").contains(state)) {
            throw new TrytonError.UserError("To delete invoice \"" + Names.of(record) + "\" you must cancel it.");
        }
        if (model.equals("account.payment") && !state.equals("draft")) {
            throw new TrytonError.UserError(
                    "To delete payment \"" + Names.of(record) + "\" you must reset it to draft state.");
        }
        if (model.startsWith("stock.")) {
            throw new TrytonError.Forbidden();
        }
        if (model.equals("account.move") && state.equals("posted")) {
            throw new TrytonError.UserError("You cannot modify posted move \"" + Names.of(record) + "\".");
        }
    }

    /** What can't be kept on a shelf can't be moved from one. */
    private void checkGoods(ObjectNode move) {
        ObjectNode product = tables.linked("stock.move", move, "product");
        if (product.path("type").asText().equals("service")) {
            throw new TrytonError.UserError(
                    "The value \"" + product.path("name").asText()
                            + "\" for field \"Product\" in record \"" + Names.of(move)
                            + "\" of \"Stock Move\" is not valid according to its domain.");
        }
    }

    private void checkWebId(ObjectNode sale) {
        boolean taken = sale.path("web_id").isTextual()
                && tables.all("sale.sale").stream()
                        .filter(other -> !Typed.sameId(other.path("id"), sale.path("id")))
                        .anyMatch(other -> other.path("web_id").equals(sale.path("web_id"))
                                && other.path("web_shop").asLong()
                                        == sale.path("web_shop").asLong());
        if (taken) {
            throw new TrytonError.UserError("The web ID on the sale must be unique per shop.");
        }
    }

    private void checkAccount(ObjectNode line) {
        ObjectNode account = tables.linked("account.invoice.line", line, "account");
        if (!SOLD_ON.contains(account.path("kind").asText())) {
            ObjectNode invoice = tables.linked("account.invoice.line", line, "invoice");
            throw new TrytonError.UserError("The value \""
                    + account.path("code").asText() + " - "
                    + account.path("name").asText() + "\" for field \"Account\" in record \"" + Names.of(invoice)
                    + "\" of \"Account Invoice Line\" is not valid according to its domain.");
        }
    }

    /** The company pays what it owes: an open credit on a posted move that is due on some day. */
    private void checkPaidLine(ObjectNode payment) {
        if (!payment.path("line").isNumber()) {
            return;
        }
        ObjectNode line = tables.linked("account.payment", payment, "line");
        boolean payable = payment.path("kind").asText().equals("payable");
        boolean posted = tables.linked("account.move.line", line, "move")
                .path("state")
                .asText()
                .equals("posted");
        boolean rightSide =
                Typed.decimalOf(line.path(payable ? "credit" : "debit")).signum() > 0;
        if (!posted
                || !rightSide
                || line.path("reconciliation").isNumber()
                || !Typed.isDate(line.path("maturity_date"))
                || !Typed.sameId(line.path("party"), payment.path("party"))) {
            throw new TrytonError.UserError("The value \"" + line.path("id").asText()
                    + "\" for field \"Line\" in record \"" + Names.of(payment)
                    + "\" of \"Account Payment\" is not valid according to its domain.");
        }
    }

    private static void checkAmount(ObjectNode payment) {
        if (Typed.decimalOf(payment.path("amount")).signum() <= 0) {
            throw new TrytonError.UserError(
                    "The value \"" + payment.path("amount").path("decimal").asText()
                            + "\" for field \"Amount\" in record \"" + Names.of(payment)
                            + "\" of \"Account Payment\" is not valid according to its domain.");
        }
    }
}
