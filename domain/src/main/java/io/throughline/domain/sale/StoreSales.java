package io.throughline.domain.sale;

/** Takes in what tills tell of sales: each in one transaction with its movements of stock, its place in a day and its trace. */
public interface StoreSales {
    /** Whatever is told twice, late or out of order, the end is that of the clean sequence. */
    Taken take(StoreSale sale);

    /** What became of a sale; {@code day} is the day with which it is posted, {@code late} that its own was posted before. */
    record Taken(Verdict verdict, StoreDayId day, boolean late) {}

    enum Verdict {
        ACCEPTED,
        /** A higher version than the one that was known. */
        CORRECTED,
        /** The same was told before. */
        KNOWN,
        /** A later version was told before, and holds. */
        SUPERSEDED,
        /** The same version was told before with other content, which holds. */
        CONFLICT
    }
}
