package io.throughline.domain.returns;

import java.util.regex.Pattern;

/** In what condition a unit is, by the name that a policy has for it, such as OPENED. 1 to 20 of A-Z, 0-9 and _, a letter first. */
public record ConditionGrade(String name) {
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]{0,19}");

    public ConditionGrade {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("a grade is 1 to 20 of A-Z, 0-9 and _, a letter first: '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
