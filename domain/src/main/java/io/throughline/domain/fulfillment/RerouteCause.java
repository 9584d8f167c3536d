package io.throughline.domain.fulfillment;

/** Why work is to go to another facility. */
public enum RerouteCause {
    /** Its facility does not do it, or not all of it. */
    REJECTED,
    /** Less was found than was asked for. */
    SHORT,
    /** Its facility has let its time pass. */
    SILENT,
    /** Its facility gets no work for the time being. */
    PAUSED,
    /** Its facility has no room for it. */
    CAPACITY,
    /** No carrier takes it from there, and a person, or the order's policy, has sent it elsewhere. */
    CARRIER,
    /** Its facility's system does not take it in, and a person has sent it elsewhere. */
    REFUSED,
    /** Its customer's address has become another since it was given out. */
    ADDRESS,
    /** Somebody has moved it to another place at its channel. */
    MOVED,
    /** Less of it is wanted than was given out, by an edit at its channel. */
    EDITED;

    /** What a facility's own system has said of work that it does not do. */
    public static RerouteCause of(FacilityAnswer answer) {
        return answer.ground().filter(StoreReport.Ground.NO_CAPACITY::equals).isPresent() ? CAPACITY : REJECTED;
    }

    /** What a store has said of work that it gives back. */
    public static RerouteCause of(StoreReport report) {
        return switch (report) {
            case StoreReport.Shortage shortage -> SHORT;
            case StoreReport.Rejection rejection ->
                rejection.ground() == StoreReport.Ground.NO_CAPACITY ? CAPACITY : REJECTED;
            default -> throw new IllegalArgumentException(report.name() + " gives nothing back");
        };
    }
}
