package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a facility has to do, and that it is spared for a while. */
class FacilityPausesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId STORE = SampleFacilities.ST_HARBOR;
    private static final List<LineQuantity> LINES = List.of(new LineQuantity("L1", Sku.of("PAUSE-1"), 1));
    private static final Set<FulfillmentStatus> OPEN =
            EnumSet.range(FulfillmentStatus.RELEASED, FulfillmentStatus.READY_FOR_PICKUP);

    private final FacilityPauses pauses = POSTGRES.database().facilityPauses();
    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    private final WorkLists lists = POSTGRES.database().workLists();
    private FulfillmentOrderId id = new FulfillmentOrderId("O-0000000000-F1");

    @BeforeEach
    void release() {
        id = released(DeliveryMethod.SHIPPING, Duration.ofHours(4));
    }

    @AfterEach
    void resume() {
        pauses.resume(STORE, "ada");
        lists.at(STORE, OPEN, Optional.empty(), 500)
                .forEach(item -> work.cancelled(item.work().id(), "the test is over"));
    }

    @Test
    void whoeverFoundNoFacilityHearsThatThereIsOneAgain() {
        pauses.pause(new Pause(STORE, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        int before = resumptions();
        POSTGRES.clock().advance(Duration.ofSeconds(1));

        assertThat(pauses.resume(STORE, "ada")).isTrue();
        assertThat(pauses.resume(STORE, "ada")).isFalse();

        assertThat(resumptions()).as("once").isEqualTo(before + 1);
    }

    @Test
    void aPauseThatEndsByItsDateIsToldOnce() {
        Instant now = POSTGRES.clock().instant();
        pauses.pause(new Pause(STORE, OpenWork.WAIT, Optional.of(now.plus(Duration.ofHours(1))), "ada"), "flooded");
        int before = resumptions();
        assertThat(pauses.tellEnded()).as("it lasts").isZero();

        POSTGRES.clock().advance(Duration.ofHours(1));
        assertThat(pauses.tellEnded()).isEqualTo(1);
        assertThat(pauses.tellEnded()).isZero();

        assertThat(resumptions()).isEqualTo(before + 1);
        Instant again = POSTGRES.clock().instant();
        pauses.pause(new Pause(STORE, OpenWork.WAIT, Optional.of(again.plus(Duration.ofHours(1))), "ada"), "again");
        POSTGRES.clock().advance(Duration.ofHours(2));
        assertThat(pauses.tellEnded()).as("another one").isEqualTo(1);
    }

    private static int resumptions() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from inbox_message where topic = 'throughline/resumed' and subject = ?",
                                "facility/" + STORE)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void workThatIsToGoElsewhereHasAProcessForThatAndItsOwnIsWoken() {
        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");

        assertThat(pauses.paused()).containsExactly(STORE);
        assertThat(causes(id)).containsExactly(RerouteCause.PAUSED);
        assertThat(kinds("facility/" + STORE)).endsWith("facility.paused");
        assertThat(POSTGRES.dispatched()).extracting(InboxMessage::body).contains(id.value());
        assertThat(kinds(id.order().value())).contains("work.paused", "reroute.opened");
        assertThat(POSTGRES.database().trace().of("facility/" + STORE).toString())
                .doesNotContain("flooded");
    }

    @Test
    void workThatWaitsHasWhatWasLeftOfItsTimeFromTheEndOfThePause() {
        Instant end = now().plus(Duration.ofHours(9));

        pauses.pause(pause(OpenWork.WAIT, Optional.of(end)), "stocktaking");

        assertThat(work.get(id).deadline()).contains(end.plus(Duration.ofHours(4)));
        assertThat(causes(id)).isEmpty();
        POSTGRES.clock().advance(Duration.ofHours(10));
        assertThat(pauses.paused()).as("it ends by itself").isEmpty();
        assertThat(work.get(id).deadline()).contains(now().plus(Duration.ofHours(3)));
    }

    @Test
    void whatIsBegunAndNotPackedGoesElsewhereTooAndTheRestStays() {
        FulfillmentOrderId pickup = released(DeliveryMethod.PICKUP, Duration.ofHours(4));
        FulfillmentOrderId packed = released(DeliveryMethod.SHIPPING, Duration.ofHours(4));
        comes(packed, FulfillmentStatus.PACKED, Duration.ofHours(4));
        report(id, new StoreReport.Acknowledged());
        report(id, new StoreReport.PickStarted());

        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");

        assertThat(causes(id)).containsExactly(RerouteCause.PAUSED);
        assertThat(causes(pickup)).isEmpty();
        assertThat(causes(packed)).isEmpty();
        assertThat(kinds(pickup.order().value())).contains("work.paused");
    }

    @ParameterizedTest
    @EnumSource(OpenWork.class)
    void nobodyIsLateToCollectWhatCouldNotBeCollected(OpenWork openWork) {
        FulfillmentOrderId pickup = released(DeliveryMethod.PICKUP, Duration.ofHours(4));
        comes(pickup, FulfillmentStatus.READY_FOR_PICKUP, Duration.ofDays(2));
        Optional<Instant> end =
                openWork == OpenWork.WAIT ? Optional.of(now().plus(Duration.ofDays(90))) : Optional.empty();

        pauses.pause(pause(openWork, end), "flooded");

        assertThat(work.get(pickup).deadline()).isEqualTo(end.map(until -> until.plus(Duration.ofDays(2))));
        POSTGRES.clock().advance(Duration.ofDays(30));
        POSTGRES.dispatched();
        pauses.resume(STORE, "bob");
        assertThat(work.get(pickup).deadline()).contains(now().plus(Duration.ofDays(2)));
        assertThat(kinds(pickup.order().value())).endsWith("work.resumed");
        assertThat(POSTGRES.dispatched()).extracting(InboxMessage::body).contains(pickup.value());
    }

    @Test
    void whatIsSetWhileItIsPausedRunsFromItsEnd() {
        Instant end = now().plus(Duration.ofHours(9));
        pauses.pause(pause(OpenWork.WAIT, Optional.of(end)), "stocktaking");
        POSTGRES.clock().advance(Duration.ofHours(3));

        comes(id, FulfillmentStatus.ACKNOWLEDGED, Duration.ofHours(24));
        assertThat(work.get(id).deadline()).contains(end.plus(Duration.ofHours(24)));
        work.observed(
                id,
                new WorkProgress(Optional.of(FulfillmentStatus.PICKING), Optional.empty(), Optional.empty()),
                now(),
                work.get(id).deadline());
        assertThat(work.get(id).deadline()).as("the time that it has had").contains(end.plus(Duration.ofHours(24)));
        work.extend(id, now().plus(Duration.ofHours(1)));
        assertThat(work.get(id).deadline()).contains(end.plus(Duration.ofHours(1)));
        FulfillmentOrderId given = released(DeliveryMethod.PICKUP, Duration.ofHours(5));
        assertThat(work.get(given).deadline()).contains(end.plus(Duration.ofHours(5)));
    }

    @Test
    void anotherEndMovesItsTimeAndAPauseThatEndedByItselfIsOver() {
        Instant end = now().plus(Duration.ofHours(9));
        pauses.pause(pause(OpenWork.WAIT, Optional.of(end)), "stocktaking");
        POSTGRES.clock().advance(Duration.ofHours(3));

        pauses.pause(pause(OpenWork.WAIT, Optional.of(end.plus(Duration.ofDays(1)))), "it takes longer");
        assertThat(work.get(id).deadline()).contains(end.plus(Duration.ofHours(28)));
        pauses.pause(pause(OpenWork.WAIT, Optional.of(end)), "it does not");
        assertThat(work.get(id).deadline()).contains(end.plus(Duration.ofHours(4)));

        POSTGRES.clock().advance(Duration.ofHours(7));
        Instant again = now().plus(Duration.ofHours(1));
        pauses.pause(pause(OpenWork.WAIT, Optional.of(again)), "once more");
        assertThat(work.get(id).deadline()).contains(again.plus(Duration.ofHours(3)));
    }

    /** Held for three hours, of which it is paused for the last two and for one more. */
    @Test
    void timeThatAHoldAndAPauseStopIsGivenBackOnce() {
        Instant due = work.get(id).deadline().orElseThrow();
        WorkHolds holds = POSTGRES.database().workHolds();
        holds.place(id.order(), new WorkHold(WorkHold.Source.DISPUTE, "D1", "disputed"));
        POSTGRES.clock().advance(Duration.ofHours(1));
        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");
        POSTGRES.clock().advance(Duration.ofHours(2));
        holds.end(id.order(), WorkHold.Source.DISPUTE, "D1", "won");
        POSTGRES.clock().advance(Duration.ofHours(1));

        pauses.resume(STORE, "bob");

        assertThat(work.get(id).deadline()).contains(due.plus(Duration.ofHours(4)));
    }

    @Test
    void timeThatAPauseAndThenAHoldStopIsGivenBackOnce() {
        Instant due = work.get(id).deadline().orElseThrow();
        WorkHolds holds = POSTGRES.database().workHolds();
        holds.place(id.order(), new WorkHold(WorkHold.Source.DISPUTE, "D1", "disputed"));
        POSTGRES.clock().advance(Duration.ofHours(1));
        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");
        POSTGRES.clock().advance(Duration.ofHours(2));
        pauses.resume(STORE, "bob");
        POSTGRES.clock().advance(Duration.ofHours(1));

        holds.end(id.order(), WorkHold.Source.DISPUTE, "D1", "won");

        assertThat(work.get(id).deadline()).contains(due.plus(Duration.ofHours(4)));
    }

    @Test
    void theSameAgainChangesNothingAndAResumptionEndsIt() {
        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");
        int told = kinds("facility/" + STORE).size();

        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");
        assertThat(kinds("facility/" + STORE)).hasSize(told);

        assertThat(pauses.resume(STORE, "bob")).isTrue();
        assertThat(pauses.resume(STORE, "bob")).isFalse();
        assertThat(pauses.of(STORE)).isEmpty();
        assertThat(kinds("facility/" + STORE)).hasSize(told + 1).endsWith("facility.resumed");
    }

    @Test
    void whatWasNotTakenAwayBeforeTheResumptionHasItsTimeAgain() {
        Instant due = work.get(id).deadline().orElseThrow();
        pauses.pause(pause(OpenWork.REROUTE, Optional.empty()), "flooded");
        POSTGRES.clock().advance(Duration.ofMinutes(5));
        pauses.pause(pause(OpenWork.REROUTE, Optional.of(now().plus(Duration.ofHours(1)))), "for an hour");

        pauses.resume(STORE, "bob");

        assertThat(work.get(id).deadline()).contains(due.plus(Duration.ofMinutes(5)));
    }

    @Test
    void onlyWhatAPauseTookFromAFacilityMayComeBackToIt() {
        work.rejected(id, FulfillmentOrder.WITHDRAWN);
        POSTGRES.inventory().release(id, true);
        FulfillmentOrderId again = allotted(id.order(), DeliveryMethod.SHIPPING);

        assertThat(work.get(again).facility()).isEqualTo(STORE);

        work.rejected(again, "no time");
        POSTGRES.inventory().release(again, true);
        assertThatThrownBy(() -> allotted(id.order(), DeliveryMethod.SHIPPING))
                .hasStackTraceContaining("SQLSTATE 23514");
    }

    @Test
    void theListBeginsWithWhoeverWaitsAndThenGoesByDeadline() {
        FulfillmentOrderId urgent = released(DeliveryMethod.SHIPPING, Duration.ofHours(1));
        FulfillmentOrderId pickup = released(DeliveryMethod.PICKUP, Duration.ofHours(9));
        report(pickup, new StoreReport.Arrival(Optional.of("Bay 3")));

        List<WorkLists.Item> list = lists.at(STORE, OPEN, Optional.empty(), 10);

        assertThat(list).extracting(item -> item.work().id()).containsExactly(pickup, urgent, id);
        assertThat(list.getFirst().arrivedAt()).contains(now());
        assertThat(list.getFirst().spot()).contains("Bay 3");
        assertThat(list.getFirst().customer()).contains("Ada Canary");
        assertThat(lists.at(STORE, OPEN, Optional.of(pickup), 1))
                .extracting(item -> item.work().id())
                .containsExactly(urgent);
        assertThat(lists.at(STORE, EnumSet.of(FulfillmentStatus.PACKED), Optional.empty(), 10))
                .isEmpty();
        assertThat(kinds(pickup.order().value())).contains("work.arrived");
    }

    private void comes(FulfillmentOrderId about, FulfillmentStatus status, Duration patience) {
        work.observed(
                about,
                new WorkProgress(Optional.of(status), Optional.empty(), Optional.empty()),
                now(),
                Optional.of(now().plus(patience)));
    }

    private static List<RerouteCause> causes(FulfillmentOrderId about) {
        return POSTGRES.database().reroutes().ofOrder(about.order()).stream()
                .filter(one -> one.id().work().equals(about))
                .map(Reroute::cause)
                .toList();
    }

    private void report(FulfillmentOrderId about, StoreReport report) {
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .storeReports()
                .take(about, report, "device", status -> Optional.of(now().plus(Duration.ofHours(4))));
    }

    private static Pause pause(OpenWork openWork, Optional<Instant> until) {
        return new Pause(STORE, openWork, until, "ada");
    }

    private FulfillmentOrderId released(DeliveryMethod method, Duration patience) {
        OrderId order = POSTGRES.stored(SampleOrder.fresh(), SampleOrder.ada());
        InventoryLedger inventory = POSTGRES.inventory();
        inventory.record(new Movement(
                STORE, Sku.of("PAUSE-1"), 1, Movement.Kind.RECEIPT, StockSource.PEOPLE, order.value(), now()));
        inventory.reserve(order, LINES, Set.of(STORE));
        FulfillmentOrderId made = allotted(order, method);
        work.released(made, SampleAccounts.POS, "SQ-" + order, now().plus(patience));
        return made;
    }

    /** The work that was given out last. */
    private static FulfillmentOrderId allotted(OrderId order, DeliveryMethod method) {
        return POSTGRES.inventory()
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(STORE, method, Optional.empty(), LINES)), "nearest"))
                .orElseThrow()
                .getLast()
                .id();
    }

    private static List<String> kinds(String subject) {
        return POSTGRES.database().trace().of(subject).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
