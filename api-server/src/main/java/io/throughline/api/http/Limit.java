package io.throughline.api.http;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many entries a list shall have: 1 to 500, 50 if the caller does not say. */
public final class Limit {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,3}");
    private static final int USUAL = 50;
    private static final int MOST = 500;

    private Limit() {}

    public static int of(@Nullable String parameter) {
        if (parameter == null) {
            return USUAL;
        }
        int limit = FORM.matcher(parameter).matches() ? Integer.parseInt(parameter) : 0;
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "limit must be 1 to " + MOST + ".");
        }
        return limit;
    }
}
