package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.ParcelReference;
import java.util.Optional;
import java.util.regex.Pattern;

/** A parcel of a return, e.g. {@code O-7K2M9Q4XTA-R1-P1}; it is the reference under which its carrier knows it. */
public record ReturnParcelId(String value) implements ParcelReference {
    private static final Pattern FORM = Pattern.compile("O-[0-9A-Z]{10}-R[1-9][0-9]{0,3}-P[1-9][0-9]{0,3}");

    public ReturnParcelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a parcel of a return looks like O-7K2M9Q4XTA-R1-P1: '" + value + "'");
        }
    }

    /** Empty for what is no parcel of a return. */
    public static Optional<ReturnParcelId> find(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new ReturnParcelId(value)) : Optional.empty();
    }

    public static ReturnParcelId of(ReturnId returned, int ordinal) {
        return new ReturnParcelId(returned + "-P" + ordinal);
    }

    public ReturnId returned() {
        return new ReturnId(value.substring(0, value.lastIndexOf("-P")));
    }

    public int ordinal() {
        return Integer.parseInt(value.substring(value.lastIndexOf("-P") + 2));
    }

    @Override
    public String toString() {
        return value;
    }
}
