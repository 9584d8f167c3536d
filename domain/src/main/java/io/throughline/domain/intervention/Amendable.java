package io.throughline.domain.intervention;

import io.throughline.domain.time.WrittenTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person may amend before a step is tried again, by its name in a decision. Which of them a case takes depends on its failure
 * code ({@link io.throughline.domain.failure.FailureCode#amendable}); nothing else is ever amended: no amount, no tax and no account, so the
 * books tie out as they did, and nothing personal, so the trace may tell it.
 */
public enum Amendable {
    /** The day under which the ERP books what it refused. The day on which it happened stays what it is. */
    POSTING_DATE("postingDate", "a day such as 2026-12-01") {
        @Override
        boolean accepts(String value) {
            return DAY.matcher(value).matches() && day(value).isPresent();
        }
    },

    /** What of the ERP's products stands in a document for those that it does not know. Amounts, taxes and accounts stay what they are. */
    STAND_INS(
            "standIns",
            "up to 50 pairs with commas between them, each a product of the document and the ERP's product that stands"
                    + " for it, such as NW-SCARF-GRY=NW-OTHER") {
        @Override
        boolean accepts(String value) {
            return standIns(value).isPresent();
        }
    };

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern PAIR =
            Pattern.compile("\\s*([^\\s=,][^=,]{0,98}?)\\s*=\\s*([A-Za-z0-9._/-]{1,60})\\s*");
    private static final int MOST_PAIRS = 50;

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

    /** The ERP's product by the one that it stands for. Empty: these are no pairs, or one of them is there twice. */
    static Optional<Map<String, String>> standIns(String value) {
        Map<String, String> byProduct = new TreeMap<>();
        String[] pairs = value.split(",", -1);
        for (String pair : pairs) {
            Matcher read = PAIR.matcher(pair);
            if (!read.matches() || byProduct.put(read.group(1), read.group(2)) != null) {
                return Optional.empty();
            }
        }
        return pairs.length > MOST_PAIRS ? Optional.empty() : Optional.of(byProduct);
    }

    static String written(Map<String, String> standIns) {
        return standIns.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining(","));
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
