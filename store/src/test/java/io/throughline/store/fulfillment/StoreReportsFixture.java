package io.throughline.store.fulfillment;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Three tees to be shipped by a store, and what its devices report of them. */
@ResourceLock("the database of StoreReportsFixture")
abstract class StoreReportsFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    static final FacilityId STORE = SampleFacilities.ST_HARBOR;
    static final FacilityId OTHER = SampleFacilities.ST_DOWNTOWN;
    static final StoreReport HANDOVER = new StoreReport.Handover(Optional.empty());
    static final AtomicInteger NUMBERS = new AtomicInteger();

    final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    final StoreReports reports =
            POSTGRES.database().stock(SampleStockRules.plain()).storeReports();
    final InventoryLedger inventory = POSTGRES.inventory();
    final Sku tee = Sku.of("REPORT-" + NUMBERS.incrementAndGet());
    OrderId order;
    FulfillmentOrderId id;

    @BeforeEach
    void release() {
        release(DeliveryMethod.SHIPPING);
    }

    /** Three of five tees that each of two stores has. */
    void release(DeliveryMethod method) {
        Order sold = SampleOrder.fresh();
        order = POSTGRES.stored(sold);
        for (FacilityId store : List.of(STORE, OTHER)) {
            inventory.record(new Movement(
                    store,
                    tee,
                    5,
                    Movement.Kind.RECEIPT,
                    StockSource.PEOPLE,
                    order + "/" + store,
                    PostgresExtension.START));
        }
        inventory.reserve(order, List.of(tees(3)), Set.of(STORE, OTHER));
        id = allocate(STORE, method, tees(3));
        work.released(id, SampleAccounts.POS, "SQ-" + order, now().plus(Duration.ofHours(4)));
    }

    Tracking tracking(String name) {
        return new Tracking("UPS", name + "-" + order);
    }

    Answer take(StoreReport report) {
        return reports.take(
                id,
                report,
                "device",
                status -> status.terminal() ? Optional.empty() : Optional.of(now().plus(Duration.ofHours(1))));
    }

    static FulfillmentStatus status(Answer answer) {
        return ((Answer.Taken) answer).status();
    }

    FulfillmentOrderId allocate(FacilityId facility, LineQuantity line) {
        return allocate(facility, DeliveryMethod.SHIPPING, line);
    }

    FulfillmentOrderId allocate(FacilityId facility, DeliveryMethod method, LineQuantity line) {
        return inventory
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        facility, method, Optional.of("gid://1"), List.of(line))),
                                "nearest"))
                .orElseThrow()
                .getLast()
                .id();
    }

    LineQuantity tees(int units) {
        return new LineQuantity("L1", tee, units);
    }

    static Instant now() {
        return POSTGRES.clock().instant();
    }
}
