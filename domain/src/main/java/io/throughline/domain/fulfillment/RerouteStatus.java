package io.throughline.domain.fulfillment;

/** How far a reroute has come. The last four are its ends. */
public enum RerouteStatus {
    /** Its facility may still have the work. */
    OPENED,
    /** Nobody has it, and somebody is looked for. */
    TAKEN_AWAY,
    /** Nobody can do it yet: supply, or another look, is waited for. */
    WAITING,
    /** The customer is asked what to do instead. */
    OFFERED,
    /** The customer has chosen, or has let the time pass. */
    ANSWERED,
    /** Others do it. */
    REROUTED,
    /** Its facility was quicker, and keeps it. */
    KEPT,
    /** It is not wanted any more. */
    NOT_NEEDED,
    /** Its order ends. */
    CALLED_OFF;

    public boolean ended() {
        return switch (this) {
            case OPENED, TAKEN_AWAY, WAITING, OFFERED, ANSWERED -> false;
            case REROUTED, KEPT, NOT_NEEDED, CALLED_OFF -> true;
        };
    }
}
