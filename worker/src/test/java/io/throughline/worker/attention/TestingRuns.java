package io.throughline.worker.attention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Temporal in memory. */
final class TestingRuns implements Runs {
    private final Map<String, Run> known = new HashMap<>();
    private final List<String> endedBadly = new ArrayList<>();
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
        return Optional.ofNullable(known.get(workflowId));
    }

    @Override
    public List<String> endedBadly(Instant since, int limit) {
        return List.copyOf(endedBadly);
    }

    @Override
    public Page running(String cursor, int limit) {
        return new Page(List.copyOf(known.keySet()), "");
    }
}
