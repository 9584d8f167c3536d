package io.throughline.domain.failure;

/** Whose problem a failure is, and with that what is done about it. */
public enum FailureCategory {
    /** The request was wrong: the caller must change it. */
    CALLER,
    /** A rule of the business or of an outside system said no: a person decides. */
    BUSINESS,
    /** It may work later: retried without end, quickly and then slowly. */
    TRANSIENT,
    /** A fault of our own: retried slowly, and somebody must look. */
    INTERNAL
}
