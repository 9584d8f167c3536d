package io.throughline.domain.trace;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The trace in memory, without the chain of hashes. */
public final class TestingTrace implements Trace {
    private final Clock clock;
    private final Map<String, List<TraceEntry>> entries = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Set<String> keys = new LinkedHashSet<>();

    public TestingTrace(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void append(
            String subject, String entryKey, String kind, String summary, Map<String, String> detail) {
        if (keys.add(subject + " " + entryKey)) {
            List<TraceEntry> line = entries.computeIfAbsent(subject, unknown -> new ArrayList<>());
            line.add(new TraceEntry(
                    subject,
                    line.size() + 1L,
                    clock.instant(),
                    kind,
                    summary,
                    detail,
                    "not chained",
                    Optional.empty()));
        }
    }

    @Override
    public synchronized List<TraceEntry> of(String subject) {
        return List.copyOf(entries.getOrDefault(subject, List.of()));
    }

    @Override
    public synchronized void link(String id, String subject) {
        links.put(id, subject);
    }

    @Override
    public synchronized Optional<String> lookup(String id) {
        return Optional.ofNullable(links.get(id));
    }

    @Override
    public Verification verify(String subject) {
        return new Verification(of(subject).size(), Optional.empty(), Optional.empty());
    }
}
