package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.hash.Sha256;
import java.util.regex.Pattern;

/**
 * Tells cases apart by what they come from: failure code, step, and the words of whoever refused or failed, in which ids, numbers and times
 * of the single case count for nothing. Names of products, facilities and periods of a name do count: they are the cause.
 */
public record Fingerprint(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    /** Orders, their work, cases, UUIDs, digests; then numbers, amounts, days and instants that stand by themselves. */
    private static final Pattern OF_THE_CASE = Pattern.compile("O-[0-9A-Z]{10}(-F[0-9]+)?|\\bC-[0-9]+\\b"
            + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|\\bsha256:[0-9a-f]{64}\\b"
            + "|(?<![\\p{L}\\p{N}_-])[0-9][0-9.,:TZ+-]*(?![\\p{L}\\p{N}_-])");

    public Fingerprint {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a fingerprint has 16 digits of 0-9 and a-f: '" + value + "'");
        }
    }

    /** {@code step} is a case's key: the step's name, then what tells the same step of several legs apart. */
    public static Fingerprint of(FailureCode code, String step, String detail) {
        String words = OF_THE_CASE.matcher(detail).replaceAll("#");
        return new Fingerprint(
                Sha256.hex(code + "\n" + stepName(step) + "\n" + words).substring(0, 16));
    }

    static String stepName(String step) {
        int end = step.indexOf(' ');
        return end < 0 ? step : step.substring(0, end);
    }

    @Override
    public String toString() {
        return value;
    }
}
