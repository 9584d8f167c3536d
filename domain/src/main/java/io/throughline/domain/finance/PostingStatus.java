package io.throughline.domain.finance;

/** How far an order has come in the ERP's books. */
public enum PostingStatus {
    PENDING,
    POSTED,
    CONFIRMED,
    REJECTED,
    BLOCKED_PERIOD,
    OUT_OF_BALANCE,
    REVERSED
}
