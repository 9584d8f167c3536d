package io.throughline.domain.fulfillment;

import io.throughline.domain.hash.Sha256;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a customer shows to collect goods: eight letters and digits, none of which looks like another. Only a digest of it is kept.
 */
public record PickupCode(String value) {
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 8;
    private static final Pattern FORM = Pattern.compile("[" + SIGNS + "]{" + LENGTH + "}");

    public PickupCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a pickup code is " + LENGTH + " of " + SIGNS);
        }
    }

    /** As people write it: in small letters, too, with blanks and dashes between. */
    public static PickupCode of(String written) {
        return new PickupCode(written.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
    }

    public static PickupCode random(RandomGenerator random) {
        StringBuilder code = new StringBuilder();
        for (int at = 0; at < LENGTH; at++) {
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return new PickupCode(code.toString());
    }

    /** What is kept of it: of no use for other work. */
    public String digest(FulfillmentOrderId work) {
        return Sha256.hex(work + " " + value);
    }

    /** As it is told: in two halves. */
    public String spelled() {
        return value.substring(0, LENGTH / 2) + "-" + value.substring(LENGTH / 2);
    }

    @Override
    public String toString() {
        return "PickupCode[not shown]";
    }
}
