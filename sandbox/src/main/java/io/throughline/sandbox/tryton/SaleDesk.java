package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The buttons of sales. */
final class SaleDesk {
    private static final String MODEL = "sale.sale";

    private final Tables tables;
    private final Buttons buttons;
    private final Effects effects;

    SaleDesk(Tables tables, Buttons buttons, Effects effects) {
        this.tables = tables;
        this.buttons = buttons;
        this.effects = effects;
    }

    void quote(List<Long> ids) {
        for (ObjectNode sale : buttons.pressed(MODEL, "quote", ids, "draft")) {
            if (tables.children("sale.line", "sale", sale.path("id").longValue())
                    .isEmpty()) {
                throw Buttons.refusal(MODEL, "quote", sale);
            }
            if (!sale.path("number").isTextual()) {
                sale.put("number", Long.toString(tables.next("sale")));
            }
            become(sale, "quotation", "quote");
        }
    }

    /** Confirmed sales are processed in the same breath. */
    void confirm(List<Long> ids) {
        buttons.pressed(MODEL, "confirm", ids, "quotation").forEach(sale -> become(sale, "processing", "confirm"));
    }

    void cancel(List<Long> ids) {
        buttons.pressed(MODEL, "cancel", ids, "draft", "quotation")
                .forEach(sale -> become(sale, "cancelled", "cancel"));
    }

    void draft(List<Long> ids) {
        buttons.pressed(MODEL, "draft", ids, "cancelled", "quotation", "confirmed")
                .forEach(sale -> become(sale, "draft", "draft"));
    }

    private void become(ObjectNode sale, String state, String button) {
        sale.put("state", state);
        tables.save(MODEL, sale);
        effects.happened(
                "sale.sale." + button,
                sale.path("web_id").asText(),
                sale.path("web_id").asText(),
                sale);
    }

    /** Follows the invoices that bill this sale's lines. */
    void followInvoices(ObjectNode invoice) {
        tables.children("account.invoice.line", "invoice", invoice.path("id").longValue()).stream()
                .map(line -> line.path("origin").asText())
                .filter(origin -> origin.startsWith("sale.line,"))
                .map(origin -> tables.get("sale.line", Long.parseLong(origin.substring("sale.line,".length()))))
                .map(line -> line.path("sale").longValue())
                .distinct()
                .forEach(sale -> updateInvoiceState(tables.get(MODEL, sale)));
    }

    private void updateInvoiceState(ObjectNode sale) {
        List<Long> lines = tables.children("sale.line", "sale", sale.path("id").longValue()).stream()
                .map(line -> line.path("id").longValue())
                .toList();
        List<String> states = tables.all("account.invoice.line").stream()
                .filter(line -> lines.stream()
                        .anyMatch(id -> line.path("origin").asText().equals("sale.line," + id)))
                .map(line -> line.path("invoice").longValue())
                .distinct()
                .map(invoice ->
                        tables.get("account.invoice", invoice).path("state").asText())
                .toList();
        boolean all = states.stream().allMatch("paid"::equals);
        boolean some = states.contains("paid");
        sale.put("invoice_state", all ? "paid" : some ? "partially paid" : "awaiting payment");
        tables.save(MODEL, sale);
    }
}
