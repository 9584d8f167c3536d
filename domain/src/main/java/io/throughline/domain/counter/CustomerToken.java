package io.throughline.domain.counter;

import java.util.regex.Pattern;

/**
 * By what whoever brings goods without a receipt is known again: our own name of a customer, or a hash or card number that the retailer has for them. It is no
 * name, address or number that reaches somebody, and is kept in the one erasable table only; it is never shown.
 */
public record CustomerToken(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_:=.-]{7,99}");
    private static final Pattern PHONE = Pattern.compile("[0-9.-]{7,15}");

    public CustomerToken {
        if (!FORM.matcher(value).matches() || PHONE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "8 to 100 of A-Z, a-z, 0-9 and _ : = . -, and nothing like a phone's number");
        }
    }

    /** What it stands for is nobody's business. */
    @Override
    public String toString() {
        return "a customer's token";
    }
}
