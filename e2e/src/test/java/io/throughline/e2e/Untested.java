package io.throughline.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

/** What this machine lacks for a test: said aloud, and a failure where everything has to be tested. */
final class Untested {
    private Untested() {}

    /** Never returns. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    static <T> T because(String words) {
        System.err.println(words);
        if ("true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new AssertionError(words);
        }
        return abort(words);
    }
}
