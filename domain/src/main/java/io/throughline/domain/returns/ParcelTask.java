package io.throughline.domain.returns;

import java.util.Optional;

/** What is still to be done about a parcel of a return. */
public enum ParcelTask {
    /** The label with which its customer sends the goods is still to be bought. */
    LABEL,
    /** That label was not used, and is to be given back. */
    VOID_LABEL,
    /** What was not taken is to be sent back. */
    SEND_BACK,
    /** The customer is to be told so. */
    TELL_SENT_BACK;

    /** The next one. Goods that came without a scan may still get one, so only a label that nothing came with is given back. */
    static Optional<ParcelTask> of(Return returned) {
        if (isUnused(returned)) {
            return Optional.of(VOID_LABEL);
        }
        if (returned.toSendBack().anyMatch(ReturnParcel::isToBeLabelled)) {
            return Optional.of(SEND_BACK);
        }
        if (returned.toSendBack().anyMatch(parcel -> !parcel.told())) {
            return Optional.of(TELL_SENT_BACK);
        }
        return returned.fromCustomer().filter(ReturnParcel::isToBeLabelled).map(parcel -> LABEL);
    }

    private static boolean isUnused(Return returned) {
        return !returned.needsLabel()
                && !returned.hasReceived()
                && returned.fromCustomer().filter(ReturnParcel::mayBeVoided).isPresent();
    }
}
