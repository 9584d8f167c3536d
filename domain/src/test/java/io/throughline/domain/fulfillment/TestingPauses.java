package io.throughline.domain.fulfillment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Pauses in memory, which end when a test says so. */
public final class TestingPauses implements FacilityPauses {
    private final Map<FacilityId, Pause> pauses = new ConcurrentHashMap<>();

    @Override
    public Set<FacilityId> paused() {
        return Set.copyOf(pauses.keySet());
    }

    @Override
    public Optional<Pause> of(FacilityId facility) {
        return Optional.ofNullable(pauses.get(facility));
    }

    @Override
    public Pause pause(Pause wish, String reason) {
        pauses.put(wish.facility(), wish);
        return wish;
    }

    @Override
    public int tellEnded() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean resume(FacilityId facility, String actor) {
        return pauses.remove(facility) != null;
    }
}
