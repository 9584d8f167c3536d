package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.domain.finance.ClosedPeriods;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Chooses the accounting date of a document: its business date, or by its policy the first day of the next open period. */
final class Periods {
    private final List<Period> periods;

    private Periods(List<Period> periods) {
        this.periods = periods;
    }

    private record Period(String name, LocalDate start, LocalDate end, boolean open) {}

    /** As the company's periods stand now, from the one of {@code earliest} on. */
    static Periods from(LocalDate earliest, RestApi rest, References references) {
        ArrayNode domain = Filter.all(
                Filter.is("company", references.company()),
                Filter.where("type", "=", "standard"),
                Filter.where("end_date", ">=", Values.date(earliest)));
        List<Period> periods = rest.search("account.period", domain, "name", "start_date", "end_date", "state").stream()
                .map(Periods::period)
                .sorted(Comparator.comparing(Period::start))
                .toList();
        return new Periods(periods);
    }

    LocalDate accountingDate(LocalDate businessDate, ClosedPeriods policy) {
        for (Period period : periods) {
            if (period.end().isBefore(businessDate)) {
                continue;
            }
            boolean own = !period.start().isAfter(businessDate);
            if (own && period.open()) {
                return businessDate;
            }
            if (policy == ClosedPeriods.REFUSE) {
                throw new TrytonRefusal(
                        own
                                ? "the closed period " + period.name() + " holds the business date " + businessDate
                                : "to book " + businessDate + " somebody must create a period for it");
            }
            if (period.open()) {
                return period.start();
            }
        }
        throw new TrytonRefusal("to book " + businessDate + " somebody must create a period for it or a later one");
    }

    private static Period period(JsonNode row) {
        return new Period(
                Values.text(row, "name"),
                Values.dateOf(row.path("start_date")),
                Values.dateOf(row.path("end_date")),
                Values.text(row, "state").equals("open"));
    }
}
