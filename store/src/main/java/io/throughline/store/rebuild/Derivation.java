package io.throughline.store.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How one read model follows from its facts. A turn reads facts in the order of their keys and writes only what differs from them, under the lock
 * that its writers take; so what it finds right costs nobody anything.
 */
public interface Derivation {
    /** The tables that its parts go through, one each. */
    List<String> parts();

    /** Looks at what comes behind {@code after}, which is empty at the beginning of a part. */
    Turn turn(Handle handle, int part, String after, Instant now);

    /**
     * {@code apart} names what differed, {@code mended} is how much of that is as it should be now, {@code last} where the next turn goes on; empty at
     * the end of the part.
     */
    record Turn(long checked, List<String> apart, int mended, Optional<String> last) {
        public Turn {
            apart = List.copyOf(apart);
        }

        /** Of one page of keys: a page that is not full is the last one. */
        public static Turn of(List<String> page, int most, List<String> apart, int mended) {
            return new Turn(
                    page.size(), apart, mended, page.size() < most ? Optional.empty() : Optional.of(page.getLast()));
        }
    }
}
