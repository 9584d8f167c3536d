package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The truth about stock, in PostgreSQL. Locks are taken in one order: the order's row, balances by SKU and facility, the order's
 * trace. What must not be oversold is decided under the lock of the SKU's virtual balance, by statements that begin after it was got.
 */
public final class PostgresInventory implements InventoryLedger {
    private final Transactions transactions;
    private final Balances balances;
    private final BundleAvailability availability;
    private final OrderClaims claims;
    private final WorkStock work;
    private final StockBookings bookings;

    public PostgresInventory(
            Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock, StockRules rules) {
        LedgerParts parts = LedgerParts.of(transactions, trace, cases, clock, rules);
        this.transactions = transactions;
        this.balances = parts.balances();
        this.availability = new BundleAvailability(parts);
        this.claims = new OrderClaims(parts);
        this.work = new WorkStock(parts);
        this.bookings = new StockBookings(parts);
    }

    @Override
    public Commitment commit(OrderId order, List<LineQuantity> needs, Terms terms) {
        return claims.commit(order, needs, terms);
    }

    @Override
    public Commitment askAnew(OrderId order, List<LineQuantity> lines, List<LineQuantity> needs, Terms terms) {
        return claims.askAnew(order, lines, needs, terms);
    }

    @Override
    public void releaseAll(OrderId order, String reason) {
        claims.releaseAll(order, reason);
    }

    @Override
    public void releaseRest(OrderId order, String reason) {
        claims.releaseRest(order, reason);
    }

    @Override
    public void offer(Sku sku) {
        claims.offer(sku);
    }

    /**
     * Gives back what is reserved at no facility yet beyond an order's needs, as part of another noun's transaction that holds the order's
     * row. What of it waits for supply is given up first, when the order is allotted the next time.
     */
    public void reduce(Handle handle, OrderId order, List<LineQuantity> needs) {
        claims.reduce(handle, order, needs);
    }

    @Override
    public List<LineQuantity> lacking(OrderId order, List<LineQuantity> needs) {
        return claims.lacking(order, needs);
    }

    @Override
    public void giveUpSurplus(OrderId order, List<LineQuantity> needs) {
        claims.giveUpSurplus(order, needs);
    }

    @Override
    public OrderStock stockOf(OrderId order) {
        return transactions.with(handle -> stockOf(handle, order));
    }

    /** As part of another noun's transaction. */
    public OrderStock stockOf(Handle handle, OrderId order) {
        return TroubledStock.of(handle, order);
    }

    /** Whether an order takes each part as soon as that can be had. */
    public boolean isInParts(Handle handle, OrderId order) {
        return OrderPromises.isInParts(handle, order);
    }

    @Override
    public void promiseTold(OrderId order, int number) {
        transactions.run(handle -> OrderPromises.told(handle, order, number));
    }

    @Override
    public Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus) {
        return availability.availability(skus);
    }

    @Override
    public RoutingFacts routingFacts(OrderId order, Collection<Sku> skus, FactsWanted wanted) {
        return availability.routingFacts(order, skus, wanted);
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan) {
        return work.allocate(order, plan, false);
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocateAgain(OrderId order, RoutingPlan plan) {
        return work.allocate(order, plan, true);
    }

    @Override
    public List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan, Instant soldAt) {
        return work.recordHandedOver(order, plan, soldAt);
    }

    @Override
    public void consume(FulfillmentOrderId id) {
        work.consume(id);
    }

    @Override
    public void release(FulfillmentOrderId id, boolean reroute) {
        work.release(id, reroute);
    }

    @Override
    public void rejected(FulfillmentOrderId id, StoreReport.Ground ground) {
        work.rejected(id, ground);
    }

    /**
     * Takes units from work whose facility does not do them, as part of another noun's transaction that holds the order's row: their demand
     * has no facility any more, and the stock becomes what the rejection says.
     */
    public void giveBack(Handle handle, FulfillmentOrder given, List<LineQuantity> lines, StockRejection rejection) {
        work.giveBack(handle, given, lines, rejection);
    }

    /**
     * What work has reserved of these lines becomes that of other work at its facility, as part of another noun's transaction that holds the
     * order's row. Nothing moves by that.
     */
    public void passOn(Handle handle, FulfillmentOrder given, FulfillmentOrderId to, List<LineQuantity> lines) {
        work.passOn(handle, given, to, lines);
    }

    @Override
    public List<Booking> record(List<Movement> movements) {
        return bookings.record(movements);
    }

    @Override
    public void recordUnknown(List<Movement> movements) {
        bookings.recordUnknown(movements);
    }

    /** Takes in several statements, under locks that are got all at once and so in the one order. */
    List<Booking> bookOrKeep(Handle handle, List<Movement> stated) {
        return bookings.bookOrKeep(handle, stated);
    }

    /**
     * Books statements of Throughline's own as part of another noun's transaction, whose locks come before those of balances, and whose
     * trace comes after.
     */
    public Booking record(Handle handle, List<Movement> statements, String cause) {
        return bookings.record(handle, statements, cause);
    }

    /** The same, where more is to be told in the lines of orders: all of it is written at once, so that two never wait in a circle. */
    Booking record(Handle handle, List<Movement> statements, String cause, Telling telling) {
        return bookings.record(handle, statements, cause, telling);
    }

    @Override
    public void bear(StockSubject subject, CaseId reason) {
        bookings.bear(subject, reason);
    }

    @Override
    public Set<Sku> waitedFor() {
        return transactions.with(Backorders::skus);
    }

    @Override
    public List<Balance> balances(Collection<Sku> skus) {
        return transactions.with(handle -> balances.of(handle, skus));
    }
}
