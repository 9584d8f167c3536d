package io.throughline.domain.money;

import java.util.Currency;
import java.util.regex.Pattern;

/** An ISO 4217 currency that has minor units, e.g. USD (2 decimals), JPY (0), KWD (3). The decimals are the JDK's table. */
public record CurrencyCode(String code) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{3}");

    public CurrencyCode {
        if (!FORM.matcher(code).matches() || decimalsOf(code) < 0) {
            throw new IllegalArgumentException("not an ISO 4217 currency with minor units: '" + code + "'");
        }
    }

    public static CurrencyCode of(String code) {
        return new CurrencyCode(code);
    }

    /** How many decimals an amount of this currency has. */
    public int decimals() {
        return decimalsOf(code);
    }

    private static int decimalsOf(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException unknown) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
