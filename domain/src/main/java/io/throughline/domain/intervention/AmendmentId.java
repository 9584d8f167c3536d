package io.throughline.domain.intervention;

import java.util.regex.Pattern;

/** Names an amendment that is kept, e.g. {@code AM-17}. It may appear anywhere; what the amendment says of a person may not. */
public record AmendmentId(String value) {
    private static final Pattern FORM = Pattern.compile("AM-[1-9][0-9]{0,17}");

    public AmendmentId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("the id of an amendment looks like AM-17: '" + value + "'");
        }
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
