package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ErpStock.Arrival;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransferId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What Tryton's moves mean for the stock of facilities. A move that is done never changes again, so it is said in one version. */
final class StockStatements {
    static final String RECEIPT = "stock.shipment.in";
    static final String TRANSFER = "stock.shipment.internal";

    /** What a move says of the goods on their way, in the name of that. */
    private static final String TRANSIT = "transit";

    private static final String CUSTOMER_RETURN = "stock.shipment.out.return";

    private final AccountId account;
    private final Facilities facilities;
    private final Locations locations;

    StockStatements(AccountId account, Facilities facilities, Locations locations) {
        this.account = account;
        this.facilities = facilities;
        this.locations = locations;
    }

    /** {@code destinations} are the locations that transfers go to, by their reference. */
    List<Movement> moved(StockMove move, Map<String, Long> destinations) {
        Optional<Sku> sku = move.sku();
        Optional<FacilityId> left = locations.storage(move.from());
        Optional<FacilityId> reached = locations.storage(move.to());
        if (!move.done() || move.units() == 0 || sku.isEmpty() || left.equals(reached) || isToldByCount(move)) {
            return List.of();
        }
        Saying saying = new Saying(move, sku.get());
        List<Movement> said = new ArrayList<>();
        left.ifPresent(from -> said.add(saying.leaves(from)));
        reached.ifPresent(to -> said.add(saying.arrives(to)));
        if (move.of(TRANSFER)) {
            Optional<FacilityId> destination =
                    Optional.ofNullable(destinations.get(move.shipment())).flatMap(locations::storage);
            if (reached.isEmpty()) {
                destination.ifPresent(to -> said.add(saying.onItsWay(to, Kind.TRANSFER_OUT, move.units())));
            } else if (left.isEmpty() && !isOfLostAndFound(move)) {
                said.add(saying.onItsWay(reached.get(), Kind.TRANSFER_IN, -move.units()));
            }
        }
        return said;
    }

    /**
     * So many were there, says a count. What it moves is relative to what Tryton believed to have, and Tryton knows of no sale of ours. A
     * count of some shelves only says nothing about the facility as a whole.
     */
    Optional<Movement> counted(StockCount count) {
        Optional<FacilityId> facility = locations.whole(count.location());
        Optional<Sku> sku = count.sku();
        Optional<Integer> units = count.units();
        if (facility.isEmpty() || sku.isEmpty() || units.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Movement(
                new StockSource(account.value(), "count/" + count.id(), 1),
                facility.get(),
                sku.get(),
                Measure.ON_HAND,
                Kind.COUNT,
                units.get(),
                Optional.empty(),
                count.countedAt(zone(facility.get()))));
    }

    private boolean isToldByCount(StockMove move) {
        return move.ofCount()
                && locations
                        .whole(move.from())
                        .or(() -> locations.whole(move.to()))
                        .isPresent();
    }

    /** Goods of a purchase order have come in, put away or not. */
    Optional<Arrival> arrived(StockMove move) {
        Optional<FacilityId> facility = locations.received(move.to());
        Optional<String> order = move.purchaseOrder();
        if (!move.done() || !locations.type(move.from()).equals("supplier") || facility.isEmpty() || order.isEmpty()) {
            return Optional.empty();
        }
        String delivery = move.shipment().isEmpty() ? StockMove.MODEL + "," + move.id() : move.shipment();
        return Optional.of(new Arrival(
                order.get(),
                facility.get(),
                delivery,
                move.sku().map(sku -> new Arrival.Goods(Long.toString(move.id()), sku, move.units()))));
    }

    /**
     * What will still come to a facility. Of a supplier's delivery that is all of it until it is put away; of a transfer what has left its
     * place and is not there yet. {@code shipment} is what the move is part of.
     */
    Optional<Expected> awaited(StockMove move, Optional<Shipment> shipment) {
        Optional<Sku> sku = move.sku();
        Optional<FacilityId> facility = locations.received(move.to());
        boolean supplied = locations.type(move.from()).equals("supplier");
        if (!(supplied || isOnTheWay(move)) || sku.isEmpty() || facility.isEmpty()) {
            return Optional.empty();
        }
        boolean over = move.calledOff()
                || (supplied
                        ? move.done() && shipment.map(Shipment::over).orElse(true)
                        : move.done() || !shipment.map(Shipment::underWay).orElse(false));
        // Nothing can be promised for a day that nobody names.
        Optional<Instant> planned = move.plannedAt(zone(facility.get()));
        Instant changed = Values.changedAt(move.row());
        Instant version =
                shipment.map(Shipment::changedAt).filter(changed::isBefore).orElse(changed);
        return Optional.of(new Expected(
                new StockSource(account.value(), "move/" + move.id(), micros(version)),
                facility.get(),
                sku.get(),
                over || planned.isEmpty() ? 0 : move.units(),
                planned.orElse(changed)));
    }

