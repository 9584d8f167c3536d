package io.throughline.api.order;

import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Collects what is wrong with what a client hands over, so that the client hears all of it at once. */
public final class Findings {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,10})?");
    private static final int MOST = 50;

    private final List<FieldError> errors = new ArrayList<>();

    public void add(String pointer, String detail) {
        if (errors.size() < MOST) {
            errors.add(new FieldError(pointer, detail));
        }
    }

    public void require(boolean holds, String pointer, String rule) {
        if (!holds) {
            add(pointer, rule);
        }
    }

    /** The text if it has 1 to {@code longest} visible characters. */
    public String visible(String pointer, String text, int longest) {
        require(
                !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl),
                pointer,
                "1 to " + longest + " visible characters");
        return text;
    }

    public Optional<String> visible(String pointer, Optional<String> text, int longest) {
        return text.map(present -> visible(pointer, present, longest));
    }

    public BigDecimal decimal(String pointer, String text) {
        if (!DECIMAL.matcher(text).matches()) {
            add(pointer, "a decimal number in a string, such as \"25.00\"");
            return BigDecimal.ZERO;
        }
        return new BigDecimal(text);
    }

    /** What {@code make} gives, or {@code otherwise} with a finding when it refuses its argument. */
    public <T> T attempt(String pointer, String rule, T otherwise, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException | ArithmeticException refused) {
            add(pointer, rule);
            return otherwise;
        }
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    public boolean none() {
        return errors.isEmpty();
    }

    /** The problem that {@code what}, such as "The order", breaks rules, if it does. */
    public void throwIfAny(String what) {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, what + " breaks the rules that are listed.", errors);
        }
    }
}
