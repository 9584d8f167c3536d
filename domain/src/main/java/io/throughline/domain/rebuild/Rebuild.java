package io.throughline.domain.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One making anew of a read model, as far as it has come. {@code facts} is about how many there are to look at, {@code checked} how many were;
 * of these {@code differed}, of which {@code mended} are as they should be now. {@code apart} tells some of what differed.
 */
public record Rebuild(
        ReadModel model,
        String askedBy,
        Instant askedAt,
        long facts,
        long checked,
        long differed,
        long mended,
        List<String> apart,
        Optional<Instant> endedAt) {
    private static final int ALMOST = 99;

    public Rebuild {
        apart = List.copyOf(apart);
    }

    /** How many facts there are is an estimate, so only what has ended is whole. */
    public int percent() {
        if (endedAt.isPresent()) {
            return 100;
        }
        return facts == 0 ? 0 : (int) Math.min(ALMOST, checked * 100 / facts);
    }

    /** What differed and stayed as it was: it is only compared, or somebody was just changing it. */
    public long left() {
        return differed - mended;
    }
}
