package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.money.CurrencyCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What Tryton says no to, on the wire and word for word: the stand-in must say the same. */
final class TrytonsWords {
    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;
    private final String name = UUID.randomUUID().toString().substring(0, 8);

    TrytonsWords(RestApi rest, RpcApi rpc, TrytonSettings settings) {
        this.rest = rest;
        this.rpc = rpc;
        references = new References(rest, settings);
    }

    void check(Runnable closeMarch2025, Runnable reopenIt) {
        sales();
        invoices(closeMarch2025, reopenIt);
        payments();
        moves();
        faults();
    }

    private void sales() {
        long sale = create("sale.sale", sale("a", line(product(), "1.0000")));
        refused(
                () -> create("sale.sale", sale("a", line(product(), "1.0000"))),
                "The web ID on the sale must be unique per shop.");
        refused(
                () -> create("sale.sale", sale("b", line(999_999, "1.0000"))),
                "The value \"999999\" for field \"Product\" in \"Sale Line\" does not exist.");
        ObjectNode nobody = sale("c", line(product(), "1.0000"));
        nobody.remove("party");
        refused(() -> create("sale.sale", nobody), "A value is required for field \"Party\" in \"Sale\".");
        assertThatThrownBy(() -> create("sale.sale", sale("d", line(product(), "1.00005"))))
                .isInstanceOf(TrytonRefusal.class)
                .hasMessageContaining("exceeds the limit");
        press("sale.sale", "quote", sale);
        String number = Values.text(
                rest.search("sale.sale", Filter.all(Filter.is("id", sale)), "number")
                        .getFirst(),
                "number");
        refused(
                () -> press("sale.sale", "quote", sale),
                "You can not call \"quote\" on \"" + number + " [O-" + name + "]\" of \"Sale\".");
        press("sale.sale", "cancel", sale);
        refused(
                () -> press("sale.sale", "confirm", sale),
                "You can not call \"confirm\" on \"" + number + " [O-" + name + "]\" of \"Sale\".");
        refused(
                () -> press("sale.sale", "quote", 99_999_999),
                "You are trying to read records \"99999999\" of \"Sale\" that don't exist.");
    }

    private void invoices(Runnable closeMarch2025, Runnable reopenIt) {
        long posted = create("account.invoice", invoice("posted"));
        press("account.invoice", "post", posted);
        ObjectNode yesterday = invoice("yesterday");
        yesterday.set("invoice_date", Values.date(LocalDate.of(2025, 1, 1)));
        yesterday.set("accounting_date", Values.date(LocalDate.now(ZoneOffset.UTC)));
        long late = create("account.invoice", yesterday);
        assertThatThrownBy(() -> press("account.invoice", "post", late))
                .isInstanceOf(TrytonRefusal.class)
                .hasMessageStartingWith("To number the invoice \"[yesterday-" + name
                        + "]\", you must set an invoice date after \"01/01/2025\" because the sequence");
        ObjectNode march = invoice("march");
        march.set("accounting_date", Values.date(LocalDate.of(2025, 3, 5)));
        long inMarch = create("account.invoice", march);
        closeMarch2025.run();
        try {
            refused(
                    () -> press("account.invoice", "post", inMarch),
                    "To continue, you must reopen the period \"2025-03\" of company \"Northwind Trading\" for the date"
                            + " \"03/05/2025\".");
        } finally {
            reopenIt.run();
        }
        rpc.press("account.invoice", "delete", List.of(late, inMarch), references.context());
        ObjectNode future = invoice("future");
        future.set("invoice_date", Values.date(LocalDate.now(ZoneOffset.UTC).plusDays(40)));
        long early = create("account.invoice", future);
        refused(
                () -> press("account.invoice", "post", early),
                "Tryton warns: The invoices \"[future-" + name + "]\" have an invoice date in the future.");
        ObjectNode wrong = invoice("wrong");
        ((ObjectNode) wrong.path("lines").path(0).path(1).path(0)).put("account", account(Role.RECEIVABLE));
        assertThatThrownBy(() -> create("account.invoice", wrong))
                .isInstanceOf(TrytonRefusal.class)
                .hasMessageContaining("The value \"1100 - Accounts receivable\" for field \"Account\"")
                .hasMessageContaining("is not valid according to its domain.");
        ObjectNode taxed = invoice("taxed");
        ((ObjectNode) taxed.path("lines").path(0).path(1).path(0))
                .set(
                        "taxes",
                        Values.array().add(Values.array().add("add").add(Values.ids(List.of(references.tax("any"))))));
        long warned = create("account.invoice", taxed);
        press("account.invoice", "post", warned);
    }

