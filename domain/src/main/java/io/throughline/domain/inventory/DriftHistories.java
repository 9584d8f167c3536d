package io.throughline.domain.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the ledger and another system have each told of a place. */
public interface DriftHistories {
    /**
     * Since both last agreed; where they do now, the last of all. {@code source} is the system's account, or who else told of the place.
     */
    Sides of(String source, StockSubject place, Measure measure);

    /**
     * Both, the newest first, of each no more than are read at a glance. {@code since}: when they last agreed, if they ever did and don't
     * now.
     */
    record Sides(Optional<Instant> since, List<Moved> ledger, List<Told> other) {
        public Sides {
            ledger = List.copyOf(ledger);
            other = List.copyOf(other);
        }
    }

    /** A movement of {@code sku}, which is a part of the place's where that is a bundle; {@code after} is what the ledger had then. */
    record Moved(Instant at, Movement.Kind kind, String sku, int units, int after, String source, String sourceId) {}

    /** So many units are there, or, when it is not {@code absolute}, have moved. {@code echo}: it is what we told it. */
    record Told(Instant at, boolean absolute, int units, boolean echo, String sourceId) {}
}
