package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FulfillmentOrdersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    private OrderId order;
    private FulfillmentOrderId id;

    @BeforeEach
    void allocate() {
        Sku sku = SampleOrder.TEE;
        order = POSTGRES.stored(SampleOrder.fresh());
        List<LineQuantity> lines = List.of(new LineQuantity("L1", sku, 2));
        var inventory = POSTGRES.inventory();
        inventory.record(new Movement(
                SampleFacilities.WH_EAST,
                sku,
                2,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order.value(),
                PostgresExtension.START));
        inventory.reserve(order, lines, Set.of(SampleFacilities.WH_EAST));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                "nearest");
        id = inventory.allocate(order, plan).orElseThrow().getFirst().id();
    }

    @Test
    void livesFromReleaseToShipment() {
        Instant due = now().plus(Duration.ofHours(4));
        work.assigned(id, "gid://FulfillmentOrder/" + order);
        work.released(id, SampleAccounts.SHOP, "R-" + order, due);
        FulfillmentOrder released = work.get(id);
        assertThat(released.status()).isEqualTo(FulfillmentStatus.RELEASED);
        assertThat(released.workReference()).contains("R-" + order);
        assertThat(released.channelWork()).contains("gid://FulfillmentOrder/" + order);
        assertThat(released.deadline()).contains(due);

        FulfillmentOrder shipped =
                work.observed(id, shipped(new Tracking("DHL", "JD-" + order)), now(), Optional.empty());

        assertThat(shipped.status()).isEqualTo(FulfillmentStatus.SHIPPED);
        assertThat(shipped.tracking()).contains(new Tracking("DHL", "JD-" + order));
        assertThat(shipped.deadline()).isEmpty();
        assertThat(shipped).isEqualTo(work.get(id));
        assertThat(List.of("R-" + order, "gid://FulfillmentOrder/" + order, "JD-" + order, id.value()))
                .allSatisfy(name ->
                        assertThat(POSTGRES.database().trace().lookup(name)).contains(order.value()));
        assertThat(kinds()).containsSubsequence("work.allocated", "work.assigned", "work.released", "work.status");
        TraceEntry told = POSTGRES.database().trace().of(order.value()).getLast();
        assertThat(EventType.SHIPMENT_CONFIRMED.data(order.value(), told.detail()))
                .containsEntry("tracking", "JD-" + order)
                .hasEntrySatisfying(
                        "lines",
                        lines -> assertThat(lines)
                                .isEqualTo(shipped.lines().stream()
                                        .map(line -> Map.of(
                                                "quantity",
                                                (long) line.quantity(),
                                                "sku",
                                                line.sku().value()))
                                        .toList()));
    }

    @Test
    void lateAndUnknownReportsChangeNothing() {
        work.released(id, SampleAccounts.SHOP, "late", now());
        work.observed(id, progress(FulfillmentStatus.PACKED), now(), Optional.of(now()));
        FulfillmentOrder packed = work.get(id);

        assertThat(work.observed(id, progress(FulfillmentStatus.PICKING), now(), Optional.empty()))
                .isEqualTo(packed);
        assertThat(work.observed(id, WorkProgress.nothing(), now(), Optional.empty()))
                .isEqualTo(packed);
        work.rejected(id, "damaged");
        work.cancelled(id, "too late");
        work.observed(id, progress(FulfillmentStatus.SHIPPED), now(), Optional.empty());
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.REJECTED);
        assertThat(work.get(id).reason()).contains("damaged");
    }

    @Test
    void aFacilitysOwnWordsAreShownAndNotTraced() {
        work.released(id, SampleAccounts.SHOP, "words", now());

        FulfillmentOrder rejected = work.observed(
                id,
                new WorkProgress(
                        Optional.of(FulfillmentStatus.REJECTED), Optional.empty(), Optional.of("Mrs Canary was here")),
                now(),
                Optional.empty());

        assertThat(rejected.reason()).contains("Mrs Canary was here");
        assertThat(POSTGRES.database().trace().of(order.value()).toString())
                .contains("REJECTED")
                .doesNotContain("Canary");
    }

    @Test
    void repeatedReportsAreTracedOnce() {
        work.released(id, SampleAccounts.SHOP, "twice", now());
        work.released(id, SampleAccounts.SHOP, "twice", now().plusSeconds(9));
        work.observed(id, progress(FulfillmentStatus.ACKNOWLEDGED), now(), Optional.empty());
        work.observed(id, progress(FulfillmentStatus.ACKNOWLEDGED), now(), Optional.empty());

        assertThat(kinds())
                .filteredOn(kind -> kind.startsWith("work."))
                .containsExactly("work.allocated", "work.released", "work.status");
    }

    @Test
    void hintsStayUntilAReadingThatCameAfterThem() {
        work.released(id, SampleAccounts.POS, "H-" + order, now());
        Instant readAt = now();
        POSTGRES.clock().advance(Duration.ofMillis(1));

        assertThat(work.hint(SampleAccounts.POS, "H-" + order)).contains(order);
        assertThat(work.get(id).hinted()).isTrue();
        assertThat(work.observed(id, progress(FulfillmentStatus.RELEASED), readAt, Optional.empty())
                        .hinted())
                .isTrue();
        assertThat(work.observed(id, progress(FulfillmentStatus.RELEASED), now(), Optional.empty())
                        .hinted())
                .isFalse();
        assertThat(work.hint(SampleAccounts.SHOP, "H-" + order)).isEmpty();
        assertThat(work.hint(SampleAccounts.POS, "unheard of")).isEmpty();
    }

    @Test
    void openWorkIsFoundByItsNameAtTheChannel() {
        String channelWork = "gid://FulfillmentOrder/waits-" + order;
        work.assigned(id, channelWork);

        assertThat(work.mirrored(SampleAccounts.SHOP, channelWork)).contains(order);
        assertThat(work.mirrored(SampleAccounts.POS, channelWork)).isEmpty();
        assertThat(work.mirrored(SampleAccounts.SHOP, "unheard of")).isEmpty();

        work.released(id, SampleAccounts.POS, "W-" + order, now());
        assertThat(work.mirrored(SampleAccounts.SHOP, channelWork)).contains(order);

        work.cancelled(id, "the order has ended");
        assertThat(work.mirrored(SampleAccounts.SHOP, channelWork)).isEmpty();
    }

    @Test
    void workThatHasEndedTakesNoMoreHints() {
        work.released(id, SampleAccounts.POS, "E-" + order, now());
        work.hintAll(order);
        assertThat(work.get(id).hinted()).isTrue();
        work.observed(id, progress(FulfillmentStatus.SHIPPED), now(), Optional.empty());

        work.hintAll(order);
        assertThat(work.hint(SampleAccounts.POS, "E-" + order)).contains(order);
        assertThat(work.get(id).hinted()).isFalse();
    }

    @Test
    void workThatWasCancelledKeepsTheReferenceOfALateRelease() {
        work.cancelled(id, "not wanted");

        work.released(id, SampleAccounts.SHOP, "L-" + order, now());

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.CANCELLED);
        assertThat(work.get(id).workReference()).contains("L-" + order);
        assertThat(work.get(id).deadline()).isEmpty();
    }

    @Test
    void deadlineIsExtendedWhileOpen() {
        Instant until = now().plus(Duration.ofDays(1));
        work.extend(id, until);
        work.extend(id, until);
        assertThat(work.get(id).deadline()).contains(until);
        assertThat(kinds()).filteredOn("work.extended"::equals).hasSize(1);

        work.cancelled(id, "ended");
        work.extend(id, until.plusSeconds(1));
        assertThat(work.get(id).deadline()).isEmpty();
    }

    @Test
    void unknownWorkIsAnError() {
        FulfillmentOrderId nobody = FulfillmentOrderId.of(order, 9);

        assertThat(work.find(nobody)).isEmpty();
        assertThatThrownBy(() -> work.cancelled(nobody, "")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(id.value()).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private static WorkProgress progress(FulfillmentStatus status) {
        return new WorkProgress(Optional.of(status), Optional.empty(), Optional.empty());
    }

    private static WorkProgress shipped(Tracking tracking) {
        return new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.of(tracking), Optional.empty());
    }
}
