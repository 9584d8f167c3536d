package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plan is made from is read at once, and why it was made is kept with it. */
class RoutingFactsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    /** No other test gives work to these. */
    private static final FacilityId BUSY = new FacilityId("BUSY");

    private static final FacilityId CALM = new FacilityId("CALM");
    private static final FacilityId IDLE = new FacilityId("IDLE");
    private static final Set<FacilityId> ALL = Set.of(EAST, WEST, BUSY, CALM, IDLE);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    private final Orders orders = POSTGRES.database().orders();
    private final Sku tee = Sku.of("ROUTED-TEE-" + NUMBERS.incrementAndGet());

    @Test
    void theWorkOfAFacilityIsWhatItHasOpenAndWhatItWasGivenWithinTheHour() {
        Set.of(BUSY, CALM, IDLE).forEach(facility -> stock(facility, 9));
        FulfillmentOrderId early = given(BUSY);
        POSTGRES.clock().advance(Duration.ofMinutes(61));
        given(BUSY);
        work.rejected(given(BUSY), "too much to do");
        work.cancelled(given(CALM), "not wanted any more");
        given(CALM);

        RoutingFacts facts = facts(Optional.of(now().minus(HOUR)));

        assertThat(facts.work().get(BUSY)).as("%s is open, and older", early).isEqualTo(new FacilityWork(2, 1));
        assertThat(facts.work().get(CALM)).isEqualTo(new FacilityWork(1, 1));
        assertThat(facts.work().get(IDLE)).isEqualTo(FacilityWork.none());
        assertThat(facts.stock().get(BUSY)).containsEntry(tee, 6);
    }

    @Test
    void whatWasTakenAwayAtATillIsNoWorkThatAFacilityWasGiven() {
        stock(IDLE, 9);
        inventory.recordHandedOver(
                order(),
                new RoutingPlan(
                        List.of(new Assignment(
                                IDLE,
                                DeliveryMethod.CARRIED_OUT,
                                Optional.empty(),
                                List.of(new LineQuantity("L1", tee, 2)))),
                        "taken away"),
                now());

        RoutingFacts facts = facts(Optional.of(now().minus(HOUR)));

        assertThat(facts.work().get(IDLE)).isEqualTo(FacilityWork.none());
        assertThat(facts.stock().get(IDLE)).containsEntry(tee, 7);
    }

    @Test
    void theWorkIsCountedInTheStatementOfTheStockAndOnlyWhenItIsAskedFor() {
        stock(WEST, 9);
        given(WEST);

        long before = POSTGRES.database().statementsSent();
        RoutingFacts without = facts(Optional.empty());
        long plain = POSTGRES.database().statementsSent() - before;
        RoutingFacts with = facts(Optional.of(now().minus(HOUR)));
        long counting = POSTGRES.database().statementsSent() - before - plain;

        assertThat(counting).isEqualTo(plain);
        assertThat(without.work()).isEmpty();
        assertThat(with.work()).isNotEmpty();
        assertThat(with.stock()).isEqualTo(without.stock());
    }

    @Test
    void whyAnOrderWasRoutedIsKeptWithItsWork() {
        stock(WEST, 2);
        OrderId order = order();
        reserve(order);

        long before = POSTGRES.database().statementsSent();
        inventory.allocate(order, plan(WEST));
        long statements = POSTGRES.database().statementsSent() - before;

        assertThat(view(order).routing())
                .contains(new RoutingDecision(
                        "WH-WEST (1) by near of routing-1",
                        List.of("near, WH-WEST CHOSEN: 1 units, 4.0 km", "near, WH-EAST NO_STOCK"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("work.allocated"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.summary()).isEqualTo("WH-WEST (1) by near of routing-1");
                    assertThat(entry.detail())
                            .containsEntry("considered 01", "near, WH-WEST CHOSEN: 1 units, 4.0 km")
                            .containsEntry("considered 02", "near, WH-EAST NO_STOCK");
                });
        assertThat(statements).as("statements of an allocation").isLessThanOrEqualTo(12);
    }

    @Test
    void whyAnOrderIsUnplacedIsToldOnceForAsLongAsThatIsSo() {
        OrderId order = order();
        RoutingDecision full = unplaced("nobody has room", now().plus(HOUR));
        orders.unplaced(order, full);
        orders.unplaced(order, unplaced("nobody has room", now().plus(HOUR).plus(HOUR)));
        orders.unplaced(order, unplaced("nobody has stock", now().plus(HOUR)));

        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("order.unplaced"))
                .extracting(TraceEntry::summary)
                .containsExactly("nobody has room", "nobody has stock");
        assertThat(view(order).routing()).contains(unplaced("nobody has stock", now().plus(HOUR)));
        assertThat(orders.recent(500))
                .filteredOn(view -> view.id().equals(order))
                .singleElement()
                .extracting(OrderView::routing)
                .isEqualTo(view(order).routing());
    }

    /** A rule wants one place only, and gives back what was reserved at others: what waits there is not asked for elsewhere again. */
    @Test
    void whatWaitsForOnePlaceIsNotServedFromAnother() {
        stock(WEST, 5);
        Instant tomorrow = now().plus(Duration.ofDays(1));
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .incomingSupply()
                .expect(new Expected(new StockSource("erp", "po " + tee, 1), EAST, tee, 3, tomorrow));
        OrderId order = order();
        List<LineQuantity> needs = List.of(new LineQuantity("L1", tee, 1));
        inventory.commit(order, needs, new Terms(ALL, OnShortage.BACKORDER));

        inventory.releaseAll(order, "the rule wants the east");
        assertThat(inventory.commit(order, needs, new Terms(Set.of(EAST), OnShortage.BACKORDER)))
                .isInstanceOf(Commitment.Backordered.class);
        assertThat(inventory.commit(order, needs, new Terms(ALL, OnShortage.BACKORDER)))
                .isInstanceOf(Commitment.Backordered.class);

        stock(EAST, 3);
        assertThat(inventory.commit(order, needs, new Terms(ALL, OnShortage.BACKORDER)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(inventory.allocate(order, plan(EAST))).isPresent();
    }

    private RoutingFacts facts(Optional<Instant> hourAgo) {
        return inventory.routingFacts(order(), List.of(tee), new FactsWanted(hourAgo, false, false, false));
    }

    private FulfillmentOrderId given(FacilityId facility) {
        OrderId order = order();
        reserve(order);
        return inventory
                .allocate(order, plan(facility))
                .orElseThrow()
                .getFirst()
                .id();
    }

    private void reserve(OrderId order) {
        inventory.reserve(order, List.of(new LineQuantity("L1", tee, 1)), ALL);
    }

    private RoutingPlan plan(FacilityId facility) {
        return new RoutingPlan(
                List.of(new Assignment(
                        facility, DeliveryMethod.SHIPPING, Optional.empty(), List.of(new LineQuantity("L1", tee, 1)))),
                facility + " (1) by near of routing-1",
                List.of("near, " + facility + " CHOSEN: 1 units, 4.0 km", "near, WH-EAST NO_STOCK"));
    }

    private static RoutingDecision unplaced(String summary, Instant lookAgainAt) {
        return new RoutingDecision(
                summary,
                List.of("near, WH-WEST FULL: 4 of 4 within the hour"),
                Optional.of(lookAgainAt),
                Optional.empty());
    }

    private static OrderView view(OrderId order) {
        return POSTGRES.database().orders().view(order).orElseThrow();
    }

    private static OrderId order() {
        return POSTGRES.stored(SampleOrder.fresh());
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }

    private void stock(FacilityId facility, int units) {
        inventory.record(new Movement(
                facility,
                tee,
                units,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                "routed-" + NUMBERS.incrementAndGet(),
                PostgresExtension.START));
    }
}
