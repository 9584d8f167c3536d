package io.throughline.domain.event;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A subscription's name: {@code SUB-} and ten of 0-9 A-Z. */
public record SubscriptionId(String value) {
    private static final Pattern FORM = Pattern.compile("SUB-[0-9A-Z]{10}");
    private static final Pattern SUBJECT = Pattern.compile("subscription/(SUB-[0-9A-Z]{10})");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public SubscriptionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a subscription is named SUB- and ten of 0-9 A-Z: '" + value + "'");
        }
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    public static SubscriptionId random(SecureRandom random) {
        return new SubscriptionId(random.ints(10, 0, DIGITS.length())
                .mapToObj(index -> String.valueOf(DIGITS.charAt(index)))
                .collect(Collectors.joining("", "SUB-", "")));
    }

    /** How cases and the trace name it. */
    public String subject() {
        return "subscription/" + value;
    }

    /** Empty when the subject is another thing. */
    public static Optional<SubscriptionId> ofSubject(String subject) {
        Matcher form = SUBJECT.matcher(subject);
        return form.matches() ? Optional.of(new SubscriptionId(form.group(1))) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
