package io.throughline.domain.payment;

/** How far the money of an order has come at its channel. UNKNOWN: a call timed out and has not been probed yet. */
public enum PaymentStatus {
    PENDING,
    AUTHORIZED,
    PARTIALLY_CAPTURED,
    CAPTURED,
    VOIDED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    UNKNOWN
}
