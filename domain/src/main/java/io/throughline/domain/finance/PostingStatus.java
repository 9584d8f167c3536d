package io.throughline.domain.finance;

/** How far an order has come in the ERP's books. */
public enum PostingStatus {
    PENDING,
    POSTED,
    CONFIRMED,
    REJECTED,
    BLOCKED_PERIOD,
    OUT_OF_BALANCE,
    REVERSED;

    /** What is confirmed can only be reversed: an attempt that wakes late has nothing new to tell. */
    public boolean mayFollow(PostingStatus before) {
        return switch (before) {
            case CONFIRMED -> this == REVERSED;
            case REVERSED -> false;
            case PENDING, POSTED, REJECTED, BLOCKED_PERIOD, OUT_OF_BALANCE -> true;
        };
    }
}
