package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes in what tills tell of sales: each in one transaction with its movements of stock, its place in a day and its trace. */
public interface StoreSales {
    /** Whatever is told twice, late or out of order, the end is that of the clean sequence. */
    Taken take(StoreSale sale);

    /**
     * Keeps what can't be booked, with a case that is closed when its sale is booked in this version or a later one. The same content again is the
     * same refusal.
     */
    Refusal refuse(RefusedSale refused);

    /** What was refused of a sale and nobody has settled, the highest version of it. */
    Optional<RefusedSale> refused(RefusedSaleId id);

    /** Somebody has decided that what was refused of a sale by then is not to be booked, nor any version up to it. What came later stays, with its case. */
    void leaveOut(RefusedSaleId id, Instant decidedAt);

    /** The version that holds of the sale that a store's till knows by this id. */
    Optional<Standing> find(FacilityId store, String id);

    /** What became of a sale; {@code day} is the day with which it is posted, {@code late} that its own was posted before. */
    record Taken(Verdict verdict, StoreDayId day, boolean late) {}

    /** A sale as it stands, sold on a business date; {@code entries} are its shares in the days' books, as they came. */
    record Standing(StoreSale sale, StoreDayId soldOn, List<Share> entries) {
        public Standing {
            entries = List.copyOf(entries);
        }
    }

    /** A version that is posted with a day, or taken back with it; {@code summary} is empty while it waits for one. */
    record Share(long version, boolean takenBack, StoreDayId postedWith, Optional<Integer> summary) {}

    enum Verdict {
        ACCEPTED,
        /** A higher version than the one that was known. */
        CORRECTED,
        /** The same was told before. */
        KNOWN,
        /** A later version was told before, and holds. */
        SUPERSEDED,
        /** The same version was told before with other content, which holds. */
        CONFLICT,
        /** This version, or a later one, was refused before, and somebody has decided to leave it out. */
        LEFT_OUT
    }

    sealed interface Refusal {
        /** It is kept, and this case stands for it. */
        record Kept(CaseId id) implements Refusal {}

        /** It was refused before, and has been mended or left out since. */
        record Settled() implements Refusal {}

        /** A later version is booked. */
        record Superseded() implements Refusal {}
    }
}
