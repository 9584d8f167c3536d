package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The posted move lines of documents of ours, read in one search by the references of invoices and payments. */
final class MoveLines {
    private final RestApi rest;
    private final References references;

    MoveLines(RestApi rest, References references) {
        this.rest = rest;
        this.references = references;
    }

    /**
     * One line. {@code amount} is in the document's currency, a debit when positive; {@code currency} is empty where only the company's
     * currency moved. {@code origin} is the document, {@code cause} its line or tax row.
     */
    record MoveLine(
            long id,
            String account,
            String description,
            String moveDescription,
            String origin,
            String cause,
            BigDecimal companyAmount,
            Optional<BigDecimal> foreignAmount,
            Optional<String> foreignCurrency) {

        /** In this currency, or nothing where the line moved only the company's own, as conversion differences do. */
        Optional<Money> amount(CurrencyCode currency, String companyCurrency) {
            if (foreignCurrency.isPresent()) {
                return foreignAmount.map(amount -> Money.of(amount, currency));
            }
            return currency.code().equals(companyCurrency)
                    ? Optional.of(Money.of(companyAmount, currency))
                    : Optional.empty();
        }

        /** Too little for the company's currency: Tryton then writes the foreign amount without its sign. */
        boolean hasLostItsSign() {
            return companyAmount.signum() == 0
                    && foreignAmount.filter(amount -> amount.signum() != 0).isPresent();
        }

        MoveLine withForeignAmount(BigDecimal amount) {
            return new MoveLine(
                    id,
                    account,
                    description,
                    moveDescription,
                    origin,
                    cause,
                    companyAmount,
                    Optional.of(amount),
                    foreignCurrency);
        }
    }

    List<MoveLine> posted(Collection<String> documents, ArrayNode... more) {
        if (documents.isEmpty()) {
            return List.of();
        }
        ArrayNode domain = Filter.all(
                Filter.is("move.company", references.company()),
                Filter.where("move_state", "=", "posted"),
                Filter.any(
                        Filter.oneOf("move.origin.reference", documents, "account.invoice"),
                        Filter.oneOf("move.origin.reference", documents, "account.payment")));
        for (ArrayNode clause : more) {
            domain.add(clause);
        }
        List<MoveLine> lines = rest
                .search(
                        "account.move.line",
                        domain,
                        "debit",
                        "credit",
                        "amount_second_currency",
                        "second_currency.code",
                        "account.code",
                        "description",
                        "origin",
                        "move.origin",
                        "move.description")
                .stream()
                .map(MoveLines::line)
                .toList();
        return withSigns(lines);
    }

    private static MoveLine line(JsonNode row) {
        JsonNode foreign = row.path("amount_second_currency");
        return new MoveLine(
                Values.id(row),
                Values.text(row.path("account."), "code"),
                Values.text(row, "description"),
                Values.text(row.path("move."), "description"),
                Values.text(row.path("move."), "origin"),
                Values.text(row, "origin"),
                Values.decimalOf(row.path("debit")).subtract(Values.decimalOf(row.path("credit"))),
                foreign.isObject() ? Optional.of(Values.decimalOf(foreign)) : Optional.empty(),
                Values.optionalText(row.path("second_currency."), "code"));
    }

    /** A customer invoice's line and tax rows are credits when positive: from them the lost signs are taken. */
    private List<MoveLine> withSigns(List<MoveLine> lines) {
        if (lines.stream().noneMatch(MoveLine::hasLostItsSign)) {
            return lines;
        }
        List<MoveLine> signed = new ArrayList<>();
        for (MoveLine line : lines) {
            signed.add(line.hasLostItsSign() ? signed(line) : line);
        }
        return signed;
    }

    private MoveLine signed(MoveLine line) {
        String[] cause = line.cause().split(",", 2);
        if (cause.length < 2) {
            return line;
        }
        return rest.search(cause[0], Filter.all(Filter.is("id", Long.parseLong(cause[1]))), "amount").stream()
                .findFirst()
                .map(row -> line.withForeignAmount(
                        Values.decimalOf(row.path("amount")).negate()))
                .orElse(line);
    }
}
