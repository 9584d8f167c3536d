package io.throughline.domain.intervention;

import io.throughline.domain.time.WrittenTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person may amend before a step is tried again, by its name in a decision. Which of them a case takes depends on its failure
 * code ({@link io.throughline.domain.failure.FailureCode#amendable}); nothing else is ever amended: no amount, no tax and no account, so the
 * books tie out as they did. What is personal is kept where it can be erased, and a decision holds the name of the {@link Amendment} in its place.
 */
public enum Amendable {
    /** The day under which the ERP books what it refused. The day on which it happened stays what it is. */
    POSTING_DATE(
            AmendmentKind.POSTING,
            "postingDate",
            Form.of(10, "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
            "a day such as 2026-12-01") {
        @Override
        boolean fits(String value) {
            return day(value).isPresent();
        }
    },

    /** What of the ERP's products stands in a document for those that it does not know. Amounts, taxes and accounts stay what they are. */
    STAND_INS(
            AmendmentKind.STAND_INS,
            "standIns",
            Form.PAIRS,
            "up to 50 pairs with commas between them, each a product of the document and the ERP's product that stands"
                    + " for it, such as NW-SCARF-GRY=NW-OTHER"),

    /** Which product of ours an order means by a name that the catalogue does not know. What the line comes to stays what it is. */
    PRODUCT_NAMES(
            AmendmentKind.PRODUCT_NAMES,
            "productNames",
            Form.PAIRS,
            "up to 50 pairs with commas between them, each a name that the order has for a product and the product of ours"
                    + " that it means, such as OLD-SCARF=NW-SCARF-GRY"),

    /** For whom such a name holds. */
    PRODUCT_NAMES_FOR(
            AmendmentKind.PRODUCT_NAMES,
            "productNamesFor",
            Form.oneOf("ORDER", "ACCOUNT"),
            "ORDER, for this order alone, as if it was left out, or ACCOUNT, for all of its account's"),

    SHIP_TO_NAME(AmendmentKind.SHIP_TO, "shipToName", Form.line(100), "a name of at most 100 characters"),
    SHIP_TO_STREET(
            AmendmentKind.SHIP_TO,
            "shipToStreet",
            Form.line(200),
            "all lines between the name and the city, with commas between them, at most 200 characters"),
    SHIP_TO_CITY(AmendmentKind.SHIP_TO, "shipToCity", Form.line(100), "a city of at most 100 characters"),
    SHIP_TO_POSTAL_CODE(
            AmendmentKind.SHIP_TO,
            "shipToPostalCode",
            Form.of(16, "[A-Za-z0-9](?:[A-Za-z0-9 -]*[A-Za-z0-9])?"),
            "letters and digits, with blanks or dashes between them, at most 16 characters"),
    SHIP_TO_PROVINCE(
            AmendmentKind.SHIP_TO,
            "shipToProvince",
            Form.line(100),
            "a province or state as the channel writes it, such as OR"),
    SHIP_TO_COUNTRY(
            AmendmentKind.SHIP_TO, "shipToCountry", Form.of(2, "[A-Z]{2}"), "a country's two letters, such as US"),
    SHIP_TO_PHONE(AmendmentKind.SHIP_TO, "shipToPhone", Form.PHONE, "a telephone number such as +1 503 555 0100"),

    CUSTOMER_EMAIL(
            AmendmentKind.CONTACT,
            "customerEmail",
            Form.of(254, "[^@\\s\\x00-\\x1f]{1,64}@[^@\\s\\x00-\\x1f.]+(?:\\.[^@\\s\\x00-\\x1f.]+)+"),
            "an e-mail address such as ada@example.com"),
    CUSTOMER_PHONE(AmendmentKind.CONTACT, "customerPhone", Form.PHONE, "a telephone number such as +1 503 555 0100");

    /** What a value looks like, so that a schema can tell it: at most so many characters, all of them as the pattern wants, or one of a few. */
    public record Form(int longest, String pattern, List<String> values) {
        private static final Form PAIRS = of(8000, "[^=]+=[^=,]+(?:,[^=,]+=[^=,]+)*");
        private static final Form PHONE = of(32, "\\+?[0-9(][0-9 ()./-]{3,30}[0-9]");

        public Form {
            values = List.copyOf(values);
        }

        private static Form of(int longest, String pattern) {
            return new Form(longest, pattern, List.of());
        }

        private static Form line(int longest) {
            return of(longest, "\\S(?:[^\\x00-\\x1f\\x7f]*\\S)?");
        }

        private static Form oneOf(String... values) {
            return new Form(20, "[A-Z]+", List.of(values));
        }

        private boolean accepts(String value) {
            return value.length() <= longest
                    && Pattern.matches(pattern, value)
                    && (values.isEmpty() || values.contains(value));
        }
    }

    private static final Pattern PAIR =
            Pattern.compile("\\s*([^\\s=,][^=,]{0,98}?)\\s*=\\s*([A-Za-z0-9._/-]{1,60})\\s*");
    private static final int MOST_PAIRS = 50;

    private final AmendmentKind kind;
    private final String key;

    // A list of constants, copied.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Form form;

    private final String rule;

    Amendable(AmendmentKind kind, String key, Form form, String rule) {
        this.kind = kind;
        this.key = key;
        this.form = form;
        this.rule = rule;
    }

    public static Optional<Amendable> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    /** Whether it is such a value, or where it is personal the name of the amendment that has it. */
    final boolean accepts(String value) {
        return (form.accepts(value) && fits(value)) || (personal() && AmendmentId.isOne(value));
    }

    /** What no pattern tells. */
    boolean fits(String value) {
        return !isPairs() || pairs(value).isPresent();
    }

    /** Whether it says of several products by which others they are called. */
    boolean isPairs() {
        return form.equals(Form.PAIRS);
    }

    static Optional<LocalDate> day(String value) {
        try {
            return Optional.of(WrittenTime.day(value));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** By each product the one that stands for it. Empty: these are no pairs, or one of them is there twice. */
    static Optional<Map<String, String>> pairs(String value) {
        Map<String, String> byProduct = new TreeMap<>();
        String[] all = value.split(",", -1);
        for (String pair : all) {
            Matcher read = PAIR.matcher(pair);
            if (!read.matches() || byProduct.put(read.group(1), read.group(2)) != null) {
                return Optional.empty();
            }
        }
        return all.length > MOST_PAIRS ? Optional.empty() : Optional.of(byProduct);
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

    public AmendmentKind kind() {
        return kind;
    }

    public Form form() {
        return form;
    }

    /** Whether it is kept in the one erasable table, and told by the name of its amendment elsewhere. */
    public boolean personal() {
        return kind == AmendmentKind.SHIP_TO || kind == AmendmentKind.CONTACT;
    }

    /** Whether it can be amended in the same way for many cases at once. */
    public boolean forMany() {
        return kind == AmendmentKind.POSTING || kind == AmendmentKind.STAND_INS;
    }

    /** What its value must be, in words. */
    public String rule() {
        return rule;
    }
}
