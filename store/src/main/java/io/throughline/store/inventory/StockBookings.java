package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Recipes.Part;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes in what is said of stock: books it where whoever says so moves the stock, and keeps it beside the ledger where not. */
final class StockBookings {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final Clock clock;
    private final StockRules rules;
    private final Balances balances;
    private final Movements movements;
    private final Recipes recipes;

    StockBookings(LedgerParts parts) {
        this.transactions = parts.transactions();
        this.trace = parts.trace();
        this.cases = parts.cases();
        this.clock = parts.clock();
        this.rules = parts.rules();
        this.balances = parts.balances();
        this.movements = parts.movements();
        this.recipes = new Recipes(rules.bundles());
    }

    List<Booking> record(List<Movement> movements) {
        List<Booking> bookings = transactions.in(handle -> bookOrKeep(handle, movements));
        Set<Feed> heard = new HashSet<>();
        Set<Feed> said = new HashSet<>();
        for (int i = 0; i < movements.size(); i++) {
            Feed feed = new Feed(
                    movements.get(i).source().system(), movements.get(i).facility());
            if (!movements.get(i).source().own()) {
                heard.add(feed);
                if (ownWord(feed, bookings.get(i))) {
                    said.add(feed);
                }
            }
        }
        Instant now = clock.instant();
        heard.forEach(feed -> transactions.run(handle -> Feeds.heard(handle, feed.system(), feed.facility(), now)));
        said.forEach(
                feed -> transactions.run(handle -> FacilityWords.said(handle, feed.system(), feed.facility(), now)));
        return bookings;
    }

    /** What is unknown when it is looked for, and known by the time its shelf is locked, is booked once all the same. */
    void recordUnknown(List<Movement> movements) {
        transactions.with(handle -> unknown(handle, movements)).forEach(movement -> record(List.of(movement)));
    }

    private static List<Movement> unknown(Handle handle, List<Movement> movements) {
        List<StockSource> sources = movements.stream().map(Movement::source).toList();
        return handle
                .createQuery("""
                        select said.position from unnest(cast(:systems as text[]), cast(:ids as text[]),
                            cast(:versions as bigint[])) with ordinality as said (system, id, version, position)
                        where not exists (select from stock_movement m
                            where m.source = said.system and m.source_id = said.id and m.version >= said.version)
                        order by said.position
                        """)
                .bindArray(
                        "systems",
                        String.class,
                        sources.stream().map(StockSource::system).toList())
                .bindArray(
                        "ids",
                        String.class,
                        sources.stream().map(StockSource::id).toList())
                .bindArray(
                        "versions",
                        Long.class,
                        sources.stream().map(StockSource::version).toList())
                .mapTo(Integer.class)
                .list()
                .stream()
                .map(position -> movements.get(position - 1))
                .toList();
    }

    /** Only the system that moves a facility's stock speaks for it, and a repetition is nothing that happened there. */
    private boolean ownWord(Feed feed, Booking booking) {
        return booking.verdict() != Booking.Verdict.KNOWN
                && rules.authorities().isMovedBy(feed.system(), feed.facility(), Measure.ON_HAND);
    }

    private record Feed(String system, FacilityId facility) {}

    /** What a system counts of a bundle says nothing of any component. People of ours are told so when they count one. */
    private boolean books(Movement told) {
        boolean levelOfBundle = told.kind().absolute() && rules.bundles().isBundle(told.sku());
        return rules.authorities().moves(told) && (told.source().own() || !levelOfBundle);
    }

    /** Takes in several statements, under locks that are got all at once and so in the one order. */
    List<Booking> bookOrKeep(Handle handle, List<Movement> stated) {
        List<List<Part>> parts =
                recipes.of(handle, stated.stream().filter(this::books).toList());
        Map<Place, Balance> locked = lock(handle, parts);
        Iterator<List<Part>> next = parts.iterator();
        Telling telling = new Telling();
        List<Booking> bookings = new ArrayList<>();
        for (Movement movement : stated) {
            Booking booking = books(movement)
                    ? book(handle, next.next(), locked)
                    : Observations.keep(handle, movement, clock.instant());
            telling.booking(booking, movement.cause());
            bookings.add(booking);
        }
        telling.write(handle, trace);
        return bookings;
    }

    /**
     * Books statements of Throughline's own as part of another noun's transaction, whose locks come before those of balances, and whose
     * trace comes after.
     */
    Booking record(Handle handle, List<Movement> statements, String cause) {
        Telling telling = new Telling();
        Booking booking = record(handle, statements, cause, telling);
        telling.write(handle, trace);
        return booking;
    }

    /** The same, where more is to be told in the lines of orders: all of it is written at once, so that two never wait in a circle. */
    Booking record(Handle handle, List<Movement> statements, String cause, Telling telling) {
        List<List<Part>> parts = recipes.of(handle, statements);
        Map<Place, Balance> locked = lock(handle, parts);
        Booking booking = book(handle, parts.stream().flatMap(List::stream).toList(), locked);
        telling.booking(booking, cause);
        return booking;
    }

    private Map<Place, Balance> lock(Handle handle, List<List<Part>> parts) {
        return balances.lock(
                handle,
                parts.stream()
                        .flatMap(List::stream)
                        .flatMap(part -> movements.places(handle, part.movement()).stream())
                        .collect(Collectors.toSet()));
    }

    private Booking book(Handle handle, List<Part> parts, Map<Place, Balance> locked) {
        return parts.stream()
                .map(part -> movements.book(handle, part, locked, clock.instant()))
                .reduce(Booking::and)
                .orElseGet(() -> Booking.without(Booking.Verdict.KNOWN));
    }

    void bear(StockSubject subject, CaseId reason) {
        transactions.run(handle -> {
            Place place = new Place(subject.sku(), subject.facility());
            Map<Place, Balance> locked = balances.lock(handle, Place.withUnrouted(Set.of(place)));
            Optional<Case> open =
                    Shortfalls.current(handle, subject).filter(one -> one.id().equals(reason));
            if (open.isEmpty()) {
                return;
            }
            int missing = Objects.requireNonNull(locked.get(place)).shortfall();
            if (missing > 0) {
                Instant now = clock.instant();
                movements.book(handle, Movement.bearing(subject, missing, reason, now), locked, now);
            }
            cases.close(handle, reason, "borne: " + missing + " units are adjusted");
        });
    }
}
