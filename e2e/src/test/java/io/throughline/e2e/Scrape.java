package io.throughline.e2e;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes show in Prometheus's text form: the names of the samples, and their labels. */
final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Set<Map<String, String>>> samples = new HashMap<>();

    Scrape(String... texts) {
        Arrays.stream(texts)
                .flatMap(String::lines)
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(this::read);
    }

    private void read(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException(line);
        }
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        samples.computeIfAbsent(sample.group(1), first -> new HashSet<>()).add(labels);
    }

    boolean has(String metric) {
        return samples.containsKey(metric);
    }

    /** Those that each sample of the metric has. */
    Set<String> labelsOf(String metric) {
        return samples.getOrDefault(metric, Set.of()).stream()
                .map(Map::keySet)
                .map(Set::copyOf)
                .reduce((some, others) -> {
                    Set<String> both = new HashSet<>(some);
                    both.retainAll(others);
                    return both;
                })
                .orElse(Set.of());
    }

    /** Label values of the metrics whose names begin so. */
    List<String> values(String prefix) {
        return samples.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(labels -> labels.values().stream())
                .toList();
    }
}
