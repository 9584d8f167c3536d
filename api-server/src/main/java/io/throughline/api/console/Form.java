package io.throughline.api.console;

import io.throughline.api.http.CleanText;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What somebody has filled in: each field once, without control characters. */
public record Form(Map<String, String> fields) {
    /** The field that says that a form is a page's of ours. */
    public static final String TOKEN = "token";

    private static final Duration LONGEST = Duration.ofDays(365);

    public Form {
        fields = Map.copyOf(fields);
    }

    /** Reads {@code application/x-www-form-urlencoded}. */
    public static Form read(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : decoded(parts[1]);
            if (fields.put(decoded(parts[0]), value) != null) {
                throw malformed("A field is there twice.");
            }
        }
        return new Form(fields);
    }

    /** Of a text of several lines, browsers send each line's end as two characters. */
    private static String decoded(String text) {
        try {
            String plain = URLDecoder.decode(text, StandardCharsets.UTF_8).replace("\r\n", "\n");
            if (!CleanText.isClean(plain)) {
                throw malformed("A field has a character that is not allowed.");
            }
            return plain;
        } catch (IllegalArgumentException unreadable) {
            throw malformed("The form can't be read.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }

    /** Without blanks around it; empty when nothing else is in it. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A length of time, such as one that a page offers; empty when none is given. */
    public Optional<Duration> length(String field) {
        return text(field).map(Form::duration);
    }

    /** A length of time where one is needed. */
    public Duration neededLength(String field) {
        return length(field).orElseThrow(Form::withoutLength);
    }

    private static Duration duration(String text) {
        try {
            Duration length = Duration.parse(text);
            if (length.isPositive() && length.compareTo(LONGEST) <= 0) {
                return length;
            }
            throw withoutLength();
        } catch (DateTimeException unreadable) {
            throw withoutLength();
        }
    }

    /** The problem that a length of time is missing, or is none. */
    private static ProblemException withoutLength() {
        return new ProblemException(ProblemType.INVALID_CONTENT, "Choose for how long.");
    }
}
