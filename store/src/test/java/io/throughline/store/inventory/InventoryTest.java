package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Reservation;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
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

class InventoryTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final Set<FacilityId> BOTH = Set.of(EAST, WEST);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Sku tee = Sku.of("TEE-" + NUMBERS.incrementAndGet());
    private final Sku cap = Sku.of("CAP-" + NUMBERS.get());

    @Test
    void reservesAllLinesOrNone() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 1);
        OrderId order = order();

        Reservation reservation = inventory.reserve(order, List.of(line("L1", tee, 2), line("L2", cap, 2)), BOTH);

        assertThat(reservation).isEqualTo(new Reservation.Missing(List.of(new Shortage(cap, 2, 1))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
        assertThat(reserved(FacilityId.UNROUTED, cap)).isZero();
    }

    @Test
    void whatAnOrderHasReservedCanBeRead() {
        stock(EAST, tee, 5);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);

        assertThat(POSTGRES.database().orderReservations().of(order))
                .containsExactly(new Reserved("L1", tee, FacilityId.UNROUTED.value(), 2, "HELD"));
        assertThat(POSTGRES.database().orderReservations().of(order())).isEmpty();
    }

    @Test
    void severalLinesOfOneSkuAreAddedUp() {
        stock(EAST, tee, 3);

        assertThat(inventory.reserve(order(), List.of(line("L1", tee, 2), line("L2", tee, 2)), BOTH))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 4, 3))));
        assertThat(inventory.reserve(order(), List.of(line("L1", tee, 2), line("L2", tee, 1)), BOTH))
                .isEqualTo(new Reservation.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(3);
    }

    @Test
    void reservingAgainReservesNothingMore() {
        stock(EAST, tee, 2);
        OrderId order = order();
        List<LineQuantity> needs = List.of(line("L1", tee, 2));

        inventory.reserve(order, needs, BOTH);
        assertThat(inventory.reserve(order, needs, BOTH)).isEqualTo(new Reservation.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);

        FulfillmentOrderId work =
                allocated(order, plan(EAST, line("L1", tee, 2))).getFirst().id();
        assertThat(inventory.reserve(order, needs, BOTH)).isEqualTo(new Reservation.Reserved());
        inventory.consume(work);
        assertThat(inventory.reserve(order, needs, BOTH)).isEqualTo(new Reservation.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void onlyFacilitiesThatMayServeCount() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 5);

        assertThat(inventory.reserve(order(), List.of(line("L1", tee, 2)), Set.of(EAST)))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 2, 1))));
        assertThat(inventory.reserve(order(), List.of(line("L1", tee, 2)), Set.of()))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 2, 0))));
    }

    @Test
    void demandThatWaitsForItsRoutingIsNotPromisedTwice() {
        stock(EAST, tee, 3);
        inventory.reserve(order(), List.of(line("L1", tee, 2)), BOTH);

        assertThat(inventory.reserve(order(), List.of(line("L1", tee, 2)), BOTH))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 2, 1))));
        assertThat(inventory.availability(List.of(tee)).get(EAST)).containsEntry(tee, 3);
    }

    @Test
    void allocationMovesDemandAndSplitsALine() {
        stock(EAST, tee, 2);
        stock(WEST, tee, 2);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 3)), BOTH);

        List<FulfillmentOrder> work = inventory
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(
                                        assignment(EAST, Optional.of("gid://1"), line("L1", tee, 2)),
                                        assignment(WEST, Optional.empty(), line("L1", tee, 1))),
                                "nearest first"))
                .orElseThrow();

        assertThat(work)
                .extracting(FulfillmentOrder::id)
                .containsExactly(FulfillmentOrderId.of(order, 1), FulfillmentOrderId.of(order, 2));
        assertThat(work.getFirst().channelWork()).contains("gid://1");
        assertThat(work).extracting(FulfillmentOrder::status).containsOnly(FulfillmentStatus.ALLOCATED);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
        assertThat(reserved(EAST, tee)).isEqualTo(2);
        assertThat(reserved(WEST, tee)).isEqualTo(1);
        assertThat(inventory.availability(List.of(tee)).get(WEST)).containsEntry(tee, 1);
        assertThat(POSTGRES.database().orders().view(order).orElseThrow().fulfillmentOrders())
                .isEqualTo(work);
        assertThat(POSTGRES.database().trace().lookup(order + "-F2")).contains(order.value());
    }

    @Test
    void allocatingAgainKeepsTheWork() {
        stock(EAST, tee, 9);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);
        RoutingPlan plan = plan(EAST, line("L1", tee, 2));

        List<FulfillmentOrder> first = allocated(order, plan);

        assertThat(allocated(order, plan)).isEqualTo(first).hasSize(1);
        assertThat(reserved(EAST, tee)).isEqualTo(2);
    }

    @Test
    void planThatTheStockHasOutrunIsEmptyAndChangesNothing() {
        stock(EAST, tee, 2);
        stock(WEST, tee, 2);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);
        move(EAST, tee, -1, Movement.Kind.SALE);

        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2)))).isEmpty();
        assertThat(inventory.allocate(order, plan(new FacilityId("ST-NOWHERE"), line("L1", tee, 2))))
                .isEmpty();
        assertThat(inventory.allocate(order, plan(WEST, line("L1", tee, 3)))).isEmpty();

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(POSTGRES.database().fulfillmentOrders().ofOrder(order)).isEmpty();
        assertThat(allocated(order, plan(WEST, line("L1", tee, 2)))).hasSize(1);
    }

    @Test
    void partOfWhatWaitsMayBeRoutedAlone() {
        stock(EAST, tee, 9);
        stock(EAST, cap, 9);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 3), line("L2", cap, 1)), BOTH);

        allocated(order, plan(EAST, line("L1", tee, 2)));

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isEqualTo(1);
        assertThat(allocated(
                        order,
                        new RoutingPlan(
                                List.of(assignment(EAST, Optional.empty(), line("L1", tee, 1), line("L2", cap, 1))),
                                "rest")))
                .hasSize(2);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
        assertThat(reserved(EAST, tee)).isEqualTo(3);
    }

    @Test
    void consumingMovesStockOnce() {
        stock(EAST, tee, 5);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2), line("L2", tee, 1)), BOTH);
        FulfillmentOrderId work = allocated(order, plan(EAST, line("L1", tee, 2), line("L2", tee, 1)))
                .getFirst()
                .id();

        inventory.consume(work);
        inventory.consume(work);

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 2, 0, 0, 0, 0, 0, 0));
        assertThat(movements(tee)).isEqualTo(3);
        inventory.release(work, true);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void whatIsCountedAfterTheHandoverHasSeenTheGoodsLeave() {
        stock(EAST, tee, 5);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 1)), BOTH);
        FulfillmentOrderId work =
                allocated(order, plan(EAST, line("L1", tee, 1))).getFirst().id();
        Instant handedOver = POSTGRES.clock().instant();
        POSTGRES.clock().advance(Duration.ofMinutes(30));
        inventory.record(new Movement(
                EAST,
                tee,
                4,
                Movement.Kind.COUNT,
                StockSource.PEOPLE,
                "counted-" + tee,
                handedOver.plus(Duration.ofMinutes(10))));

        POSTGRES.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(
                                Optional.of(FulfillmentStatus.SHIPPED),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(handedOver)),
                        POSTGRES.clock().instant(),
                        Optional.empty());
        inventory.consume(work);

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 4, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void releasingForAnotherRouteKeepsTheDemand() {
        stock(EAST, tee, 2);
        stock(WEST, tee, 2);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);
        FulfillmentOrderId first =
                allocated(order, plan(EAST, line("L1", tee, 2))).getFirst().id();

        inventory.release(first, true);
        inventory.release(first, true);
        assertThat(reserved(EAST, tee)).isZero();
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);

        List<FulfillmentOrder> work = allocated(order, plan(WEST, line("L1", tee, 2)));
        assertThat(work).extracting(FulfillmentOrder::facility).containsExactly(EAST, WEST);
        assertThat(work.getLast().id()).isEqualTo(FulfillmentOrderId.of(order, 2));
        assertThat(reserved(WEST, tee)).isEqualTo(2);
    }

    @Test
    void releasingForGoodFreesTheStock() {
        stock(EAST, tee, 2);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);

        inventory.release(
                allocated(order, plan(EAST, line("L1", tee, 2))).getFirst().id(), false);

        assertThat(inventory.availability(List.of(tee)).get(EAST)).containsEntry(tee, 2);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void releasingAllEndsWhatIsOpenAndNothingElse() {
        stock(EAST, tee, 9);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 3)), BOTH);
        FulfillmentOrderId gone =
                allocated(order, plan(EAST, line("L1", tee, 1))).getFirst().id();
        POSTGRES.tables()
                .useHandle(handle ->
                        handle.execute("update fulfillment_order set status = 'SHIPPED' where id = ?", gone.value()));
        inventory.consume(gone);
        allocated(order, plan(EAST, line("L1", tee, 1)));

        inventory.releaseAll(order, "not wanted");
        inventory.releaseAll(order, "not wanted");

        assertThat(POSTGRES.database().fulfillmentOrders().ofOrder(order))
                .extracting(FulfillmentOrder::status)
                .containsExactly(FulfillmentStatus.SHIPPED, FulfillmentStatus.CANCELLED);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 8, 0, 0, 0, 0, 0, 0));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("stock.released"))
                .hasSize(1)
                .first()
                .extracting(TraceEntry::detail)
                .satisfies(detail -> assertThat(detail).containsEntry("reason", "not wanted"));
    }

    @Test
    void saleAtTheTillLeavesAtOnceAndOnce() {
        stock(EAST, tee, 5);
        OrderId order = order();
        RoutingPlan plan = new RoutingPlan(
                List.of(new Assignment(
                        EAST,
                        DeliveryMethod.CARRIED_OUT,
                        Optional.empty(),
                        List.of(line("L1", tee, 1), line("L2", tee, 1)))),
                "sold at the till");

        List<FulfillmentOrder> first =
                inventory.recordHandedOver(order, plan, POSTGRES.clock().instant());

        assertThat(inventory.recordHandedOver(order, plan, POSTGRES.clock().instant()))
                .isEqualTo(first)
                .hasSize(1);
        assertThat(first.getFirst().status()).isEqualTo(FulfillmentStatus.PICKED_UP);
        inventory.consume(first.getFirst().id());
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aSaleAtTheTillIsHeardOfAfterTheCountThatKnowsIt() {
        stock(EAST, tee, 5);
        RoutingPlan plan = new RoutingPlan(
                List.of(new Assignment(
                        EAST, DeliveryMethod.CARRIED_OUT, Optional.empty(), List.of(line("L1", tee, 2)))),
                "sold at the till");

        inventory.recordHandedOver(order(), plan, PostgresExtension.START.minusSeconds(60));

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 5, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void whatNobodyHandsOverMovesNoStock() {
        stock(EAST, tee, 5);
        OrderId order = order();
        RoutingPlan plan = new RoutingPlan(
                List.of(new Assignment(EAST, DeliveryMethod.NONE, Optional.empty(), List.of(line("L1", tee, 1)))),
                "nothing to hand over");

        List<FulfillmentOrder> recorded =
                inventory.recordHandedOver(order, plan, POSTGRES.clock().instant());

        assertThat(recorded).singleElement().satisfies(work -> {
            assertThat(work.method()).isEqualTo(DeliveryMethod.NONE);
            assertThat(work.status()).isEqualTo(FulfillmentStatus.PICKED_UP);
        });
        inventory.consume(recorded.getFirst().id());
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 5, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void salesBeyondTheStockAreAShortfallThatReceiptsNet() {
        stock(EAST, tee, 1);

        move(EAST, tee, -3, Movement.Kind.SALE);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 2, 0, 0));
        move(EAST, tee, 1, Movement.Kind.RECEIPT);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 1, 0, 0));
        move(EAST, tee, 5, Movement.Kind.RECEIPT);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 4, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aMovementIsBookedOnceByItsSource() {
        Movement movement = new Movement(
                EAST, tee, 4, Movement.Kind.OPENING, StockSource.OPENING, "m-" + tee, PostgresExtension.START);

        assertThat(inventory.record(movement).isNew()).isTrue();
        assertThat(inventory.record(movement).isNew()).isFalse();
        assertThat(balance(EAST, tee).onHand()).isEqualTo(4);
        assertThatThrownBy(() -> move(FacilityId.UNROUTED, tee, 1, Movement.Kind.COUNT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void databaseRefusesReservationsThatDontAddUp() {
        stock(EAST, tee, 5);
        OrderId order = order();
        inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH);

        assertRefused("update stock_balance set reserved = reserved - 1 where sku = '%s' and facility = 'UNROUTED'");
        assertRefused("update reservation set state = 'RELEASED' where sku = '%s'");
        assertRefused("delete from reservation where sku = '%s'");
        assertRefused("update stock_balance set reserved = 1 where sku = '%s' and facility = 'WH-EAST'");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
    }

    @Test
    void databaseRefusesNegativeStockAndRewrittenMovements() {
        stock(EAST, tee, 5);

        assertThatThrownBy(() -> sql("update stock_balance set on_hand = -1 where sku = '%s' and facility = 'WH-EAST'"))
                .hasMessageContaining("stock_balance_on_hand_check");
        assertThatThrownBy(() -> sql("update stock_movement set quantity = 6 where sku = '%s'"))
                .hasMessageContaining("stock_movement is append-only");
        assertThatThrownBy(() -> sql("delete from stock_movement where sku = '%s'"))
                .hasMessageContaining("stock_movement is append-only");
        assertThatThrownBy(() -> sql("truncate stock_movement")).hasMessageContaining("stock_movement is append-only");
    }

    @Test
    void stockOfAnOrderNobodyKnowsCantBeReserved() {
        stock(EAST, tee, 5);
        OrderId nobody = OrderId.of(SampleOrder.freshKey());

        assertThatThrownBy(() -> inventory.reserve(nobody, List.of(line("L1", tee, 1)), BOTH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String statement) {
        assertThatThrownBy(() -> sql(statement)).hasMessageContaining("but open reservations come to");
    }

    private void sql(String statement) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement.formatted(tee)));
    }

    private long movements(Sku sku) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from stock_movement where sku = ?", sku.value())
                        .mapTo(Long.class)
                        .one());
    }

    private List<FulfillmentOrder> allocated(OrderId order, RoutingPlan plan) {
        return inventory.allocate(order, plan).orElseThrow();
    }

    private Balance balance(FacilityId facility, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .findFirst()
                .orElseGet(() -> new Balance(facility, sku, 0, 0, 0, 0, 0, 0, 0));
    }

    private int reserved(FacilityId facility, Sku sku) {
        return balance(facility, sku).reserved();
    }

    private void stock(FacilityId facility, Sku sku, int units) {
        move(facility, sku, units, Movement.Kind.OPENING);
    }

    private void move(FacilityId facility, Sku sku, int units, Movement.Kind kind) {
        inventory.record(new Movement(
                facility,
                sku,
                units,
                kind,
                StockSource.PEOPLE,
                "t-" + NUMBERS.incrementAndGet(),
                PostgresExtension.START));
    }

    private static OrderId order() {
        return POSTGRES.stored(SampleOrder.fresh());
    }

    private static LineQuantity line(String id, Sku sku, int quantity) {
        return new LineQuantity(id, sku, quantity);
    }

    private static RoutingPlan plan(FacilityId facility, LineQuantity... lines) {
        return new RoutingPlan(List.of(assignment(facility, Optional.empty(), lines)), "as told");
    }

    private static Assignment assignment(FacilityId facility, Optional<String> channelWork, LineQuantity... lines) {
        return new Assignment(facility, DeliveryMethod.SHIPPING, channelWork, List.of(lines));
    }
}
