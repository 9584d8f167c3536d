package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands between an order and its stock: what waits for supply, and what has lost its stock to a sale that happened. {@code unrouted}
 * are the lines of which something waits, or is reserved at no facility yet; {@code unplaced} are the goods of the latter that were given to
 * no facility so far: what one gave back is not among them. {@code promise} is there while something waits.
 */
public record OrderStock(
        List<Commitment.Waiting> waiting,
        List<Booking.Displaced> displaced,
        Set<String> unrouted,
        List<LineQuantity> unplaced,
        Optional<OrderPromise> promise) {
    /** What begins the topics of the messages that tell an order of its stock. */
    public static final String TOPIC = "throughline/stock-";

    public OrderStock {
        waiting = List.copyOf(waiting);
        displaced = List.copyOf(displaced);
        unrouted = Set.copyOf(unrouted);
        unplaced = List.copyOf(unplaced);
    }

    /** The subject of the messages that tell an order of its stock. */
    public static String subject(String order) {
        return "stock-of/" + order;
    }

    public boolean isUntroubled() {
        return waiting.isEmpty() && displaced.isEmpty();
    }

    /** Units of a line that can be given out now, whole bundles of it. */
    public int ready(String lineId, Sku sku, Bundles bundles) {
        return bundles.unitsFrom(sku, part -> unplaced(lineId, part));
    }

    /** Units of a line that nobody was given yet: they wait, or lie ready, or lack a component. */
    public int outstanding(String lineId, Sku sku, Bundles bundles) {
        return bundles.partsOf(sku).stream()
                .mapToInt(
                        part -> Math.ceilDiv(unplaced(lineId, part.sku()) + waiting(lineId, part.sku()), part.units()))
                .max()
                .orElse(0);
    }

    private int unplaced(String lineId, Sku part) {
        return unplaced.stream()
                .filter(units -> units.lineId().equals(lineId) && units.sku().equals(part))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private int waiting(String lineId, Sku part) {
        return waiting.stream()
                .filter(units -> units.lineId().equals(lineId) && units.sku().equals(part))
                .mapToInt(Commitment.Waiting::units)
                .sum();
    }

    /** When all that waits is expected; empty when nothing waits, or for supply that nobody expects any more. */
    public Optional<Instant> promisedAt() {
        return Commitment.Waiting.allExpected(waiting);
    }
}
