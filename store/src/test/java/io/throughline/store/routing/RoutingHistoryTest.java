package io.throughline.store.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.trial.RecordedOrder;
import io.throughline.domain.routing.trial.RoutingHistory;
import io.throughline.domain.routing.trial.StockRecord;
import io.throughline.domain.routing.trial.StockRecord.Change;
import io.throughline.domain.routing.trial.Window;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The past as a trial gets it: the stock less what its own orders took, and the orders as they were. */
class RoutingHistoryTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final RoutingHistory history =
            POSTGRES.database().stock(SampleStockRules.plain()).routingHistory();
    private final Sku tee = Sku.of("PAST-TEE-" + NUMBERS.incrementAndGet());

    @Test
    void whatTheOrdersOfTheWindowTookIsThereAndWhatOthersTookIsNot() {
        moved(EAST, 20, Movement.Kind.RECEIPT);
        moved(WEST, 5, Movement.Kind.RECEIPT);
        FulfillmentOrderId early = given(EAST, 2);
        given(EAST, 3);
        Instant from = hourLater();
        FulfillmentOrderId within = given(EAST, 4);
        inventory.consume(early);
        inventory.consume(within);
        Instant receipt = hourLater();
        moved(WEST, 7, Movement.Kind.RECEIPT);
        Instant tillSale = hourLater();
        handedOver(EAST, 1);
        Instant until = hourLater();
        moved(WEST, 90, Movement.Kind.RECEIPT);

        StockRecord record = history.stock(tee, new Window(from, until));

        assertThat(record.atFirst())
                .as("two have left since and three are still to leave, of orders from before")
                .isEqualTo(Map.of(EAST, 15, WEST, 5));
        assertThat(record.changes()).containsExactly(new Change(receipt, WEST, 7), new Change(tillSale, EAST, -1));
    }

    @Test
    void ordersComeInTheOrderOfTheirTimeAsTheyWereWhenTheirWorkWasGivenOut() {
        moved(EAST, 20, Movement.Kind.RECEIPT);
        Instant from = hourLater();
        Order edited = order(2);
        POSTGRES.stored(edited);
        allocate(edited.id(), EAST, 2);
        Instant second = hourLater();
        Order later = order(1);
        POSTGRES.stored(later);
        POSTGRES.database()
                .orders()
                .accept(
                        builder(edited.key(), 1)
                                .version(edited.version().plus(HOUR))
                                .build(),
                        PersonalData.none(),
                        POSTGRES.clock().instant());
        Instant until = hourLater();
        POSTGRES.stored(order(9));

        assertThat(read(new Window(from, until), 10))
                .containsExactly(new RecordedOrder(edited, from), new RecordedOrder(later, second));
        List<RecordedOrder> first = new ArrayList<>();
        assertThat(history.forEachOrder(new Window(from, until), 1, first::add))
                .as("there are more")
                .isFalse();
        assertThat(first).containsExactly(new RecordedOrder(edited, from));
    }

    @Test
    void whatWasTakenAwayAtATillOrCancelledWantsNoRouting() {
        Instant from = hourLater();
        POSTGRES.stored(new OrderBuilder(SampleOrder.freshKey(), "USD")
                .line(tee, 1, "10.00")
                .deliver(DeliveryMethod.CARRIED_OUT, Optional.of(EAST), Optional.empty())
                .build());
        POSTGRES.stored(builder(SampleOrder.freshKey(), 1).cancelledAt(from).build());

        assertThat(read(new Window(from, hourLater()), 10)).isEmpty();
    }

    /** Written at one instant, so that pages must tell them apart by their names. */
    @Test
    void allPagesAreRead() {
        Instant from = hourLater();
        for (int i = 0; i < 1_001; i++) {
            POSTGRES.stored(order(1));
        }

        assertThat(read(new Window(from, hourLater()), 5_000))
                .extracting(recorded -> recorded.order().id())
                .hasSize(1_001)
                .doesNotHaveDuplicates();
    }

    @Test
    void workStaysAsLongAsItDidOnAverage() {
        moved(WEST, 20, Movement.Kind.RECEIPT);
        Instant from = hourLater();
        FulfillmentOrderId one = given(WEST, 1);
        FulfillmentOrderId other = given(WEST, 1);
        handOver(one, HOUR);
        handOver(other, HOUR.multipliedBy(3));

        assertThat(history.handling(new Window(from, hourLater()))).isEqualTo(Map.of(WEST, HOUR.multipliedBy(2)));
    }

    private List<RecordedOrder> read(Window window, int most) {
        List<RecordedOrder> read = new ArrayList<>();
        assertThat(history.forEachOrder(window, most, read::add)).isTrue();
        return read;
    }

    private static void handOver(FulfillmentOrderId id, Duration after) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update fulfillment_order set handed_over_at = allocated_at + ? * interval '1 second' where id = ?",
                        after.toSeconds(),
                        id.value()));
    }

    private Order order(int units) {
        return builder(SampleOrder.freshKey(), units).build();
    }

    private OrderBuilder builder(OrderKey key, int units) {
        return new OrderBuilder(key, "USD")
                .line(tee, units, "10.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty());
    }

    private FulfillmentOrderId given(FacilityId facility, int units) {
        return allocate(POSTGRES.stored(order(units)), facility, units);
    }

    private FulfillmentOrderId allocate(OrderId order, FacilityId facility, int units) {
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        inventory.reserve(order, lines, Set.of(EAST, WEST));
        return inventory
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(new Assignment(facility, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                                "by hand"))
                .orElseThrow()
                .getFirst()
                .id();
    }

    private void handedOver(FacilityId facility, int units) {
        inventory.recordHandedOver(
                POSTGRES.stored(order(units)),
                new RoutingPlan(
                        List.of(new Assignment(
                                facility,
                                DeliveryMethod.CARRIED_OUT,
                                Optional.empty(),
                                List.of(new LineQuantity("L1", tee, units)))),
                        "taken away"),
                POSTGRES.clock().instant());
    }

    private void moved(FacilityId facility, int units, Movement.Kind kind) {
        inventory.record(new Movement(
                facility,
                tee,
                units,
                kind,
                StockSource.PEOPLE,
                "past-" + NUMBERS.incrementAndGet(),
                PostgresExtension.START));
    }

    private static Instant hourLater() {
        POSTGRES.clock().advance(HOUR);
        return POSTGRES.clock().instant();
    }
}
