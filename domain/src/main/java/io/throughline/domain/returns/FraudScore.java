package io.throughline.domain.returns;

import java.util.List;
import java.util.stream.Collectors;

/** How much speaks against a return whose sale nobody knows: the points of each signal of the policy that was seen, and their sum. */
public record FraudScore(List<Reason> reasons) {
    public FraudScore {
        reasons = List.copyOf(reasons);
    }

    /** {@code signal} is the policy's name of it, {@code words} tell what was seen. */
    public record Reason(String signal, int points, String words) {}

    public int points() {
        return reasons.stream().mapToInt(Reason::points).sum();
    }

    /** For people: {@code 35: came-before 15 (1 in 90 days), worn 20 (grade WORN)}. */
    public String words() {
        return reasons.isEmpty()
                ? "0"
                : points() + ": "
                        + reasons.stream()
                                .map(reason -> reason.signal() + " " + reason.points() + " (" + reason.words() + ")")
                                .collect(Collectors.joining(", "));
    }
}
