package io.throughline.runtime.retailer;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} in a value. An empty variable counts as not set. */
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    String substitute(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, Matcher.quoteReplacement(valueOf(matcher)));
        }
        matcher.appendTail(result);
        if (result.indexOf("${") >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not of the form ${NAME} or ${NAME:-default}");
        }
        return result.toString();
    }

    private String valueOf(Matcher reference) {
        String value = environment.getOrDefault(reference.group(1), "");
        if (!value.isEmpty()) {
            return value;
        }
        if (reference.group(2) == null) {
            throw new IllegalArgumentException("the environment variable " + reference.group(1)
                    + " is not set: set it, or give a default as ${" + reference.group(1) + ":-default}");
        }
        return reference.group(3);
    }
}
