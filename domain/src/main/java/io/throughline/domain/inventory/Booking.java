package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.order.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a statement about stock led to. A sale that already happened is always booked: what was sold beyond the stock is {@code short},
 * and whoever is {@code displaced} has lost the stock that was reserved for it; both are somebody's case. {@code freed} orders had
 * waited for stock and have it now; {@code repromised} ones wait on, for another date.
 */
public record Booking(
        Verdict verdict,
        int change,
        int newShortfall,
        List<Displaced> displaced,
        List<Freed> freed,
        List<Repromised> repromised) {
    public Booking {
        displaced = List.copyOf(displaced);
        freed = List.copyOf(freed);
        repromised = List.copyOf(repromised);
    }

    public static Booking without(Verdict verdict) {
        return new Booking(verdict, 0, 0, List.of(), List.of(), List.of());
    }

    /** Whether the ledger had not heard of it before. */
    public boolean isNew() {
        return verdict != Verdict.KNOWN;
    }

    /** Both together, for the components of a bundle. */
    public Booking and(Booking other) {
        List<Displaced> allDisplaced = new ArrayList<>(displaced);
        allDisplaced.addAll(other.displaced);
        List<Freed> allFreed = new ArrayList<>(freed);
        allFreed.addAll(other.freed);
        List<Repromised> allRepromised = new ArrayList<>(repromised);
        allRepromised.addAll(other.repromised);
        return new Booking(
                verdict.compareTo(other.verdict) <= 0 ? verdict : other.verdict,
                change + other.change,
                newShortfall + other.newShortfall,
                allDisplaced,
                allFreed,
                allRepromised);
    }

    public enum Verdict {
        BOOKED,
        /** Stored, but a later count had already told what it says. */
        COVERED,
        /** Stored as an observation: its system is not the one that moves this stock. */
        OBSERVED,
        /** Our own publication, come back. */
        ECHO,
        /** This version or a later one was heard before. */
        KNOWN
    }

    /** Units of an order's work that have no stock behind them any more. */
    public record Displaced(FulfillmentOrderId work, String lineId, FacilityId facility, Sku sku, int units) {}

    /** A basket's name has an account before a slash. */
    static Optional<OrderId> orderOf(String holder) {
        return holder.contains("/") ? Optional.empty() : Optional.of(new OrderId(holder));
    }

    /** Units that waited for stock, for an order or a basket, and are reserved now. */
    public record Freed(String holder, String lineId, Sku sku, int units) {
        /** The order, unless the holder is a basket. */
        public Optional<OrderId> order() {
            return orderOf(holder);
        }
    }
}
