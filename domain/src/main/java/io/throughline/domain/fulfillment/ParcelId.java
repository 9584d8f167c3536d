package io.throughline.domain.fulfillment;

import java.util.regex.Pattern;

/** A parcel of the work at one facility, e.g. {@code O-7K2M9Q4XTA-F1-P1}; it is the reference under which its carrier knows it. */
public record ParcelId(String value) implements ParcelReference {
    private static final Pattern FORM = Pattern.compile("O-[0-9A-Z]{10}-F[1-9][0-9]{0,3}-P[1-9][0-9]{0,3}");

    public ParcelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a parcel id looks like O-7K2M9Q4XTA-F1-P1: '" + value + "'");
        }
    }

    public static ParcelId of(FulfillmentOrderId work, int ordinal) {
        return new ParcelId(work + "-P" + ordinal);
    }

    public FulfillmentOrderId work() {
        return new FulfillmentOrderId(value.substring(0, value.lastIndexOf("-P")));
    }

    public int ordinal() {
        return Integer.parseInt(value.substring(value.lastIndexOf("-P") + 2));
    }

    @Override
    public String toString() {
        return value;
    }
}
