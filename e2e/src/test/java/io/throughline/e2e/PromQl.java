package io.throughline.e2e;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an expression names: metrics, and of each the labels that it is chosen by. */
final class PromQl {
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:throughline|temporal|jvm|process|system)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

    private PromQl() {}

    /** One metric with the labels by which it is chosen. */
    record Selector(String metric, Set<String> labels) {}

    static List<Selector> selectors(String expression) {
        List<Selector> selectors = new ArrayList<>();
        SELECTOR.matcher(expression)
                .results()
                .forEach(found -> selectors.add(new Selector(found.group(1), labels(found))));
        return selectors;
    }

    private static Set<String> labels(MatchResult selector) {
        Set<String> labels = new HashSet<>();
        if (selector.group(2) != null) {
            LABEL.matcher(selector.group(2)).results().forEach(label -> labels.add(label.group(1)));
        }
        return labels;
    }
}
