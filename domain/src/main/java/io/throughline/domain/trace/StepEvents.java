package io.throughline.domain.trace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which event of its run's history belongs to each step that has written entries. A worker does not hear of it when it writes them, so it is looked
 * for later. It is a signpost beside the entries, and none of them waits for it.
 */
public interface StepEvents {
    /**
     * What is due, at most so many, and of it what came first. It is given to nobody else for a minute; whoever goes away with it leaves it to the
     * others. What is known by now is left out.
     */
    List<Sought> take(int most);

    /** Nobody asks for these again. */
    void settle(Collection<Settled> settled);

    /** They are due again after so long. */
    void putOff(Collection<Sought> sought, Duration by);

    /** One entry's step; {@code age} is how long ago it has written that. */
    record Sought(long number, StepAttempt step, Duration age) {}

    /** {@code event} is empty where the history has none for it, or is gone. */
    record Settled(Sought sought, Optional<Long> event) {}
}
