package io.throughline.worker.attention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Temporal in memory. */
final class TestingRuns implements Runs {
    private final Map<String, Run> known = new HashMap<>();
    private final List<String> endedBadly = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final List<Instant> askedSince = new ArrayList<>();
    private int looks;

    void runs(String workflowId, Instant startedAt, Optional<String> trouble) {
        runs(workflowId, new Run(true, startedAt, trouble));
    }

    void runs(String workflowId, Run run) {
        known.put(workflowId, run);
    }

    void endsBadly(String workflowId) {
        known.computeIfPresent(workflowId, (_, run) -> new Run(false, run.startedAt(), Optional.empty()));
        endedBadly.add(workflowId);
    }

    /** The next look at this one fails, as when Temporal is away for a moment. */
    void failsOnce(String workflowId) {
        failing.add(workflowId);
    }

    void forget() {
        known.clear();
    }

    /** How often somebody has asked for a run. */
    int looks() {
        return looks;
    }

    @Override
    public Optional<Run> look(String workflowId) {
        looks++;
        if (failing.remove(workflowId)) {
            throw new IllegalStateException("nobody answers");
        }
        return Optional.ofNullable(known.get(workflowId));
    }

    /** From when on ends were asked for, page by page. */
    List<Instant> askedSince() {
        return List.copyOf(askedSince);
    }

    @Override
    public Page endedBadly(Instant since, String cursor, int limit) {
        askedSince.add(since);
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(endedBadly.size(), from + limit);
        return new Page(endedBadly.subList(from, to), to < endedBadly.size() ? Integer.toString(to) : "");
    }

    @Override
    public Page running(String cursor, int limit) {
        return new Page(List.copyOf(known.keySet()), "");
    }
}
