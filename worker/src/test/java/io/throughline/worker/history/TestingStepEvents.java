package io.throughline.worker.history;

import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.StepEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps in memory; what is sought is due at once, and again when it was put off. */
final class TestingStepEvents implements StepEvents {
    private final List<Sought> sought = new ArrayList<>();
    private final Map<StepAttempt, Optional<Long>> settled = new HashMap<>();
    private final Map<StepAttempt, Duration> putOff = new HashMap<>();

    void seek(StepAttempt step, Duration age) {
        sought.add(new Sought(sought.size() + 1L, step, age));
    }

    Map<StepAttempt, Optional<Long>> settled() {
        return Map.copyOf(settled);
    }

    Map<StepAttempt, Duration> putOff() {
        return Map.copyOf(putOff);
    }

    @Override
    public List<Sought> take(int most) {
        return sought.stream()
                .filter(one -> !settled.containsKey(one.step()))
                .limit(most)
                .toList();
    }

    @Override
    public void settle(Collection<Settled> known) {
        known.forEach(one -> settled.put(one.sought().step(), one.event()));
    }

    @Override
    public void putOff(Collection<Sought> later, Duration by) {
        later.forEach(one -> putOff.put(one.step(), by));
    }
}
