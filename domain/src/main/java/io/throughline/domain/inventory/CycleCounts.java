package io.throughline.domain.inventory;

import io.throughline.domain.intervention.CaseId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What people have counted. It is booked as long as it changes the ledger by no more than the policy believes; beyond that somebody has to
 * look, and nothing is booked until then. The next count of the place that is booked ends such a case.
 */
public interface CycleCounts {
    /** {@code tolerance}: by how many units the ledger follows; empty: by any. The same count again does nothing more. */
    Outcome take(StockSubject place, CountStep count, OptionalInt tolerance);

    /** Somebody believes it: it is booked, and its case is closed. */
    void believe(StockSubject place, CountStep count, CaseId reason);

    /** {@code change} is by how much the stock on hand has changed, or would have. */
    record Outcome(Verdict verdict, int change, Optional<CaseId> openCase) {}

    enum Verdict {
        BOOKED,
        /** A later count had told it already. */
        COVERED,
        /** This count was taken in before. */
        KNOWN,
        /** This count was taken in before with another number or instant, which stands. */
        CONFLICT,
        /** It differs too much: somebody decides about it in the case. */
        HELD_BACK
    }
}
