package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Invoices of our own making, found by their reference. Taxes are rows that we write, one for each of the channel's titles, with the
 * channel's amounts: Tryton keeps such rows as they are, while rates would be rounded its own way. A draft is read back and posted
 * only if it comes to the channel's total. The business date goes into the accounting date; the invoice date is left to Tryton, which
 * numbers in its order.
 */
final class Invoices {
    private static final String MODEL = "account.invoice";

    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;
    private final TrytonSettings settings;
    private final Sales sales;

    Invoices(RestApi rest, RpcApi rpc, References references, TrytonSettings settings, Sales sales) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
        this.settings = settings;
        this.sales = sales;
    }

    private record Found(long id, String number, String state, Money total, Optional<LocalDate> accountingDate) {
        boolean posted() {
            return state.equals("posted") || state.equals("paid");
        }

        Receipt receipt() {
            return new Receipt(
                    number,
                    Map.of(
                            "tryton",
                            MODEL + "," + id,
                            "accountingDate",
                            accountingDate.map(LocalDate::toString).orElse("")));
        }
    }

    Optional<Receipt> find(SalesInvoice invoice) {
        return Optional.ofNullable(existing(List.of(invoice)).get(invoice))
                .filter(Found::posted)
                .map(Found::receipt);
    }

    Map<SalesInvoice, Reply> post(List<SalesInvoice> invoices) {
        Batch<SalesInvoice> batch = new Batch<>(invoices);
        Map<SalesInvoice, Found> before = existing(invoices);
        before.forEach((invoice, found) -> {
            if (found.posted()) {
                batch.done(invoice, found.receipt());
            }
        });
        deleteDrafts(batch.open(), before);
        confirmSales(batch);
        create(batch);
        Map<SalesInvoice, Found> drafts = existing(batch.open());
        refuseWrongTotals(batch, drafts);
        batch.together(batch.open(), some -> rpc.press(MODEL, "post", ids(some, drafts), references.context()));
        existing(batch.open()).forEach((invoice, found) -> {
            if (found.posted()) {
                batch.done(invoice, found.receipt());
            }
        });
        batch.open().forEach(invoice -> batch.refuse(invoice, "Tryton has not posted the invoice"));
        batch.takeBack(batch.refused(), some -> deleteDrafts(some, drafts));
        return batch.answers();
    }

    private void confirmSales(Batch<SalesInvoice> batch) {
        batch.together(
                batch.open(),
                some -> sales.confirm(some.stream().map(SalesInvoice::subject).collect(Collectors.toSet())));
    }

    private void create(Batch<SalesInvoice> batch) {
        List<SalesInvoice> missing = batch.open();
        if (missing.isEmpty()) {
            return;
        }
        Map<String, References.Product> products = references.products(missing.stream()
                .flatMap(invoice -> invoice.lines().stream())
                .map(SalesInvoice.Line::product)
                .collect(Collectors.toSet()));
        Set<PostingSubject> subjects =
                missing.stream().map(SalesInvoice::subject).collect(Collectors.toSet());
        Map<String, Map<Long, Long>> saleLines = sales.lines(subjects);
        LocalDate earliest = missing.stream()
                .map(SalesInvoice::businessDate)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Periods periods = Periods.from(earliest, rest, references);
        Map<SalesInvoice, ObjectNode> records = batch.prepare(
                missing,
                invoice -> record(
                        invoice,
                        periods,
                        products,
                        saleLines.getOrDefault(invoice.subject().value(), Map.of())));
        batch.together(records, some -> rest.create(MODEL, references.company(), some));
    }

    private ObjectNode record(
            SalesInvoice invoice,
            Periods periods,
            Map<String, References.Product> products,
            Map<Long, Long> saleLines) {
        References.Customer customer =
                references.customer(settings.mapping().shop(invoice.channel().value()));
        ObjectNode record = Values.object()
                .put("type", "out")
                .put("company", references.company())
                .put("party", customer.party())
                .put("invoice_address", customer.address())
                .put("currency", references.currency(invoice.currency()))
                .put("account", account(Role.RECEIVABLE))
                .put("journal", references.salesJournal())
                .put("reference", invoice.reference())
                .put("description", invoice.title());
        record.set(
                "accounting_date",
                Values.date(periods.accountingDate(invoice.businessDate(), invoice.closedPeriods())));
        record.set("lines", Values.creating(lines(invoice, products, saleLines)));
        record.set("taxes", Values.creating(taxes(invoice)));
        return record;
    }

    private List<ObjectNode> lines(
            SalesInvoice invoice, Map<String, References.Product> products, Map<Long, Long> saleLines) {
        List<ObjectNode> lines = new ArrayList<>();
        for (SalesInvoice.Line line : invoice.lines()) {
            for (ObjectNode row : DocumentLines.of(line, products)) {
                row.put("invoice_type", "out")
                        .put("company", references.company())
                        .put("currency", references.currency(invoice.currency()))
                        .put("account", account(role(line.kind())));
                Long origin = saleLines.get(row.path("product").longValue());
                if (origin != null) {
                    row.put("origin", "sale.line," + origin);
                }
                lines.add(row);
            }
        }
        return lines;
    }

    private List<ObjectNode> taxes(SalesInvoice invoice) {
        Map<String, Money> amounts = new LinkedHashMap<>();
        Map<String, Money> bases = new LinkedHashMap<>();
        for (SalesInvoice.Line line : invoice.lines()) {
            line.taxes().stream()
                    .map(SalesInvoice.Tax::title)
                    .distinct()
                    .forEach(title -> bases.merge(title, line.net(), Money::plus));
            line.taxes().forEach(tax -> amounts.merge(tax.title(), tax.amount(), Money::plus));
        }
        List<ObjectNode> rows = new ArrayList<>();
        amounts.forEach((title, amount) -> {
            ObjectNode row = Values.object()
                    .put("tax", references.tax(title))
                    .put("account", references.account(LedgerAccount.tax(title)))
                    .put("description", title)
                    .put("manual", true);
            row.set("base", Values.decimal(Objects.requireNonNull(bases.get(title))));
            row.set("amount", Values.decimal(amount));
            rows.add(row);
        });
        return rows;
    }

    private long account(Role role) {
        return references.account(LedgerAccount.of(role));
    }

    private static Role role(SalesInvoice.Kind kind) {
        return switch (kind) {
            case GOODS, ALLOWANCE -> Role.REVENUE;
            case GIFT_CARD -> Role.GIFT_CARD_LIABILITY;
            case SHIPPING -> Role.SHIPPING_REVENUE;
            case TIP -> Role.TIPS_PAYABLE;
            case DUTY -> Role.DUTIES_PAYABLE;
            case ROUNDING -> Role.ROUNDING;
        };
    }

    private static void refuseWrongTotals(Batch<SalesInvoice> batch, Map<SalesInvoice, Found> drafts) {
        for (SalesInvoice invoice : batch.open()) {
            Found draft = drafts.get(invoice);
            if (draft == null) {
                batch.refuse(invoice, "Tryton has not kept the invoice");
            } else if (!draft.total().equals(invoice.total())) {
                batch.refuse(
                        invoice,
                        FailureCode.ERP_REJECTED,
                        "Tryton comes to " + draft.total() + " where the channel charged " + invoice.total());
            }
        }
    }

    /** Drafts are left by an attempt that ended half-way or was refused; a new one is made rather than an old one trusted. */
    private void deleteDrafts(List<SalesInvoice> invoices, Map<SalesInvoice, Found> found) {
        List<Long> drafts = invoices.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .filter(one -> !one.posted())
                .map(Found::id)
                .toList();
        rpc.press(MODEL, "delete", drafts, references.context());
    }

    private Map<SalesInvoice, Found> existing(List<SalesInvoice> invoices) {
        if (invoices.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> rows = rest
                .search(
                        MODEL,
                        Filter.all(
                                Filter.oneOf(
                                        "reference",
                                        invoices.stream()
                                                .map(SalesInvoice::reference)
                                                .toList()),
                                Filter.is("company", references.company()),
                                Filter.where("type", "=", "out"),
                                Filter.where("state", "!=", "cancelled")),
                        "number",
                        "state",
                        "reference",
                        "total_amount",
                        "accounting_date")
                .stream()
                .collect(Collectors.toMap(row -> Values.text(row, "reference"), row -> row, Invoices::further));
        Map<SalesInvoice, Found> found = new LinkedHashMap<>();
        for (SalesInvoice invoice : invoices) {
            JsonNode row = rows.get(invoice.reference());
            if (row != null) {
                found.put(invoice, found(row, invoice));
            }
        }
        return found;
    }

    private static JsonNode further(JsonNode one, JsonNode other) {
        return Values.text(one, "state").equals("draft") ? other : one;
    }

    private static Found found(JsonNode row, SalesInvoice invoice) {
        JsonNode date = row.path("accounting_date");
        return new Found(
                Values.id(row),
                Values.text(row, "number"),
                Values.text(row, "state"),
                Money.of(Values.decimalOf(row.path("total_amount")), invoice.currency()),
                date.isObject() ? Optional.of(Values.dateOf(date)) : Optional.empty());
    }

    private static List<Long> ids(List<SalesInvoice> some, Map<SalesInvoice, Found> drafts) {
        return some.stream()
                .map(invoice -> Objects.requireNonNull(drafts.get(invoice)).id())
                .toList();
    }
}
