package io.throughline.store.inventory;

import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * What a source states in its latest version. Of two absolute statements the one of the later instant holds, then that of the greater
 * name.
 */
record Stated(StockSource source, Cell cell, Movement.Kind kind, int units, Instant occurredAt)
        implements Comparable<Stated> {
    private static final Comparator<Stated> ORDER = Comparator.comparing(Stated::occurredAt)
            .thenComparing(stated -> stated.source().system())
            .thenComparing(stated -> stated.source().id());

    static Stated of(Movement movement) {
        return new Stated(
                movement.source(),
                new Cell(new Place(movement.sku(), movement.facility()), movement.measure()),
                movement.kind(),
                movement.quantity(),
                movement.occurredAt().truncatedTo(ChronoUnit.MICROS));
    }

    boolean absolute() {
        return kind.absolute();
    }

    @Override
    public int compareTo(Stated other) {
        return ORDER.compare(this, other);
    }
}
