package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Posts customer invoices: number, date rules, and the move with a line for each invoice line, tax row and the receivable. */
final class InvoiceDesk {
    private static final String MODEL = "account.invoice";
    private static final ZoneId COMPANY_ZONE = ZoneId.of("America/New_York");
    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);

    private final Tables tables;
    private final Computed computed;
    private final Buttons buttons;
    private final Ledgers ledgers;
    private final Warnings warnings;
    private final SaleDesk sales;
    private final Effects effects;
    private final Clock clock;

    InvoiceDesk(
            Tables tables,
            Computed computed,
            Buttons buttons,
            Ledgers ledgers,
            Warnings warnings,
            SaleDesk sales,
            Effects effects,
            Clock clock) {
        this.tables = tables;
        this.computed = computed;
        this.buttons = buttons;
        this.ledgers = ledgers;
        this.warnings = warnings;
        this.sales = sales;
        this.effects = effects;
        this.clock = clock;
    }

    void post(List<Long> ids) {
        List<ObjectNode> invoices = buttons.pressed(MODEL, "post", ids, "draft", "validated");
        LocalDate today = today();
        warnOfFuture(invoices, today);
        invoices.forEach(this::warnOfTaxes);
        for (ObjectNode invoice : invoices) {
            number(invoice, today);
            book(invoice);
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), COMPANY_ZONE);
    }

    private void warnOfFuture(List<ObjectNode> invoices, LocalDate today) {
        List<ObjectNode> future = invoices.stream()
                .filter(invoice -> Typed.isDate(invoice.path("invoice_date"))
                        && Typed.dateOf(invoice.path("invoice_date")).isAfter(today))
                .toList();
        if (!future.isEmpty()) {
            List<String> names = future.stream().map(Names::of).toList();
            warnings.ask(
                    "invoice_date_future",
                    MODEL,
                    future,
                    "The invoices \"" + String.join(", ", names) + "\" have an invoice date in the future.");
        }
    }

    /** The sample products have no taxes of their own, so every line with taxes differs from them. */
    private void warnOfTaxes(ObjectNode invoice) {
        boolean differs = lines(invoice).stream()
                .anyMatch(line ->
                        line.path("product").isNumber() && !line.path("taxes").isEmpty());
        if (differs) {
            warnings.ask(
                    "invoice_taxes",
                    MODEL,
                    List.of(invoice),
                    "The invoice \"" + Names.of(invoice) + "\" does not have the default taxes.");
        }
    }

    private void number(ObjectNode invoice, LocalDate today) {
        if (!Typed.isDate(invoice.path("invoice_date"))) {
            invoice.set("invoice_date", Typed.date(today));
        }
        LocalDate date = Typed.dateOf(invoice.path("invoice_date"));
        int year = ledgers.openPeriod(accountingDate(invoice))
                .path("start_date")
                .path("year")
                .intValue();
        boolean credit = !lines(invoice).isEmpty()
                && lines(invoice).stream()
                        .allMatch(line -> line.path("quantity").decimalValue().signum() < 0);
        String sequence = (credit ? "Credit notes " : "Invoices ") + year;
        tables.all(MODEL).stream()
                .filter(other -> other.path("sequence").asText().equals(sequence)
                        && Typed.dateOf(other.path("invoice_date")).isAfter(date))
                .findFirst()
                .ifPresent(later -> {
                    throw new TrytonError.UserError("To number the invoice \"" + Names.of(invoice)
                            + "\", you must set an invoice date after \"" + AMERICAN.format(date)
                            + "\" because the sequence \"" + sequence + "\" has already been used for invoice \""
                            + Names.of(later) + "\".");
                });
        invoice.put("sequence", sequence);
        invoice.put("number", ledgers.numbered(credit ? "CN" : "INV", year, sequence));
    }

    private void book(ObjectNode invoice) {
        ObjectNode currency = tables.linked(MODEL, invoice, "currency");
        ObjectNode move = ledgers.move("REV", accountingDate(invoice), MODEL + "," + id(invoice));
        BigDecimal balance = BigDecimal.ZERO;
        for (ObjectNode line : lines(invoice)) {
            BigDecimal amount = computed.invoiceLineAmount(line).negate();
            ObjectNode more = Json.object().putNull("description").put("origin", "account.invoice.line," + id(line));
            balance = balance.add(
                    ledgers.line(move, tables.linked(MODEL + ".line", line, "account"), amount, currency, more));
        }
        for (ObjectNode tax : tables.children(MODEL + ".tax", "invoice", id(invoice))) {
            BigDecimal amount = Typed.decimalOf(tax.path("amount")).negate();
            if (amount.signum() != 0) {
                ObjectNode more = Json.object()
                        .put("description", tax.path("description").asText())
                        .put("origin", "account.invoice.tax," + id(tax));
                balance = balance.add(
                        ledgers.line(move, tables.linked(MODEL + ".tax", tax, "account"), amount, currency, more));
            }
        }
        BigDecimal total = computed.untaxed(invoice).add(computed.taxes(invoice));
        ObjectNode more = Json.object()
                .put("party", invoice.path("party").longValue())
                .put("description", invoice.path("description").asText());
        balance = balance.add(ledgers.line(move, tables.linked(MODEL, invoice, "account"), total, currency, more));
        bookConversionRest(move, balance);
        finish(invoice, move, total);
    }

    /** Converting each line rounds it; what that leaves over is exchange gain or loss. */
    private void bookConversionRest(ObjectNode move, BigDecimal balance) {
        if (balance.signum() != 0) {
            ObjectNode own = tables.linked("company.company", ledgers.company(), "currency");
            ObjectNode account = ledgers.account(balance.signum() > 0 ? "7000" : "7010");
            ledgers.line(move, account, balance.negate(), own, Json.object().putNull("description"));
        }
    }

    private void finish(ObjectNode invoice, ObjectNode move, BigDecimal total) {
        ledgers.post(List.of(id(move)));
        invoice.put("move", id(move)).put("state", total.signum() == 0 ? "paid" : "posted");
        tables.save(MODEL, invoice);
        String reference = invoice.path("reference").asText();
        effects.happened("account.invoice.post", reference, reference, invoice);
        sales.followInvoices(invoice);
    }

    private LocalDate accountingDate(ObjectNode invoice) {
        JsonNode date = invoice.path("accounting_date");
        return Typed.dateOf(Typed.isDate(date) ? date : invoice.path("invoice_date"));
    }

    private List<ObjectNode> lines(ObjectNode invoice) {
        return tables.children(MODEL + ".line", "invoice", id(invoice));
    }

    private static long id(ObjectNode row) {
        return row.path("id").longValue();
    }
}
