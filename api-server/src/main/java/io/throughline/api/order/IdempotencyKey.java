package io.throughline.api.order;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** What a client names one submission by, so that it may repeat it: 1 to 255 printable characters, without blanks. */
public record IdempotencyKey(String value) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    public static IdempotencyKey of(HttpHeaders headers) {
        List<String> given = headers.getRequestHeaders().getOrDefault(HEADER, List.of());
        if (given.size() != 1 || !FORM.matcher(given.getFirst()).matches()) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    "Send one header '" + HEADER
                            + "' of 1 to 255 printable characters without blanks, new for each request.");
        }
        return new IdempotencyKey(given.getFirst());
    }
}
