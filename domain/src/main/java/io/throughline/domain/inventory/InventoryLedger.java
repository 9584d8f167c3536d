package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The truth about stock, in PostgreSQL: append-only movements, balances and reservations changed in the same transaction. No balance
 * is ever negative, and the open reservations of a SKU at a facility always sum to its reserved quantity; the database itself keeps
 * both. Rows are locked in one order (SKU, then facility), so that orders don't wait for each other in a circle.
 */
public interface InventoryLedger {
    /**
     * Reserves everything that an order needs and has not reserved yet, all lines or none, at the virtual facility. {@code among} are
     * the facilities whose stock may serve it. Called again, it does nothing more.
     */
    Reservation reserve(OrderId order, List<LineQuantity> needs, Set<FacilityId> among);

    /** What can be promised: QOH less what is reserved, held and kept as safety stock, never below zero. */
    Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus);

    /**
     * Moves the order's reservations from the virtual facility to those of the plan and creates their fulfillment orders, in one
     * transaction; empty when the stock has changed since the plan was made. Work that was allocated before stays: the plan covers
     * what lies at the virtual facility just now (everything at first, what {@link #release} brought back later), and when nothing
     * lies there the order keeps the work that it has. Gives all of the order's work.
     */
    Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan);

    /**
     * Records work that was handed over before we heard of it (a sale at the till): no reservation, stock leaves at once. What nobody
     * hands over (method NONE, such as a gift card) is recorded the same way, and moves no stock.
     */
    List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan);

    /** The goods have left: the reservation is consumed and a sale moves the stock, once. */
    void consume(FulfillmentOrderId id);

    /** Gives back what this work had reserved, to the virtual facility ({@code reroute}) or altogether. */
    void release(FulfillmentOrderId id, boolean reroute);

    /** Gives back everything that the order still has reserved, and cancels its open work. */
    void releaseAll(OrderId order, String reason);

    /** Books a movement; the same source and source id again is the same movement. Gives whether it was new. */
    boolean record(Movement movement);

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
