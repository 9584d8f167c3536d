package io.throughline.store.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.inventory.Reservations.Coverage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Answers demand by its terms: decided under the locks of the virtual balances of every component, by what is read after they were got.
 */
final class Commitments {
    private final Bundles bundles;
    private final Balances balances;
    private final Backorders backorders;

    Commitments(Bundles bundles, Balances balances, Backorders backorders) {
        this.bundles = bundles;
        this.balances = balances;
        this.backorders = backorders;
    }

    /** What the answer is, and what is new: reserved for it, and waiting. */
    record Answer(Commitment commitment, List<LineQuantity> reserved, List<Commitment.Waiting> waiting) {
        Answer {
            reserved = List.copyOf(reserved);
            waiting = List.copyOf(waiting);
        }

        static Answer nothingNew(Commitment commitment) {
            return new Answer(commitment, List.of(), List.of());
        }
    }

    Answer answer(Handle handle, Holder holder, List<LineQuantity> needs, Terms terms, Instant now) {
        return answer(handle, holder, needs, terms, Reservations.coverage(handle, holder), now);
    }

    /** {@code coverage} is what the holder has of it. */
    Answer answer(Handle handle, Holder holder, List<LineQuantity> needs, Terms terms, Coverage coverage, Instant now) {
        List<LineQuantity> missing = notCovered(needs, coverage.units());
        if (missing.isEmpty()) {
            return Answer.nothingNew(standing(handle, holder));
        }
        Set<Sku> components = missing.stream()
                .flatMap(line -> bundles.partsOf(line.sku()).stream())
                .map(Part::sku)
                .collect(Collectors.toSet());
        balances.lock(handle, components.stream().map(Place::unrouted).collect(Collectors.toSet()));
        Plan plan = new Plan(handle, missing, balances.of(handle, components), terms, now);
        missing.forEach(plan::add);
        return plan.carryOut(handle, holder);
    }

    /** Ends the wait for what is not needed any more, because it was taken off the order at its channel, or fewer are wanted. */
    List<LineQuantity> drop(Handle handle, Holder holder, List<LineQuantity> needs, Coverage coverage) {
        if (!coverage.waits()) {
            return List.of();
        }
        List<Backorders.Row> waiting = Backorders.of(handle, holder);
        List<LineQuantity> parts = LineQuantity.goods(needs, bundles);
        Map<LinePart, Integer> surplus = new HashMap<>(coverage.units());
        parts.forEach(part -> surplus.merge(LinePart.of(part), -part.quantity(), Integer::sum));
        if (waiting.stream().noneMatch(row -> surplus.getOrDefault(LinePart.of(row), 0) > 0)) {
            return List.of();
        }
        balances.lock(
                handle,
                Stream.concat(
                                waiting.stream().map(Backorders.Row::sku),
                                parts.stream().map(LineQuantity::sku))
                        .map(Place::unrouted)
                        .collect(Collectors.toSet()));
        List<LineQuantity> dropped = new ArrayList<>();
        // Read again: what waited may have been freed before the locks were got. The latest are given up first.
        for (Backorders.Row row : Backorders.of(handle, holder).reversed()) {
            int units = Math.min(row.quantity(), surplus.getOrDefault(LinePart.of(row), 0));
            if (units > 0) {
                Backorders.giveUp(handle, row, units);
                surplus.merge(LinePart.of(row), -units, Integer::sum);
                dropped.add(new LineQuantity(row.lineId(), row.sku(), units));
            }
        }
        return dropped;
    }

    private static Commitment standing(Handle handle, Holder holder) {
        List<Backorders.Row> waiting = Backorders.of(handle, holder);
        return waiting.isEmpty()
                ? new Commitment.Reserved()
                : new Commitment.Backordered(
                        waiting.stream().map(Backorders.Row::waiting).toList());
    }

    /** What of the needs these units are not for, or the components that are missing to them. */
    List<LineQuantity> notCovered(List<LineQuantity> needs, Map<LinePart, Integer> covered) {
        Map<LinePart, Integer> rest = new HashMap<>(covered);
        List<LineQuantity> missing = new ArrayList<>();
        for (LineQuantity need : needs) {
            List<Part> parts = bundles.partsOf(need.sku());
            int there = Math.min(
                    need.quantity(),
                    bundles.unitsFrom(need.sku(), sku -> rest.getOrDefault(new LinePart(need.lineId(), sku), 0)));
            parts.forEach(
                    part -> rest.merge(new LinePart(need.lineId(), part.sku()), -there * part.units(), Integer::sum));
            if (there < need.quantity()) {
                missing.addAll(notBegun(new LineQuantity(need.lineId(), need.sku(), need.quantity() - there), rest));
            }
        }
        return missing;
    }

    /** The line, or just the components that are missing to it when others are there, as a basket may have left it. */
    private List<LineQuantity> notBegun(LineQuantity line, Map<LinePart, Integer> rest) {
        List<LineQuantity> missing = new ArrayList<>();
        boolean begun = false;
        for (LineQuantity part : line.goods(bundles)) {
            LinePart key = LinePart.of(part);
            int there = Math.min(part.quantity(), rest.getOrDefault(key, 0));
            rest.merge(key, -there, Integer::sum);
            begun |= there > 0;
            if (there < part.quantity()) {
                missing.add(new LineQuantity(part.lineId(), part.sku(), part.quantity() - there));
            }
        }
        return begun ? missing : List.of(line);
    }

