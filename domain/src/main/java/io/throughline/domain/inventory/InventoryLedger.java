package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingFacts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The truth about stock, in PostgreSQL: append-only movements, balances and reservations changed in the same transaction. No balance
 * is ever negative, the open reservations of a SKU at a facility always sum to its reserved quantity, and its movements to its
 * balance; the database itself keeps these. Rows are locked in one order (SKU, then facility), so that orders don't wait for each
 * other in a circle.
 */
public interface InventoryLedger {
    /**
     * Reserves everything that an order needs and has not reserved yet, all lines or none, at the virtual facility. {@code among} are
     * the facilities whose stock may serve it. What the order took over from a basket and still waits for is missing. Called again, it
     * does nothing more.
     */
    default Reservation reserve(OrderId order, List<LineQuantity> needs, Set<FacilityId> among) {
        return switch (commit(order, needs, new Terms(among, Terms.OnShortage.REFUSE))) {
            case Commitment.Reserved reserved -> new Reservation.Reserved();
            case Commitment.Refused(var missing) -> new Reservation.Missing(missing);
            case Commitment.Partly partly -> throw new IllegalStateException("partly reserved, though all or none");
            case Commitment.Backordered(var waiting) ->
                new Reservation.Missing(waiting.stream()
                        .map(line -> new Shortage(line.sku(), line.units(), 0))
                        .toList());
        };
    }

    /**
     * Answers an order's demand by the terms, at the virtual facility. {@code needs} are all of it: what is reserved, waits or has left
     * already is not asked for again, so that the same call again does nothing more, and what waits beyond them waits no more. Bundles
     * reserve their components.
     */
    Commitment commit(OrderId order, List<LineQuantity> needs, Terms terms);

    /**
     * Demand that a facility gave back, and that nobody can serve, waits for supply: what of these lines lies at the virtual facility is given
     * up and asked for anew by the terms, in one transaction, as {@link #commit} does. Where the answer is a refusal nothing has changed, and the
     * demand keeps its place.
     */
    Commitment askAnew(OrderId order, List<LineQuantity> lines, List<LineQuantity> needs, Terms terms);

    /** What the order still waits for, and what it has lost. */
    OrderStock stockOf(OrderId order);

    /** The customer knows of the promise with this number now. */
    void promiseTold(OrderId order, int number);

    /** Gives up what no facility was given of an order yet, reserved or waiting; the work that is given out goes on. */
    void releaseRest(OrderId order, String reason);

    /** What of these needs of the order is neither reserved, nor waited for, nor has left. */
    List<LineQuantity> lacking(OrderId order, List<LineQuantity> needs);

    /** Gives up what waits for supply, or is reserved at no facility, beyond an order's needs; whoever waits gets what becomes free. */
    void giveUpSurplus(OrderId order, List<LineQuantity> needs);

    /** What can be promised: QOH less what is reserved, held and kept as safety stock, never below zero. */
    Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus);

    /** From where an order can be served: {@link #availability} less what others who have no facility yet can't do without. */
    default Map<FacilityId, Map<Sku, Integer>> availability(OrderId order, Collection<Sku> skus) {
        return routingFacts(order, skus, FactsWanted.stockOnly()).stock();
    }

    /** The same with what else is wanted, read at once. */
    RoutingFacts routingFacts(OrderId order, Collection<Sku> skus, FactsWanted wanted);

    /**
     * Moves the order's reservations from the virtual facility to those of the plan, creates their fulfillment orders and tells why, in one
     * transaction; empty when the stock has changed since the plan was made, or others can't do without it. Work that was allocated
     * before stays: the plan covers what lies at the virtual facility just now (everything at first, what {@link #release} brought back
     * later), and when nothing lies there the order keeps the work that it has. Gives all of the order's work.
     */
    Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan);

    /**
     * The same for what a facility has given back. Where of one line some was given back and some to nobody yet, each of the two takes its
     * own first, so that neither of those who look for a facility is left with what the other looks after.
     */
    Optional<List<FulfillmentOrder>> allocateAgain(OrderId order, RoutingPlan plan);

    /**
     * Records work that was handed over before we heard of it (a sale at the till): no reservation, the stock left when it was sold.
     * What nobody hands over (method NONE, such as a gift card) is recorded the same way, and moves no stock.
     */
    List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan, Instant soldAt);

    /**
     * The goods have left: the reservation is consumed and a sale moves the stock, once. It is of the instant at which the facility
     * handed them over, so that a count taken since then has seen them leave; where nobody tells that, it is of now.
     */
    void consume(FulfillmentOrderId id);

    /** Gives back what this work had reserved, to the virtual facility ({@code reroute}) or altogether. */
    void release(FulfillmentOrderId id, boolean reroute);

    /**
     * The facility's own system does not do this work: what it had reserved goes back to the virtual facility, once, and the facility's stock
     * becomes what the ground says of it.
     */
    void rejected(FulfillmentOrderId id, StoreReport.Ground ground);

    /** Gives back everything that the order still has reserved, in its basket too, and cancels its open work. */
    void releaseAll(OrderId order, String reason);

    /**
     * Books a movement. A later version of the same source id corrects the earlier one by the difference, an older or equal one does
     * nothing: whatever was repeated, late or out of order, the end is that of the clean sequence. What comes from a system that is
     * not the authority for this stock is kept as an observation, and so is what a system counts of a bundle.
     * Each counts as of the instant that it names, be it ahead of our clock: when it arrives says nothing.
     */
    default Booking record(Movement movement) {
        return record(List.of(movement)).getFirst();
    }

    /** Books several, as {@link #record(Movement)}, all of them or none. */
    List<Booking> record(List<Movement> movements);

    /** Books those of these statements that the ledger has not heard of yet, each by itself. For those that it has, no lock is waited for. */
    void recordUnknown(List<Movement> movements);

    /**
     * Bears what was sold beyond the stock of a place: an adjustment in the name of the case brings it back to nothing on hand, and the
     * case is closed. Called again, it does nothing more.
     */
    void bear(StockSubject place, CaseId reason);

    /**
     * Offers what is free of a SKU to whoever waits for it, the oldest first. Whatever frees stock does so; where more wait than one
     * transaction may serve, a message about {@link #goOn} asks for another.
     */
    void offer(Sku sku);

    /** The SKUs that somebody waits for. */
    Set<Sku> waitedFor();

    /** The subject of the messages that ask for {@link #offer}. */
    static String goOn(Sku sku) {
        return "offer/" + sku;
    }

    List<Balance> balances(Collection<Sku> skus);

    /** How a reservation went. */
    sealed interface Reservation {
        record Reserved() implements Reservation {}

        record Missing(List<Shortage> shortages) implements Reservation {
            public Missing {
                shortages = List.copyOf(shortages);
            }
        }
    }

    /** So many units are wanted, so many could be had. */
    record Shortage(Sku sku, int wanted, int available) {}
}
