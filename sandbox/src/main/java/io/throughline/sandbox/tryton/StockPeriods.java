package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;

/**
 * Stock has periods of its own, each of which ends on a day and closes all before it. A move is held to them by the day that it has when it is made or
 * changed, not by the one that it gets from its shipment.
 */
final class StockPeriods {
    private StockPeriods() {}

    static void check(Tables tables, ObjectNode move) {
        if (Typed.isDate(move.path("effective_date"))) {
            LocalDate day = Typed.dateOf(move.path("effective_date"));
            tables.all("stock.period").stream()
                    .filter(period -> period.path("state").asText().equals("closed"))
                    .map(period -> Typed.dateOf(period.path("date")))
                    .filter(end -> !day.isAfter(end))
                    .findFirst()
                    .ifPresent(end -> {
                        throw closed(tables, move, end);
                    });
        }
    }

    private static TrytonError closed(Tables tables, ObjectNode move, LocalDate end) {
        String product =
                tables.linked("stock.move", move, "product").path("name").asText();
        return new TrytonError.UserError("To modify stock move \""
                + move.path("quantity").asText() + " " + product + "\" you must reopen period \"" + end + "\".");
    }
}
