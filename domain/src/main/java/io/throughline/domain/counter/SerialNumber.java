package io.throughline.domain.counter;

import java.util.regex.Pattern;

/** What a manufacturer has written on one unit, 3 to 40 of letters, digits and {@code . / _ -}; kept in capitals. */
public record SerialNumber(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Z][0-9A-Z./_-]{2,39}");

    public SerialNumber {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a serial number is 3 to 40 of A-Z, 0-9 and . / _ -, a letter or digit first: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
