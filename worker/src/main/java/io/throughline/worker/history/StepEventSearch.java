package io.throughline.worker.history;

import io.grpc.StatusRuntimeException;
import io.throughline.domain.trace.StepEvents;
import io.throughline.domain.trace.StepEvents.Settled;
import io.throughline.domain.trace.StepEvents.Sought;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks up which events belong to the steps that have written entries, some steps a turn, and reads each run's history once for all of them. It
 * reads behind the processes and adds nothing to their histories.
 */
public final class StepEventSearch {
    static final int STEPS_A_TURN = 200;

    /** A run that can't be read must not keep others waiting; where none can, it is Temporal that is away. */
    static final int MOST_FAILURES = 3;

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final Duration SOONEST = Duration.ofSeconds(20);
    private static final Duration LATEST = Duration.ofHours(1);

    /** What a task has done that came to no end is done again under the same id; hardly ever that late. */
    static final Duration GIVES_UP_AFTER = Duration.ofDays(1);

    private final StepEvents events;
    private final RunHistories histories;

    public StepEventSearch(StepEvents events, RunHistories histories) {
        this.events = events;
        this.histories = histories;
    }

    private record Run(String workflowId, UUID id) {
        static Run of(Sought sought) {
            return new Run(sought.step().workflowId(), sought.step().runId());
        }
    }

    /** Throws what Temporal's server has refused, after it has tried the others. */
    public void turn() {
        Map<Run, List<Sought>> runs = events.take(STEPS_A_TURN).stream()
                .collect(Collectors.groupingBy(Run::of, LinkedHashMap::new, Collectors.toList()));
        List<StatusRuntimeException> failures = new ArrayList<>();
        for (Map.Entry<Run, List<Sought>> run : runs.entrySet()) {
            try {
                lookUp(run.getKey(), run.getValue());
            } catch (StatusRuntimeException refused) {
                events.putOff(run.getValue(), AFTER_FAILURE);
                failures.add(refused);
            }
            if (failures.size() == MOST_FAILURES) {
                break;
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void lookUp(Run run, List<Sought> sought) {
        Set<String> steps = sought.stream().map(one -> one.step().activityId()).collect(Collectors.toSet());
        Optional<RunHistories.Steps> found = histories.read(run.workflowId(), run.id(), steps);
        boolean over = found.map(RunHistories.Steps::over).orElse(true);
        List<Settled> settled = new ArrayList<>();
        for (Sought one : sought) {
            Optional<Long> event =
                    found.map(history -> history.events().get(one.step().activityId()));
            if (event.isPresent() || over || one.age().compareTo(GIVES_UP_AFTER) > 0) {
                settled.add(new Settled(one, event));
            } else {
                events.putOff(List.of(one), untilNextLook(one.age()));
            }
        }
        events.settle(settled);
    }

    /** The older, the later. */
    private static Duration untilNextLook(Duration age) {
        return age.compareTo(SOONEST) < 0 ? SOONEST : age.compareTo(LATEST) > 0 ? LATEST : age;
    }
}
