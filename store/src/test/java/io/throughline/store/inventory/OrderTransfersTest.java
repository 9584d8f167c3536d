package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
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
import io.throughline.domain.fulfillment.RoutingPlan.Sending;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goods that are sent to the store where an order is collected: reserved for it at every instant, wherever they are. */
class OrderTransfersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId FROM = SampleFacilities.ST_HARBOR;
    private static final FacilityId TO = SampleFacilities.ST_DOWNTOWN;
    private static final OrderTransferTerms TERMS = new OrderTransferTerms(
            new TransferTerms("stock-7", "stores", Duration.ofDays(2), 0, 0), Duration.ofHours(12));
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    private final Transfers transfers =
            POSTGRES.database().stock(SampleStockRules.plain()).transfers();
    private final OrderTransfers orderTransfers =
            POSTGRES.database().stock(SampleStockRules.plain()).orderTransfers();
    private final FacilityPauses pauses = POSTGRES.database().facilityPauses();
    private final Sku tee = Sku.of("SENT-" + NUMBERS.incrementAndGet());
    private final Sku cap = Sku.of("KEPT-" + NUMBERS.incrementAndGet());
    private OrderId order;
    private FulfillmentOrderId id;

    /** Two of the five tees that another store has, and the one cap that lies where both are to be collected. */
    @BeforeEach
    void ordered() {
        stock(FROM, tee, 5);
        stock(TO, cap, 1);
        order = POSTGRES.stored(SampleOrder.fresh());
        inventory.reserve(order, List.of(tees(2), caps()), Set.of(FROM, TO));
        id = give(List.of(tees(2), caps()), List.of(tees(2)));
    }

    @AfterEach
    void resumed() {
        pauses.resume(FROM, "ada");
        pauses.resume(TO, "ada");
    }

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void whatIsSentStaysReservedAllTheWay() {
        FulfillmentOrder waiting = work.get(id);
        assertThat(waiting.awaitsGoods()).isTrue();
        assertThat(waiting.deadline()).contains(POSTGRES.clock().instant().plus(TERMS.sendWithin()));
        assertThat(balance(FROM, tee)).isEqualTo(List.of(5, 2, 3));
        assertThat(transfer().status()).isEqualTo(TransferStatus.REQUESTED);
        assertThat(transfer().forWork()).contains(id);

        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        assertThat(balance(FROM, tee)).isEqualTo(List.of(3, 0, 3));
        assertThat(balance(TO, tee)).isEqualTo(List.of(0, 0, 0));
        assertThat(inTransit()).isEqualTo(2);
        assertThat(work.get(id).deadline()).contains(transfer().expectedAt());
        // Nothing of it is asked for again while it is on its way.
        inventory.reserve(order, List.of(tees(2), caps()), Set.of(FROM, TO));
        assertThat(balance(FROM, tee)).isEqualTo(List.of(3, 0, 3));

        OrderId other = POSTGRES.stored(SampleOrder.fresh());
        inventory.reserve(other, List.of(tees(4)), Set.of(FROM, TO));
        done(transfers.receive(transfer().id(), Map.of(tee, 2), "Ben"));
        assertThat(balance(TO, tee)).isEqualTo(List.of(2, 2, 0));
        assertThat(inTransit()).isZero();
        assertThat(work.get(id).awaitsGoods()).isFalse();
        assertThat(work.get(id).deadline()).isEmpty();
        assertThat(woken()).contains("throughline/work");

        inventory.consume(id);
        assertThat(balance(TO, tee)).isEqualTo(List.of(0, 0, 0));
        assertThat(balance(TO, cap)).isEqualTo(List.of(0, 0, 0));
        assertThat(kinds()).containsSubsequence("work.goods-sent", "work.goods-arrived", "stock.consumed");
        // The lines mention each other, and each name leads to its own.
        assertThat(POSTGRES.database().trace().lookup(transfer().id().value()))
                .contains(transfer().id().subject());
        assertThat(POSTGRES.database().trace().lookup(id.value())).contains(order.value());
    }

    /** Both stores are paused, one after the other: the time to send runs where neither is. */
    @Test
    void whoIsToSendItHasItsTimeAfterThePauseOfEither() {
        POSTGRES.clock().advance(Duration.ofHours(2));
        pauses.pause(new Pause(FROM, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        assertThat(work.get(id).deadline()).as("nobody knows the end").isEmpty();

        POSTGRES.clock().advance(Duration.ofDays(3));
        Instant until = POSTGRES.clock().instant().plus(Duration.ofDays(1));
        pauses.pause(new Pause(TO, OpenWork.WAIT, Optional.of(until), "ada"), "flooded, too");
        assertThat(work.get(id).deadline()).isEmpty();
        pauses.resume(FROM, "ada");
        assertThat(work.get(id).deadline()).contains(until.plus(Duration.ofHours(10)));

        POSTGRES.clock().advance(Duration.ofHours(1));
        pauses.resume(TO, "ada");
        assertThat(work.get(id).deadline()).contains(POSTGRES.clock().instant().plus(Duration.ofHours(10)));
        assertThat(kinds()).containsSubsequence("work.paused", "work.paused", "work.resumed", "work.resumed");
        assertThat(woken()).contains("throughline/work");
    }

    @Test
    void whatIsOnItsWayHasNothingToDoWithAPauseOfItsSender() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));

        pauses.pause(new Pause(FROM, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");

        assertThat(work.get(id).deadline()).contains(transfer().expectedAt());
    }

    @Test
    void whoSaysNoKeepsTheGoodsAndTheWorkIsGivenBackWithWhatLiesThere() {
        done(transfers.cancel(transfer().id(), "Ada"));

        assertThat(work.get(id).notBrought()).isTrue();
        assertThat(work.get(id).failedBy()).isEqualTo(FROM);
        Reroute reroute = POSTGRES.database().reroutes().latest(id).orElseThrow();
        assertThat(reroute.cause()).isEqualTo(RerouteCause.REJECTED);
        assertThat(reroute.finding().excluded()).containsExactly(FROM);
        assertThat(balance(FROM, tee)).isEqualTo(List.of(5, 0, 5));
        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(2);
        assertThat(balance(FacilityId.UNROUTED, cap).get(1)).isEqualTo(1);

        // The store itself has rejected nothing: it may be given the work again.
        stock(TO, tee, 2);
        FulfillmentOrderId again = give(List.of(tees(2), caps()), List.of());
        assertThat(work.get(again).facility()).isEqualTo(TO);
        assertThat(balance(TO, tee)).isEqualTo(List.of(2, 2, 0));
    }

    @Test
    void ofWhatIsSentShortTheRestIsLookedForElsewhere() {
        done(transfers.send(transfer().id(), Map.of(tee, 1), "Ada"));

        FulfillmentOrderId rest = FulfillmentOrderId.of(order, 2);
        assertThat(work.get(id).lines()).containsExactly(tees(1), caps());
        assertThat(work.get(rest).lines()).containsExactly(tees(1));
        assertThat(work.get(rest).notBrought()).isTrue();
        assertThat(POSTGRES.database().reroutes().latest(rest).orElseThrow().cause())
                .isEqualTo(RerouteCause.SHORT);
        assertThat(balance(FROM, tee)).isEqualTo(List.of(4, 0, 4));
        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(1);
        done(transfers.receive(transfer().id(), Map.of(tee, 1), "Ben"));
        assertThat(balance(TO, tee)).isEqualTo(List.of(1, 1, 0));
        assertThat(work.get(id).awaitsGoods()).isFalse();
    }

    @Test
    void ofWhatArrivesShortTheRestIsLookedForElsewhereAndTheDifferenceIsACase() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        done(transfers.receive(transfer().id(), Map.of(tee, 1), "Ben"));

        assertThat(work.get(id).lines()).containsExactly(tees(1), caps());
        assertThat(work.get(id).awaitsGoods()).isFalse();
        assertThat(work.get(FulfillmentOrderId.of(order, 2)).notBrought()).isTrue();
        assertThat(balance(TO, tee)).isEqualTo(List.of(1, 1, 0));
        assertThat(POSTGRES.database().cases().unclosed(List.of(transfer().id().subject())))
                .hasSize(1);
        // What is found after all is free, for others look for it already.
        done(transfers.receive(transfer().id(), Map.of(tee, 2), "Ben"));
        assertThat(balance(TO, tee).subList(0, 2)).isEqualTo(List.of(2, 1));
    }

    @Test
    void whereNothingArrivesTheWorkIsGivenBack() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        done(transfers.receive(transfer().id(), Map.of(tee, 0), "Ben"));

        assertThat(work.get(id).notBrought()).isTrue();
        assertThat(balance(TO, cap)).isEqualTo(List.of(1, 0, 1));
        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(2);
    }

    @Test
    void anOrderThatEndsCallsOffWhatIsNotSent() {
        inventory.releaseAll(order, "cancelled");

        assertThat(transfer().status()).isEqualTo(TransferStatus.CANCELLED);
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.CANCELLED);
        assertThat(balance(FROM, tee)).isEqualTo(List.of(5, 0, 5));
        assertThat(refused(transfers.send(transfer().id(), Map.of(tee, 2), "Ada")))
                .contains("only what is REQUESTED can be sent");
    }

    @Test
    void whatIsToldOfItIsWhatIsToldOfAnyTransfer() {
        inventory.releaseAll(order, "cancelled");

        List<TraceEntry> line = POSTGRES.database().trace().of(transfer().id().subject());
        assertThat(line).extracting(TraceEntry::kind).containsExactly("transfer.requested", "transfer.cancelled");
        assertThat(line)
                .allSatisfy(entry -> assertThat(entry.detail())
                        .containsEntry("sender", FROM.value())
                        .containsEntry("receiver", TO.value())
                        .containsEntry("work", id.value())
                        .containsEntry("actor", order.value()));
        assertThat(EventType.TRANSFER_CANCELLED.data(
                        transfer().id().subject(), line.getLast().detail()))
                .containsOnlyKeys("transfer", "sender", "receiver", "units");
    }

    /** Of an order that goes out in parts, what is on its way is a part that it has. */
    @Test
    void whatIsOnItsWayIsCountedWhereLessIsWanted() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        inventory.reserve(order, List.of(tees(5), caps()), Set.of(FROM, TO));
        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(3);

        PostgresInventory ledger = (PostgresInventory) inventory;
        POSTGRES.tables().useTransaction(handle -> ledger.reduce(handle, order, List.of(tees(4), caps())));

        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(2);
    }

    @Test
    void whatIsOnItsWayWhenItsOrderEndsIsFreeOnceItArrives() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        inventory.releaseAll(order, "cancelled");
        assertThat(transfer().status()).isEqualTo(TransferStatus.SENT);

        done(transfers.receive(transfer().id(), Map.of(tee, 2), "Ben"));
        assertThat(balance(TO, tee)).isEqualTo(List.of(2, 0, 2));
        assertThat(inTransit()).isZero();
    }

    @Test
    void whatIsGivenUpOnItsWayIsLookedForElsewhereAndFreeOnceItArrives() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        orderTransfers.giveUp(id, RerouteCause.SILENT);
        orderTransfers.giveUp(id, RerouteCause.SILENT);

        assertThat(work.get(id).notBrought()).isTrue();
        assertThat(balance(FacilityId.UNROUTED, tee).get(1)).isEqualTo(2);
        done(transfers.receive(transfer().id(), Map.of(tee, 2), "Ben"));
        assertThat(balance(TO, tee).subList(0, 2)).isEqualTo(List.of(2, 0));
        orderTransfers.giveUp(id, RerouteCause.SILENT);
        assertThat(POSTGRES.database().reroutes().ofOrder(order)).hasSize(1);
    }

    @Test
    void whatComesBackIsWhereItWasAndLookedForElsewhere() {
        done(transfers.send(transfer().id(), Map.of(tee, 2), "Ada"));
        done(transfers.cancel(transfer().id(), "Ada"));

        assertThat(work.get(id).notBrought()).isTrue();
        assertThat(balance(FROM, tee).subList(0, 2)).isEqualTo(List.of(5, 0));
        assertThat(inTransit()).isZero();
    }

    @Test
    void whatIsWantedNoMoreIsNotSent() {
        work.cancelled(id, "the order has ended");

        assertThat(refused(transfers.send(transfer().id(), Map.of(tee, 2), "Ada")))
                .contains("waits for it no more");
    }

    private FulfillmentOrderId give(List<LineQuantity> lines, List<LineQuantity> sent) {
        return inventory
                .allocateAgain(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        TO,
                                        DeliveryMethod.PICKUP,
                                        Optional.of("gid://1"),
                                        lines,
                                        sent.isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(new Sending(FROM, sent, TERMS)))),
                                "chosen"))
                .orElseThrow()
                .getLast()
                .id();
    }

    private Transfer transfer() {
        return orderTransfers.of(id).orElseThrow();
    }

    private LineQuantity tees(int units) {
        return new LineQuantity("L1", tee, units);
    }

    private LineQuantity caps() {
        return new LineQuantity("L2", cap, 1);
    }

    private void stock(FacilityId where, Sku sku, int units) {
        inventory.record(new Movement(
                where,
                sku,
                units,
                Kind.RECEIPT,
                StockSource.PEOPLE,
                sku + "/" + where,
                POSTGRES.clock().instant()));
    }

    /** On hand, reserved, available. */
    private List<Integer> balance(FacilityId where, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(one -> one.facility().equals(where))
                .findFirst()
                .map((Balance one) -> List.of(one.onHand(), one.reserved(), one.availableToPromise()))
                .orElse(List.of(0, 0, 0));
    }

    private int inTransit() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                                select coalesce(sum(quantity), 0) from stock_movement
                                where sku = :sku and measure = :measure
                                """)
                        .bind("sku", tee.value())
                        .bind("measure", Measure.IN_TRANSIT)
                        .mapTo(Integer.class)
                        .one());
    }

    private List<String> woken() {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.body().equals(id.value()))
                .map(InboxMessage::topic)
                .toList();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private static Transfer done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).transfer();
    }

    private static String refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).why();
    }
}
