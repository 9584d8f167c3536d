package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Payments on their way: submitted, processed by a wizard, succeeded with a clearing move that stays a draft. */
final class PaymentDesk {
    private static final String MODEL = "account.payment";

    private final Tables tables;
    private final Buttons buttons;
    private final Ledgers ledgers;
    private final InvoiceDesk invoices;
    private final Effects effects;

    PaymentDesk(Tables tables, Buttons buttons, Ledgers ledgers, InvoiceDesk invoices, Effects effects) {
        this.tables = tables;
        this.buttons = buttons;
        this.ledgers = ledgers;
        this.invoices = invoices;
        this.effects = effects;
    }

    void submit(List<Long> ids) {
        buttons.pressed(MODEL, "submit", ids, "draft").forEach(payment -> become(payment, "submitted"));
    }

    /** What is not submitted is passed over. */
    void process(List<Long> ids) {
        ids.stream()
                .map(id -> tables.get(MODEL, id))
                .filter(payment -> payment.path("state").asText().equals("submitted"))
                .forEach(payment -> become(payment, "processing"));
    }

    void succeed(List<Long> ids, JsonNode context) {
        LocalDate date = Typed.isDate(context.path("clearing_date"))
                ? Typed.dateOf(context.path("clearing_date"))
                : invoices.today();
        for (ObjectNode payment : buttons.pressed(MODEL, "succeed", ids, "processing", "failed")) {
            payment.put("clearing_move", clear(payment, date).path("id").longValue());
            become(payment, "succeeded");
            String reference = payment.path("reference").asText();
            effects.happened("account.payment.succeed", reference, reference, payment);
        }
    }

    private ObjectNode clear(ObjectNode payment, LocalDate date) {
        ObjectNode journal = tables.linked(MODEL, payment, "journal");
        ObjectNode currency = tables.linked("account.payment.journal", journal, "currency");
        BigDecimal amount = Typed.decimalOf(payment.path("amount"));
        ObjectNode move =
                ledgers.move("CLR", date, MODEL + "," + payment.path("id").longValue());
        ledgers.line(
                move,
                ledgers.account("1100"),
                amount.negate(),
                currency,
                Json.object().put("party", payment.path("party").longValue()).putNull("description"));
        ObjectNode clearing = tables.linked("account.payment.journal", journal, "clearing_account");
        ledgers.line(move, clearing, amount, currency, Json.object().putNull("description"));
        return move;
    }

    private void become(ObjectNode payment, String state) {
        payment.put("state", state);
        tables.save(MODEL, payment);
    }
}
