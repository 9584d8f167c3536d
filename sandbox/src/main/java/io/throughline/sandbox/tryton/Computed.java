package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Fields that are not stored: sums, and what a line shows of its owner. Amounts are rounded half to even, as Tryton does. */
final class Computed {
    private final Tables tables;

    Computed(Tables tables) {
        this.tables = tables;
    }

    List<String> names(String model) {
        return switch (model) {
            case "account.invoice" -> List.of("untaxed_amount", "tax_amount", "total_amount");
            case "account.invoice.line" -> List.of("amount");
            case "account.move.line" -> List.of("move_state");
            case "sale.sale" -> List.of("untaxed_amount");
            default -> List.of();
        };
    }

    JsonNode value(String model, ObjectNode row, String field) {
        return switch (model + "." + field) {
            case "account.invoice.untaxed_amount" -> Typed.decimal(untaxed(row));
            case "account.invoice.tax_amount" -> Typed.decimal(taxes(row));
            case "account.invoice.total_amount" -> Typed.decimal(untaxed(row).add(taxes(row)));
            case "account.invoice.line.amount" -> Typed.decimal(invoiceLineAmount(row));
            case "account.move.line.move_state" ->
                tables.linked("account.move.line", row, "move").path("state");
            case "sale.sale.untaxed_amount" -> Typed.decimal(saleAmount(row));
            default -> row.path(field);
        };
    }

    BigDecimal untaxed(ObjectNode invoice) {
        return tables.children("account.invoice.line", "invoice", id(invoice)).stream()
                .map(this::invoiceLineAmount)
                .reduce(BigDecimal.ZERO.setScale(digits("account.invoice", invoice)), BigDecimal::add);
    }

    BigDecimal taxes(ObjectNode invoice) {
        return tables.children("account.invoice.tax", "invoice", id(invoice)).stream()
                .map(row -> Typed.decimalOf(row.path("amount")))
                .reduce(BigDecimal.ZERO.setScale(digits("account.invoice", invoice)), BigDecimal::add);
    }

    BigDecimal invoiceLineAmount(ObjectNode line) {
        return amount(line, digits("account.invoice", tables.linked("account.invoice.line", line, "invoice")));
    }

    private BigDecimal saleAmount(ObjectNode sale) {
        int digits = digits("sale.sale", sale);
        return tables.children("sale.line", "sale", id(sale)).stream()
                .map(line -> amount(line, digits))
                .reduce(BigDecimal.ZERO.setScale(digits), BigDecimal::add);
    }

    private static BigDecimal amount(ObjectNode line, int digits) {
        return Typed.decimalOf(line.path("unit_price"))
                .multiply(line.path("quantity").decimalValue())
                .setScale(digits, RoundingMode.HALF_EVEN);
    }

    private int digits(String model, ObjectNode document) {
        return tables.linked(model, document, "currency").path("digits").intValue();
    }

    private static long id(ObjectNode row) {
        return row.path("id").longValue();
    }
}
