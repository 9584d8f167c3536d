package io.throughline.domain.intervention;

import io.throughline.domain.time.WrittenTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person may amend before a step is tried again, by its name in a decision. Which of them a case takes depends on its failure
 * code ({@link io.throughline.domain.failure.FailureCode#amendable}); nothing else is ever amended.
 */
public enum Amendable {
    /** The day under which the ERP books what it refused. The day on which it happened stays what it is. */
    POSTING_DATE("postingDate", "a day such as 2026-12-01") {
        @Override
        boolean accepts(String value) {
            return DAY.matcher(value).matches() && day(value).isPresent();
        }
    };

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final String key;
    private final String rule;

    Amendable(String key, String rule) {
        this.key = key;
        this.rule = rule;
    }

    public static Optional<Amendable> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    abstract boolean accepts(String value);

    static Optional<LocalDate> day(String value) {
        try {
            return Optional.of(WrittenTime.day(value));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Its name in a decision. */
    public String key() {
        return key;
    }

    /** What its value must be, in words. */
    public String rule() {
        return rule;
    }
}
