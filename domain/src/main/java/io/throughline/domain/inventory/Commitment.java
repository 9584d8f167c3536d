package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a demand was answered. Nothing is reserved when it is {@link Refused}. */
public sealed interface Commitment {
    /** Everything is reserved. */
    record Reserved() implements Commitment {}

    /** Reserved, but for what is missing. */
    record Partly(List<Shortage> missing) implements Commitment {
        public Partly {
            missing = List.copyOf(missing);
        }
    }

    /** Reserved, but for what waits for its supply; the whole is promised for the latest of these. */
    record Backordered(List<Waiting> waiting) implements Commitment {
        public Backordered {
            waiting = List.copyOf(waiting);
        }

        public Instant promisedAt() {
            return waiting.stream()
                    .map(Waiting::promisedAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    record Refused(List<Shortage> missing) implements Commitment {
        public Refused {
            missing = List.copyOf(missing);
        }
    }

    /** Units of a line that wait, and when their supply is expected; the end of time: not any more. */
    record Waiting(String lineId, Sku sku, int units, Instant promisedAt) {
        /** When all of it is expected; empty when nothing waits, or for supply that nobody expects any more. */
        public static Optional<Instant> allExpected(Collection<Waiting> waiting) {
            return waiting.stream()
                    .map(Waiting::promisedAt)
                    .max(Comparator.naturalOrder())
                    .filter(latest -> latest.isBefore(Instant.MAX));
        }

        public Optional<Instant> expected() {
            return allExpected(List.of(this));
        }

        public String words() {
            return units + " × " + sku + " for supply that is "
                    + (promisedAt.equals(Instant.MAX)
                            ? "overdue or not expected any more"
                            : "expected at " + promisedAt);
        }
    }
}
