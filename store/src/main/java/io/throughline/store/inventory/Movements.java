package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.finance.AdjustmentLedger;
import io.throughline.store.finance.CostLedger;
import io.throughline.store.internal.Columns;
import io.throughline.store.inventory.Recipes.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Books statements about stock. The net of a cell is a function of what each source says in its latest version, and of nothing else;
 * so the order in which they arrive can't matter. Each booking appends the difference between the net before and after.
 */
final class Movements {
    private final Balances balances;
    private final Displacements displacements;
    private final Backorders backorders;
    private final Shortfalls shortfalls;
    private final StockLine stockLine;
    private final AdjustmentLedger adjustments;

    Movements(
            StockRules rules,
            Balances balances,
            Shortfalls shortfalls,
            StockLine stockLine,
            AdjustmentLedger adjustments) {
        this.balances = balances;
        this.displacements = new Displacements(rules.displacement());
        this.backorders = new Backorders(balances, rules.preorders());
        this.shortfalls = shortfalls;
        this.stockLine = stockLine;
        this.adjustments = adjustments;
    }

    /**
     * The places whose lock a booking needs, also that of which an earlier version spoke. What may free stock is booked under the SKU's
     * virtual row, too, for whoever waits.
     */
    Set<Place> places(Handle handle, Movement movement) {
        Set<Place> places = new HashSet<>();
        places.add(new Place(movement.sku(), movement.facility()));
        // Versions may count anything, instants too: only the ledger knows which is a source's first.
        Optional<Place> before =
                movement.source().version() > 1 ? Chain.placeBefore(handle, movement.source()) : Optional.empty();
        before.ifPresent(place -> {
            places.add(place);
            places.add(Place.unrouted(place.sku()));
        });
        boolean onlyTakes = movement.kind().takes() && movement.measure() == Measure.ON_HAND && before.isEmpty();
        if (!onlyTakes) {
            places.add(Place.unrouted(movement.sku()));
        }
        return places;
    }

    /** As the next, of what follows from no bundle. */
    Booking book(Handle handle, Movement movement, Map<Place, Balance> locked, Instant now) {
        return book(handle, new Part(movement, Optional.empty()), locked, now);
    }

    /** {@code locked} holds the balances of {@link #places}, and is kept up to date for the next booking under the same locks. */
    Booking book(Handle handle, Part part, Map<Place, Balance> locked, Instant now) {
        Movement movement = part.movement();
        Stated stated = Stated.of(movement);
        while (true) {
            Chain chain = Chain.of(handle, stated.cell(), movement.source());
            long version =
                    chain.before().map(before -> before.source().version()).orElse(0L);
            if (version >= movement.source().version()) {
                return Booking.without(Verdict.KNOWN);
            }
            List<Link> links = links(handle, chain, stated, locked);
            // When another transaction corrected the same version elsewhere meanwhile, that is to be read again.
            if (append(handle, part, version, links.getFirst(), 0, now)) {
                for (Link link : links.subList(1, links.size())) {
                    append(handle, part, version, link, 1, now);
                }
                CostLedger.follow(handle, movement, now);
                return outcome(handle, chain, stated, links, locked, movement, now);
            }
        }
    }

    /** One row of a chain that is to be written. */
    private record Link(Cell cell, int stated, long ordinal, long change, long net) {}

    private List<Link> links(Handle handle, Chain chain, Stated stated, Map<Place, Balance> locked) {
        Optional<Stated> elsewhere =
                chain.before().filter(before -> !before.cell().equals(stated.cell()));
        Optional<Stated> here = chain.before().filter(before -> elsewhere.isEmpty());
        List<Link> links = new ArrayList<>();
        links.add(link(chain, stated.units(), chain.netWith(handle, stated.source(), here, Optional.of(stated))));
        elsewhere.ifPresent(before -> {
            lockIfNeeded(handle, before.cell().place(), locked);
            lockIfNeeded(handle, Place.unrouted(before.cell().place().sku()), locked);
            Chain other = Chain.of(handle, before.cell(), stated.source());
            links.add(link(other, 0, other.netWith(handle, stated.source(), Optional.of(before), Optional.empty())));
        });
        return links;
    }

    /**
     * What has changed beyond what an ERP hears of by other ways: all that is counted or adjusted, and whatever a count has seen before it is told.
     */
    private void adjust(Handle handle, Chain chain, Stated stated, Link link, Movement movement, Instant now) {
        if (link.cell().measure() != Measure.ON_HAND) {
            return;
        }
        int heardBefore = chain.before()
                .filter(before -> before.cell().equals(link.cell()))
                .map(Movements::heardElsewhere)
                .orElse(0);
        int heardNow = stated.cell().equals(link.cell()) ? heardElsewhere(stated) : 0;
        long adjusted = link.change() - (heardNow - heardBefore);
        if (adjusted == 0 || isBeginning(handle, movement, link)) {
            return;
        }
        boolean here = stated.cell().equals(link.cell());
        Instant occurredAt = here
                ? stated.occurredAt()
                : chain.before().map(Stated::occurredAt).orElse(stated.occurredAt());
        Instant at = chain.count()
                .filter(_ -> here)
                .map(Stated::occurredAt)
                .filter(occurredAt::isBefore)
                .orElse(occurredAt);
        Place place = link.cell().place();
        adjustments.follow(
                handle, new StockSubject(place.facility(), place.sku()), movement, Math.toIntExact(adjusted), at, now);
    }

