package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.function.Supplier;

/** What was thought of a facility. Few are ever told, so words are made only then. */
record Consideration(FacilityId facility, Verdict verdict, Supplier<String> words) {
    /** The more interesting ones come first. */
    enum Verdict {
        CHOSEN,
        ABLE,
        PARTLY,
        OUTDONE,
        FULL,
        BUSY,
        CLOSED,
        TOO_LATE,
        /** Its stock of what is wanted would not last long enough, or has not lain there long enough. */
        SCARCE,
        FRESH,
        TOO_FAR,
        ABROAD,
        NO_STOCK,
        SWITCHED_OFF,
        /** What is wanted is of a brand that others do. */
        BRAND,
        SAID_NO,
        NOT_MEANT
    }

    String told() {
        String why = words.get();
        return facility + " " + verdict + (why.isEmpty() ? "" : ": " + why);
    }
}
