package io.throughline.domain.routing;

import io.throughline.domain.routing.Consideration.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was thought of all facilities, told in a few lines however many there are. */
final class Considerations {
    /** Facilities that are told one by one, for each rule that was tried. */
    static final int MOST_TOLD = 10;

    private Considerations() {}

    static List<String> told(String rule, List<Consideration> all) {
        List<Consideration> sorted = all.stream()
                .sorted(Comparator.comparing(Consideration::verdict))
                .toList();
        List<String> lines = new ArrayList<>();
        sorted.stream().limit(MOST_TOLD).forEach(one -> lines.add(rule + ", " + one.told()));
        if (sorted.size() > MOST_TOLD) {
            Map<Verdict, Long> rest = sorted.stream()
                    .skip(MOST_TOLD)
                    .collect(Collectors.groupingBy(Consideration::verdict, LinkedHashMap::new, Collectors.counting()));
            lines.add(rule + ", and "
                    + rest.entrySet().stream()
                            .map(verdict -> verdict.getValue() + " " + verdict.getKey())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }
}