    /** An ERP learns of sales and returns by their documents, and knows itself what was bought and sent. */
    private static int heardElsewhere(Stated stated) {
        return switch (stated.kind()) {
            case SALE, RETURN, RECEIPT, TRANSFER_OUT, TRANSFER_IN -> stated.units();
            case OPENING, ADJUSTMENT, COUNT, REJECT -> 0;
        };
    }

    /** Where nobody has told of any stock before, a count is what there was all along, also of what is told later and occurred before. */
    private static boolean isBeginning(Handle handle, Movement movement, Link link) {
        return movement.kind() == Movement.Kind.OPENING
                || (movement.kind().absolute()
                        ? !Chain.isBegun(handle, link.cell(), link.ordinal())
                        : Chain.isBegunAfter(handle, link.cell(), movement.occurredAt()));
    }

    /** Only when another transaction has just told another version: out of the one order, so that one of two may have to be run again. */
    private void lockIfNeeded(Handle handle, Place place, Map<Place, Balance> locked) {
        if (!locked.containsKey(place)) {
            locked.putAll(balances.lock(handle, Set.of(place)));
        }
    }

    private static Link link(Chain chain, int stated, long net) {
        return new Link(chain.cell(), stated, chain.ordinal() + 1, net - chain.net(), net);
    }

    private Booking outcome(
            Handle handle,
            Chain chain,
            Stated stated,
            List<Link> links,
            Map<Place, Balance> locked,
            Movement movement,
            Instant now) {
        List<Booking.Displaced> displaced = new ArrayList<>();
        List<Booking.Freed> freed = new ArrayList<>();
        List<Repromised> repromised = new ArrayList<>();
        int change = 0;
        int newShortfall = 0;
        for (Link link : links) {
            Place place = link.cell().place();
            Balance before = Optional.ofNullable(locked.get(place)).orElseThrow();
            Balance after = balances.with(before, link.cell().measure(), Math.toIntExact(link.net()));
            locked.put(place, after);
            change += Math.toIntExact(link.change());
            newShortfall += Math.max(0, after.shortfall() - before.shortfall());
            if (before.lacking() > 0 || after.lacking() > 0) {
                List<Booking.Displaced> lost = displacements.settle(handle, place, after.uncovered());
                shortfalls.settle(handle, before, after, lost, movement.cause());
                displaced.addAll(lost);
            }
            // After the case: whoever decides about it holds the case when he comes to the line.
            stockLine.moved(handle, movement, link.cell().measure(), link.change(), after);
            adjust(handle, chain, stated, link, movement, now);
            if (after.availableToPromise() > before.availableToPromise()) {
                lockIfNeeded(handle, Place.unrouted(place.sku()), locked);
                Backorders.Offer offer = backorders.free(handle, place.sku(), now);
                freed.addAll(offer.freed());
                repromised.addAll(offer.repromised());
            }
        }
        return new Booking(
                chain.covers(stated) ? Verdict.COVERED : Verdict.BOOKED,
                change,
                newShortfall,
                displaced,
                freed,
                repromised);
    }

    /** Writes a movement and the balance that it leads to, in one statement. False: the version that it corrects has been corrected. */
    private static boolean append(Handle handle, Part told, long corrects, Link link, int part, Instant now) {
        Movement movement = told.movement();
        return handle.createUpdate("""
                        with moved as (
                            insert into stock_movement (sku, facility, measure, kind, quantity, stated, reason, source,
                                source_id, version, corrects, part, ordinal, net, occurred_at, recorded_at, bundle)
                            values (:sku, :facility, :measure, :kind, :change, :stated, :reason, :source,
                                :sourceId, :version, :corrects, :part, :ordinal, :net, :occurredAt, :now, :bundle)
                            on conflict (source, source_id, corrects, part) do nothing
                            returning sku, facility)
                        update stock_balance b set
                            %s
                        from moved where b.sku = moved.sku and b.facility = moved.facility
                        """.formatted(columns(link.cell().measure())))
                        .bind("sku", link.cell().place().sku().value())
                        .bind("facility", link.cell().place().facility().value())
                        .bind("measure", link.cell().measure())
                        .bind("kind", movement.kind())
                        .bind("change", Math.toIntExact(link.change()))
                        .bind("stated", link.stated())
                        .bind("reason", movement.reason().orElse(null))
                        .bind("source", movement.source().system())
                        .bind("sourceId", movement.source().id())
                        .bind("version", movement.source().version())
                        .bind("corrects", corrects)
                        .bind("part", part)
                        .bind("ordinal", link.ordinal())
                        .bind("net", link.net())
                        .bind("occurredAt", Columns.at(movement.occurredAt()))
                        .bind("now", Columns.at(now))
                        .bind("bundle", told.bundle().orElse(null))
                        .execute()
                == 1;
    }

    private static String columns(Measure measure) {
        return switch (measure) {
            case ON_HAND -> "on_hand = greatest(0, :net), shortfall = greatest(0, - :net)";
            case HELD -> "held = greatest(0, :net)";
            case DAMAGED -> "damaged = greatest(0, :net)";
            case IN_TRANSIT -> "in_transit = greatest(0, :net)";
            case SAFETY_STOCK -> "safety_stock = greatest(0, :net)";
        };
    }

    /** Settles what stock stands behind which reservation, after reservations at the places have ended. */
    void settle(Handle handle, Map<Place, Balance> before, Map<Place, Balance> after, String cause) {
        before.forEach((place, was) -> {
            if (!place.facility().equals(FacilityId.UNROUTED) && was.uncovered() > 0) {
                Balance now = Objects.requireNonNull(after.get(place));
                displacements.settle(handle, place, now.uncovered());
                shortfalls.settle(handle, was, now, List.of(), cause);
            }
        });
    }
}
