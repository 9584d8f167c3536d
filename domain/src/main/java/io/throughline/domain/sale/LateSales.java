package io.throughline.domain.sale;

/** What becomes of a sale that is heard of after its day was posted. */
public enum LateSales {
    /** It is posted under its own day, in a further summary of that day. */
    SUPPLEMENT,
    /** It is posted with the store's next day that is not posted yet. */
    NEXT_DAY
}
