package io.throughline.api.order;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** What a client names one submission by, so that it may repeat it: 1 to 255 printable characters, without blanks. */
public record IdempotencyKey(String value) {
    public static final String HEADER = "Idempotency-Key";

    /** On the answer to a request that was answered before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    public static final int LONGEST = 255;

    /** What it is made of, for people. */
    public static final String FORM = "1 to " + LONGEST + " printable characters";

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1," + LONGEST + "}");

    public static IdempotencyKey of(HttpHeaders headers) {
        List<String> given = headers.getRequestHeaders().getOrDefault(HEADER, List.of());
        if (given.size() != 1 || !PRINTABLE.matcher(given.getFirst()).matches()) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    "Send one header '" + HEADER + "' of " + FORM + " without blanks, new for each request.");
        }
        return new IdempotencyKey(given.getFirst());
    }
}