    /** A transfer by way of transit that is over, with all that has left and arrived of it; {@code id} is that of its shipment. */
    Optional<ErpTransfer> ended(long id, List<StockMove> moves) {
        List<StockMove> done = moves.stream()
                .filter(move -> move.done() && move.sku().isPresent())
                .toList();
        List<StockMove> left = done.stream()
                .filter(move -> locations.storage(move.to()).isEmpty())
                .toList();
        List<StockMove> arrived = done.stream().filter(this::isOnTheWay).toList();
        Set<FacilityId> from = places(left, StockMove::from);
        Set<FacilityId> to = places(moves.stream().filter(this::isOnTheWay).toList(), StockMove::to);
        if (from.size() != 1 || to.size() != 1) {
            return Optional.empty();
        }
        Map<Sku, Integer> sent = units(left);
        Map<Sku, Integer> there = units(arrived);
        Set<Sku> skus = new TreeSet<>(sent.keySet());
        skus.addAll(there.keySet());
        return Optional.of(new ErpTransfer(
                new ErpTransferId(account, Long.toString(id)),
                from.iterator().next(),
                to.iterator().next(),
                skus.stream()
                        .map(sku -> new ErpTransfer.Line(sku, sent.getOrDefault(sku, 0), there.getOrDefault(sku, 0)))
                        .toList(),
                done.stream().map(move -> source(move, TRANSIT)).toList()));
    }

    private StockSource source(StockMove move, String side) {
        return new StockSource(account.value(), "move/" + move.id() + "/" + side, 1);
    }

    private Set<FacilityId> places(List<StockMove> moves, ToLongFunction<StockMove> end) {
        return moves.stream()
                .flatMap(move -> locations.storage(end.applyAsLong(move)).stream())
                .collect(Collectors.toSet());
    }

    private static Map<Sku, Integer> units(List<StockMove> moves) {
        Map<Sku, Integer> units = new TreeMap<>();
        moves.forEach(move -> units.merge(move.sku().orElseThrow(), move.units(), Integer::sum));
        return units;
    }

    /** The second of a transfer's moves: from no facility's shelves to those of the receiver. */
    private boolean isOnTheWay(StockMove move) {
        return move.of(TRANSFER)
                && !isOfLostAndFound(move)
                && locations.storage(move.from()).isEmpty()
                && locations.storage(move.to()).isPresent();
    }

    /** Nothing is on its way to there, or from there. */
    private boolean isOfLostAndFound(StockMove move) {
        return isLostAndFound(move.from()) || isLostAndFound(move.to());
    }

    private boolean isLostAndFound(long location) {
        return locations.type(location).equals("lost_found");
    }

    /** What moves are part of: its state, and when that was said. */
    record Shipment(String state, Instant changedAt) {
        boolean over() {
            return state.equals("done");
        }

        /** The goods have left. */
        boolean underWay() {
            return state.equals("shipped");
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private ZoneId zone(FacilityId facility) {
        return facilities.get(facility).zone();
    }

    /** What one done move says of the places that it touches. */
    private final class Saying {
        private final StockMove move;
        private final Sku sku;

        Saying(StockMove move, Sku sku) {
            this.move = move;
            this.sku = sku;
        }

        Movement leaves(FacilityId from) {
            String where = locations.type(move.to());
            if (move.of(TRANSFER) && !isOfLostAndFound(move)) {
                return stated("out", from, Kind.TRANSFER_OUT, -move.units(), Optional.empty());
            }
            return switch (where) {
                case "lost_found" ->
                    stated("out", from, Kind.ADJUSTMENT, -move.units(), Optional.of("counted in the ERP"));
                case "supplier" -> stated("out", from, Kind.REJECT, -move.units(), Optional.of("back to its supplier"));
                default ->
                    move.of("stock.shipment.out") || where.equals("customer")
                            ? stated("out", from, Kind.SALE, -move.units(), Optional.empty())
                            : stated("out", from, Kind.ADJUSTMENT, -move.units(), Optional.of("moved in the ERP"));
            };
        }

        Movement arrives(FacilityId to) {
            String where = locations.type(move.from());
            if (move.of(RECEIPT) || where.equals("supplier")) {
                return stated("in", to, Kind.RECEIPT, move.units(), Optional.empty());
            }
            if (move.of(TRANSFER) && !isOfLostAndFound(move)) {
                return stated("in", to, Kind.TRANSFER_IN, move.units(), Optional.empty());
            }
            if (move.of(CUSTOMER_RETURN) || where.equals("customer")) {
                return stated("in", to, Kind.RETURN, move.units(), Optional.empty());
            }
            return stated(
                    "in",
                    to,
                    Kind.ADJUSTMENT,
                    move.units(),
                    Optional.of(where.equals("lost_found") ? "counted in the ERP" : "moved in the ERP"));
        }

        Movement onItsWay(FacilityId to, Kind kind, int units) {
            return new Movement(
                    source(move, TRANSIT), to, sku, Measure.IN_TRANSIT, kind, units, Optional.empty(), happenedAt(to));
        }

        private Movement stated(String side, FacilityId at, Kind kind, int units, Optional<String> reason) {
            return new Movement(source(move, side), at, sku, Measure.ON_HAND, kind, units, reason, happenedAt(at));
        }

        private Instant happenedAt(FacilityId at) {
            return move.happenedAt(zone(at));
        }
    }
}