    /** One line's units of one component. */
    record LinePart(String lineId, Sku sku) {
        static LinePart of(LineQuantity part) {
            return new LinePart(part.lineId(), part.sku());
        }

        static LinePart of(Backorders.Row row) {
            return new LinePart(row.lineId(), row.sku());
        }
    }

    /** What can be done for the lines, one after the other. */
    private final class Plan {
        private final Terms terms;
        private final Instant now;
        private final Map<Sku, FreeForLines> free = new HashMap<>();
        private final List<LineQuantity> reserve = new ArrayList<>();
        private final List<LineQuantity> wait = new ArrayList<>();
        private final Map<Sku, Shortage> shortages = new LinkedHashMap<>();

        Plan(Handle handle, List<LineQuantity> missing, List<Balance> there, Terms terms, Instant now) {
            this.terms = terms;
            this.now = now;
            LineQuantity.goods(missing, bundles).stream()
                    .collect(Collectors.groupingBy(LineQuantity::sku))
                    .forEach((sku, wanted) -> free.put(
                            sku,
                            backorders.isKeptBack(sku, now)
                                    ? FreeForLines.none()
                                    : FreeForLines.of(handle, sku, there, wanted, terms)));
        }

        void add(LineQuantity line) {
            List<Part> parts = bundles.partsOf(line.sku());
            int whole = Math.min(line.quantity(), bundles.unitsFrom(line.sku(), sku -> free(line.lineId(), sku)));
            int rest = line.quantity() - whole;
            parts.forEach(part -> take(line.lineId(), part.sku(), whole * part.units()));
            if (rest > 0 && terms.onShortage().waits()) {
                parts.forEach(part -> backorder(line.lineId(), part.sku(), Math.multiplyExact(rest, part.units())));
            }
            shortages.merge(
                    line.sku(),
                    new Shortage(line.sku(), line.quantity(), whole),
                    (one, other) -> new Shortage(
                            one.sku(), one.wanted() + other.wanted(), one.available() + other.available()));
        }

        private void backorder(String lineId, Sku sku, int units) {
            int there = Math.min(units, free(lineId, sku));
            take(lineId, sku, there);
            if (there < units) {
                wait.add(new LineQuantity(lineId, sku, units - there));
            }
        }

        private void take(String lineId, Sku sku, int units) {
            if (units > 0) {
                reserve.add(new LineQuantity(lineId, sku, units));
                Objects.requireNonNull(free.get(sku)).take(terms.among(lineId), units);
            }
        }

        private int free(String lineId, Sku sku) {
            return Objects.requireNonNull(free.get(sku)).from(terms.among(lineId));
        }

        Answer carryOut(Handle handle, Holder holder) {
            List<Shortage> missing = shortages.values().stream()
                    .filter(shortage -> shortage.available() < shortage.wanted())
                    .toList();
            if (missing.isEmpty()) {
                return reserved(handle, holder, new Commitment.Reserved(), List.of());
            }
            return switch (terms.onShortage()) {
                case REFUSE -> Answer.nothingNew(new Commitment.Refused(missing));
                case PARTIAL -> reserved(handle, holder, new Commitment.Partly(missing), List.of());
                case BACKORDER, SPLIT ->
                    promises(handle)
                            .map(promises -> backordered(handle, holder, promises))
                            .orElseGet(() -> Answer.nothingNew(new Commitment.Refused(missing)));
            };
        }

        private Answer reserved(Handle handle, Holder holder, Commitment commitment, List<Commitment.Waiting> waiting) {
            NewReservations.hold(handle, holder, reserve, terms);
            Map<Place, Integer> changes = new HashMap<>();
            reserve.forEach(part -> changes.merge(Place.unrouted(part.sku()), part.quantity(), Integer::sum));
            if (!changes.isEmpty()) {
                Balances.reserve(handle, changes);
            }
            return new Answer(commitment, reserve, waiting);
        }

        private Answer backordered(Handle handle, Holder holder, List<Commitment.Waiting> waiting) {
            NewReservations.backorder(handle, holder, waiting, terms);
            return reserved(handle, holder, new Commitment.Backordered(waiting), waiting);
        }

        /** Empty when any of what would wait has no supply to wait for. */
        private Optional<List<Commitment.Waiting>> promises(Handle handle) {
            List<Commitment.Waiting> waiting = new ArrayList<>();
            Map<Sku, List<LineQuantity>> bySku = wait.stream()
                    .collect(Collectors.groupingBy(LineQuantity::sku, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<Sku, List<LineQuantity>> entry : bySku.entrySet()) {
                List<LineQuantity> lines = entry.getValue();
                List<Optional<Instant>> dates = backorders.promisesFor(handle, entry.getKey(), lines, terms, now);
                for (int i = 0; i < lines.size(); i++) {
                    if (dates.get(i).isEmpty()) {
                        return Optional.empty();
                    }
                    LineQuantity line = lines.get(i);
                    waiting.add(new Commitment.Waiting(
                            line.lineId(),
                            line.sku(),
                            line.quantity(),
                            dates.get(i).get()));
                }
            }
            return Optional.of(waiting);
        }
    }
}
