package io.throughline.domain.fulfillment;

import java.util.regex.Pattern;

/** A store, warehouse or third-party warehouse. {@code UNROUTED} is the virtual one where demand waits for its routing. */
public record FacilityId(String value) implements Comparable<FacilityId> {
    private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,39}");

    /** Demand that has no facility yet is reserved here; routing moves it. */
    public static final FacilityId UNROUTED = new FacilityId("UNROUTED");

    public FacilityId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a facility id is 1 to 40 of A-Z, 0-9 and -: '" + value + "'");
        }
    }

    @Override
    public int compareTo(FacilityId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
