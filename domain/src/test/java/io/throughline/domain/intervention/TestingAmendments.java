package io.throughline.domain.intervention;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Amendments in memory, numbered from AM-1. Nothing becomes of them by themselves: a test changes the facts. */
public final class TestingAmendments implements Amendments {
    private final Cases cases;
    private final Clock clock;
    private final Map<AmendmentId, Amendment> kept = new LinkedHashMap<>();

    public TestingAmendments(Cases cases, Clock clock) {
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public synchronized Amendment keep(CaseId about, Map<String, String> fields, String actor) {
        if (cases.find(about).filter(found -> found.status() == CaseStatus.OPEN).isEmpty()) {
            throw new IllegalDecision(about + " takes no amendment");
        }
        AmendmentId id = new AmendmentId("AM-" + (1 + kept.size()));
        Amendment made = new Amendment(id, about, fields, Map.of(), actor, clock.instant(), Optional.empty());
        kept.put(id, made);
        return made;
    }

    @Override
    public synchronized Optional<Amendment> find(AmendmentId id) {
        return Optional.ofNullable(kept.get(id));
    }

    @Override
    public synchronized Optional<Amendment> latest(CaseId about) {
        return kept.values().stream().filter(one -> one.about().equals(about)).reduce((earlier, later) -> later);
    }

    @Override
    public Map<String, String> now(Case about) {
        return Map.of();
    }
}