    private void payments() {
        long submitted = create("account.payment", payment("back"));
        press("account.payment", "submit", submitted);
        assertThatThrownBy(() -> press("account.payment", "delete", submitted))
                .isInstanceOf(TrytonRefusal.class)
                .hasMessageContaining("you must reset it to draft state.");
        press("account.payment", "draft", submitted);
        press("account.payment", "delete", submitted);
        long succeeded = create("account.payment", payment("failed"));
        press("account.payment", "submit", succeeded);
        rpc.runWizard("account.payment.process", "account.payment", List.of(succeeded), references.context());
        press("account.payment", "succeed", succeeded);
        ArrayNode clearing = Filter.all(Filter.where("origin", "=", "account.payment," + succeeded));
        assertThat(rest.search("account.move", clearing, "state")).hasSize(1);
        press("account.payment", "fail", succeeded);
        assertThat(rest.search("account.move", clearing, "state"))
                .as("a draft goes with its payment")
                .isEmpty();
    }

    private ObjectNode payment(String reference) {
        ObjectNode payment = Values.object()
                .put("company", references.company())
                .put("kind", "receivable")
                .put("party", references.customer("northwind").party())
                .put("journal", references.paymentJournal("cash", CurrencyCode.of("USD")))
                .put("reference", reference + "-" + name);
        payment.set("amount", Values.decimal(BigDecimal.TEN));
        payment.set("date", Values.date(LocalDate.of(2025, 6, 5)));
        return payment;
    }

    private void moves() {
        long period = Values.id(rest.search("account.period", Filter.all(Filter.where("name", "=", "2025-05")), "name")
                .getFirst());
        ObjectNode move = Values.object()
                .put("company", references.company())
                .put("journal", references.salesJournal())
                .put("period", period);
        move.set("date", Values.date(LocalDate.of(2025, 5, 5)));
        ObjectNode debit = Values.object().put("account", account(Role.ROUNDING));
        debit.set("debit", Values.decimal(BigDecimal.TEN));
        debit.set("credit", Values.decimal(BigDecimal.ZERO));
        move.set("lines", Values.creating(List.of(debit)));
        long unbalanced = create("account.move", move);
        refused(
                () -> press("account.move", "post", unbalanced),
                "To post move \"(" + unbalanced + ")\", you must balance all its lines debits and credits.");
        press("account.move", "delete", unbalanced);
    }

    private void faults() {
        failed(
                () -> rest.search("sale.sale", Filter.all(Filter.is("no_such_field", 1)), "id"),
                FailureCode.SYSTEM_ERROR);
        failed(() -> rest.search("sale.nothing", Filter.all(), "id"), FailureCode.SYSTEM_ERROR);
        failed(() -> press("account.move.line", "reconcile", 1), FailureCode.CREDENTIAL_REFUSED);
    }

    private ObjectNode sale(String webId, ObjectNode line) {
        References.Customer customer = references.customer("northwind");
        ObjectNode sale = Values.object()
                .put("company", references.company())
                .put("party", customer.party())
                .put("invoice_address", customer.address())
                .put("shipment_address", customer.address())
                .put("currency", references.currency(CurrencyCode.of("USD")))
                .put("warehouse", references.warehouse("WH-EAST"))
                .put("invoice_method", "manual")
                .put("shipment_method", "manual")
                .put("web_shop", references.webShop("northwind"))
                .put("web_id", webId + "-" + name)
                .put("reference", "O-" + name);
        sale.set("lines", Values.creating(List.of(line)));
        return sale;
    }

    private ObjectNode invoice(String reference) {
        References.Customer customer = references.customer("northwind");
        long currency = references.currency(CurrencyCode.of("USD"));
        ObjectNode line = line(product(), "10.0000")
                .put("invoice_type", "out")
                .put("company", references.company())
                .put("currency", currency)
                .put("account", account(Role.REVENUE));
        ObjectNode invoice = Values.object()
                .put("type", "out")
                .put("company", references.company())
                .put("party", customer.party())
                .put("invoice_address", customer.address())
                .put("currency", currency)
                .put("account", account(Role.RECEIVABLE))
                .put("journal", references.salesJournal())
                .put("reference", reference + "-" + name);
        invoice.set("lines", Values.creating(List.of(line)));
        return invoice;
    }

    private ObjectNode line(long product, String price) {
        ObjectNode line = Values.object()
                .put("type", "line")
                .put("product", product)
                .put("unit", unit())
                .put("quantity", 1.0);
        line.set("unit_price", Values.decimal(new BigDecimal(price)));
        return line;
    }

    private long product() {
        return references
                .products(List.of("NW-CAP-NVY"))
                .values()
                .iterator()
                .next()
                .id();
    }

    private long unit() {
        return references
                .products(List.of("NW-CAP-NVY"))
                .values()
                .iterator()
                .next()
                .unit();
    }

    private long account(Role role) {
        return references.account(LedgerAccount.of(role));
    }

    private long create(String model, ObjectNode values) {
        return rest.create(model, references.company(), List.of(values)).getFirst();
    }

    private void press(String model, String button, long id) {
        rpc.press(model, button, List.of(id), references.context());
    }

    private static void refused(ThrowingCallable call, String words) {
        assertThatThrownBy(call).isInstanceOf(TrytonRefusal.class).hasMessage(words);
    }

    private static void failed(ThrowingCallable call, FailureCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
