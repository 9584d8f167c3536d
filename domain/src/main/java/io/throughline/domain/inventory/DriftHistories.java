package io.throughline.domain.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the ledger and another system have each told of a place. */
public interface DriftHistories {
    /** With these words both histories begin where they follow in what a case says. */
    String STORY_BEGINS = "The ledger since ";

    /** What a case says, without the histories that end it. */
    static String withoutStory(String detail) {
        int story = detail.indexOf(" " + STORY_BEGINS);
        return story < 0 ? detail : detail.substring(0, story);
    }

    /**
     * Since both last agreed, or a comparison first had the system told the ledger's number again, of what is counted; where they agree now, the last of
     * all. {@code source} is the system's account, or who else told of the place.
     */
    Sides of(String source, StockSubject place, Measure measure);

    /**
     * Both, the newest first, of each no more than are read at a glance. {@code since}: from when on, if they ever agreed and don't
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
