package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.inventory.Reservations.Reserved;
import io.throughline.store.inventory.Reservations.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Makes what a basket keeps fit what is needed and from where it may be served, unit by unit of each SKU, and gives the rest back. What is
 * needed is reserved anew before others are offered what was given back. The caller holds the basket's row.
 */
final class BasketContents {
    private final Balances balances;

    BasketContents(Balances balances) {
        this.balances = balances;
    }

    /**
     * Makes the order's what it needs ({@code parts}, without bundles) and may have of the basket that was claimed for it; gives where
     * something was given back, which is still to be offered.
     */
    Set<Place> handOver(Handle handle, String basket, OrderId order, List<LineQuantity> parts, Terms terms) {
        Set<Place> givenBack = fit(handle, basket, Holder.of(order), parts, terms);
        BasketRows.end(handle, basket, Basket.State.ORDERED, Optional.of(order));
        return givenBack;
    }

    /** Gives back what the basket keeps beyond what it needs now; gives where, which is still to be offered. */
    Set<Place> trim(Handle handle, String basket, List<LineQuantity> parts, Terms terms) {
        return fit(handle, basket, Holder.basket(basket), parts, terms);
    }

    /** Ends a basket of which nothing is kept any more; gives where it kept something, which is still to be offered. */
    Set<Place> end(Handle handle, String basket, Basket.State state) {
        Holder holder = Holder.basket(basket);
        lock(handle, holder, List.of());
        List<Reserved> rows = Reservations.open(handle, holder);
        Map<Place, Integer> kept = Reservations.sums(rows);
        if (!rows.isEmpty()) {
            Reservations.become(handle, rows, State.valueOf(state.name()));
            Balances.reserve(handle, Reservations.negated(kept));
        }
        BasketRows.end(handle, basket, state, Optional.empty());
        return kept.keySet();
    }

    /** What waits for supply may be freed until its SKU's lock is held: only what is read afterwards is so. */
    private void lock(Handle handle, Holder holder, List<LineQuantity> parts) {
        Set<Place> places = Reservations.open(handle, holder).stream()
                .map(row -> Place.unrouted(row.place().sku()))
                .collect(Collectors.toSet());
        parts.forEach(part -> places.add(Place.unrouted(part.sku())));
        if (!places.isEmpty()) {
            balances.lock(handle, places);
        }
    }

    private Set<Place> fit(Handle handle, String basket, Holder to, List<LineQuantity> parts, Terms terms) {
        lock(handle, Holder.basket(basket), parts);
        Map<Sku, Deque<LineQuantity>> needs = new HashMap<>();
        parts.forEach(part ->
                needs.computeIfAbsent(part.sku(), unknown -> new ArrayDeque<>()).add(part));
        Map<Place, Integer> givenBack = new HashMap<>();
        // What is there before what waits, and of each the oldest first.
        List<Reserved> rows = Reservations.open(handle, Holder.basket(basket)).stream()
                .sorted(Comparator.comparingInt((Reserved row) -> row.state() == State.BACKORDERED ? 1 : 0)
                        .thenComparingLong(Reserved::id))
                .toList();
        for (Reserved row : rows) {
            List<LineQuantity> kept = take(row, needs.getOrDefault(row.place().sku(), new ArrayDeque<>()), terms);
            ReservedUnits.assign(handle, row, to, kept);
            int surplus = row.quantity()
                    - kept.stream().mapToInt(LineQuantity::quantity).sum();
            if (surplus > 0 && row.state() != State.BACKORDERED) {
                givenBack.merge(row.place(), -surplus, Integer::sum);
            }
        }
        if (!givenBack.isEmpty()) {
            Balances.reserve(handle, givenBack);
        }
        return givenBack.keySet();
    }

    /**
     * The lines that get the units of a row, which may be served from where it is kept: first those that may be served from just there, so that what
     * is kept for few places is left to who has no others. What is needed still is left in {@code needs}.
     */
    private static List<LineQuantity> take(Reserved row, Deque<LineQuantity> needs, Terms terms) {
        List<LineQuantity> kept = new ArrayList<>();
        List<LineQuantity> still = new ArrayList<>();
        int left = row.quantity();
        List<LineQuantity> narrowestFirst = needs.stream()
                .sorted(Comparator.comparing(need -> !row.among().equals(terms.among(need.lineId()))))
                .toList();
        for (LineQuantity need : narrowestFirst) {
            int units = row.liesWithin(terms.keptAmong(need.lineId())) ? Math.min(left, need.quantity()) : 0;
            if (units > 0) {
                kept.add(new LineQuantity(need.lineId(), need.sku(), units));
                left -= units;
            }
            if (units < need.quantity()) {
                still.add(new LineQuantity(need.lineId(), need.sku(), need.quantity() - units));
            }
        }
        needs.clear();
        needs.addAll(still);
        return kept;
    }
}
