package io.throughline.domain.sale;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The days of the stores, in PostgreSQL: which sales each of them has, and which of them a summary has taken to the books. */
public interface StoreDays {
    Optional<StoreDay> find(StoreDayId id);

    /**
     * Puts what waits into the summary of this number, which is then never changed again. Does nothing when there is such a summary, or
     * nothing waits.
     */
    void close(StoreDayId id, int summary);

    /** What a summary consists of, as it came in. What was taken back before it was ever posted is left out. */
    List<Entry> entries(StoreDayId id, int summary);

    /** The summary is in the books, or somebody has decided to bear that it is not. */
    void settled(StoreDayId id, int summary);

    /** The sales of this business date that are in force, by how they were paid. */
    List<Takings> takings(StoreDayId id);

    /** The sales that came after their day had been posted: those of this business date, and those that are posted with it. */
    List<LateSale> lateSales(StoreDayId id, int limit);

    /** A sale's share in a summary: itself, or what a correction takes back of what was posted before. */
    record Entry(StoreSale sale, boolean takenBack) {}

    record Takings(String tender, Money amount, int sales) {}

    record LateSale(
            String saleId,
            long version,
            StoreDayId soldOn,
            StoreDayId postedWith,
            Optional<Integer> summary,
            Instant heardAt) {}

    /** A day as it stands; {@code dueAt} is when the sales that wait are to be posted. */
    record StoreDay(
            StoreDayId id,
            String policyVersion,
            ClosedPeriods closedPeriods,
            Instant closesAt,
            Optional<Instant> dueAt,
            int waiting,
            List<Summary> summaries) {
        public StoreDay {
            summaries = List.copyOf(summaries);
        }

        public int nextSummary() {
            return summaries.size() + 1;
        }

        public List<Integer> unsettled() {
            return summaries.stream()
                    .filter(summary -> summary.settledAt().isEmpty())
                    .map(Summary::number)
                    .toList();
        }
    }

    record Summary(int number, int entries, Instant closedAt, Optional<Instant> settledAt) {}
}
