package io.throughline.api.http;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of a query or path, or the problem that names the one which can't be read. */
public final class Parameters {
    private Parameters() {}

    public static <T> Optional<T> optional(
            String name, @Nullable String value, Function<String, T> parser, String rule) {
        return Optional.ofNullable(value).map(given -> parsed(name, given, parser, rule));
    }

    public static <T> T required(String name, @Nullable String value, Function<String, T> parser, String rule) {
        return optional(name, value, parser, rule).orElseThrow(() -> malformed(name, "given"));
    }

    /** Whether somebody says {@code true}; what is left out is {@code false}. */
    public static boolean flag(String name, @Nullable String value) {
        return optional(name, value, YesOrNo::of, YesOrNo.RULE).orElse(false);
    }

    /** A name in a path; what can't be one names nothing. */
    public static <T> Optional<T> name(String value, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(value));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    private static <T> T parsed(String name, String value, Function<String, T> parser, String rule) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeException unfit) {
            throw malformed(name, rule);
        }
    }

    private static ProblemException malformed(String name, String rule) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, name + " must be " + rule + ".");
    }
}
