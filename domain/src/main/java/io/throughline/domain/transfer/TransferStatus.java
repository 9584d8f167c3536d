package io.throughline.domain.transfer;

/** REQUESTED → SENT → RECEIVED; CANCELLED before it is sent, or when what was sent has come back. */
public enum TransferStatus {
    REQUESTED,
    SENT,
    RECEIVED,
    CANCELLED
}
