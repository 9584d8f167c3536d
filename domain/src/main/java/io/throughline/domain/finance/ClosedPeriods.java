package io.throughline.domain.finance;

/** What becomes of a document whose business date lies in a closed period; the order's own policy says which. */
public enum ClosedPeriods {
    /** It is refused with ERP_PERIOD_CLOSED, and a person decides. */
    REFUSE,
    /** It is booked on the first day of the next open period. */
    NEXT_OPEN
}
