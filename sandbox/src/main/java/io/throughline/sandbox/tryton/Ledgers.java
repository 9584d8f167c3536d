package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Double entry: periods, moves and their numbers, and amounts in the company's currency. */
final class Ledgers {
    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);

    private final Tables tables;
    private final Effects effects;

    Ledgers(Tables tables, Effects effects) {
        this.tables = tables;
        this.effects = effects;
    }

    ObjectNode company() {
        return tables.all("company.company").iterator().next();
    }

    ObjectNode account(String code) {
        return byField("account.account", "code", code);
    }

    ObjectNode journal(String code) {
        return byField("account.journal", "code", code);
    }

    ObjectNode period(String name) {
        return byField("account.period", "name", name);
    }

    ObjectNode byField(String model, String field, String value) {
        return tables.all(model).stream()
                .filter(row -> row.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No " + model + " with " + field + " " + value));
    }

    /** The period of a date, which must be open. */
    ObjectNode openPeriod(LocalDate date) {
        Optional<ObjectNode> period = tables.all("account.period").stream()
                .filter(row -> !Typed.dateOf(row.path("start_date")).isAfter(date)
                        && !Typed.dateOf(row.path("end_date")).isBefore(date))
                .findFirst();
        String company = tables.linked("company.company", company(), "party")
                .path("name")
                .asText();
        if (period.isEmpty()) {
            throw new TrytonError.UserError("To continue, you must create a period for the date \""
                    + AMERICAN.format(date) + "\" and company \"" + company + "\".");
        }
        if (!period.get().path("state").asText().equals("open")) {
            throw new TrytonError.UserError("To continue, you must reopen the period \""
                    + period.get().path("name").asText() + "\" of company \"" + company + "\" for the date \""
                    + AMERICAN.format(date) + "\".");
        }
        return period.get();
    }

    void closePeriod(ObjectNode period) {
        List<String> drafts = tables.all("account.move").stream()
                .filter(move -> Typed.sameId(move.path("period"), period.path("id"))
                        && move.path("state").asText().equals("draft"))
                .map(Names::of)
                .toList();
        if (!drafts.isEmpty()) {
            throw new TrytonError.UserError(
                    "To close period \"" + period.path("name").asText() + "\" you must post the moves \""
                            + String.join(", ", drafts) + "\".");
        }
        period.put("state", "closed");
        tables.save("account.period", period);
    }

    void reopenPeriod(ObjectNode period) {
        period.put("state", "open");
        tables.save("account.period", period);
    }

    ObjectNode move(String journal, LocalDate date, String origin) {
        ObjectNode move = Json.object()
                .put("journal", journal(journal).path("id").longValue())
                .put("company", company().path("id").longValue())
                .put("period", openPeriod(date).path("id").longValue())
                .put("state", "draft")
                .putNull("number")
                .put("origin", origin);
        move.set("date", Typed.date(date));
        return tables.insert("account.move", move);
    }

    /**
     * A line of a debit, or of a credit where the amount is negative. Where the document has another currency than the company, its
     * amount is kept beside, with the sign of what is left of it in the company's: too little, and it is shown as a debit.
     */
    BigDecimal line(ObjectNode move, ObjectNode account, BigDecimal amount, ObjectNode currency, ObjectNode more) {
        boolean foreign = !Typed.sameId(currency.path("id"), company().path("currency"));
        BigDecimal own = foreign ? converted(amount, currency) : amount;
        ObjectNode line = more.put("move", move.path("id").longValue())
                .put("account", account.path("id").longValue())
                .putNull("reconciliation");
        line.set("debit", Typed.decimal(own.max(BigDecimal.ZERO)));
        line.set("credit", Typed.decimal(own.negate().max(BigDecimal.ZERO)));
        if (foreign) {
            line.put("second_currency", currency.path("id").longValue());
            line.set(
                    "amount_second_currency",
                    Typed.decimal(own.signum() < 0 ? amount.abs().negate() : amount.abs()));
        } else {
            line.putNull("second_currency").putNull("amount_second_currency");
        }
        tables.insert("account.move.line", line);
        return own;
    }

    void post(List<Long> moves) {
        for (Long id : moves) {
            ObjectNode move = tables.get("account.move", id);
            if (!move.path("state").asText().equals("draft")) {
                continue;
            }
            checkBalance(move);
            LocalDate date = Typed.dateOf(move.path("date"));
            openPeriod(date);
            move.put("number", numbered("M", date.getYear(), "move")).put("state", "posted");
            tables.save("account.move", move);
            effects.happened("account.move.post", move.path("origin").asText(), Names.of(move), move);
        }
    }

    private void checkBalance(ObjectNode move) {
        BigDecimal balance = tables
                .children("account.move.line", "move", move.path("id").longValue())
                .stream()
                .map(Ledgers::balance)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (balance.signum() != 0) {
            throw new TrytonError.UserError(
                    "To post move \"" + Names.of(move) + "\", you must balance all its lines debits and credits.");
        }
    }

    /** Each fiscal year counts from one. */
    String numbered(String prefix, int year, String sequence) {
        return String.format(Locale.ROOT, "%s%d-%06d", prefix, year, tables.next(sequence + "." + year));
    }

    BigDecimal converted(BigDecimal amount, ObjectNode currency) {
        ObjectNode own = tables.linked("company.company", company(), "currency");
        return amount.multiply(Typed.decimalOf(own.path("rate")))
                .divide(
                        Typed.decimalOf(currency.path("rate")),
                        own.path("digits").intValue(),
                        RoundingMode.HALF_EVEN);
    }

    static BigDecimal balance(ObjectNode line) {
        return Typed.decimalOf(line.path("debit")).subtract(Typed.decimalOf(line.path("credit")));
    }
}
