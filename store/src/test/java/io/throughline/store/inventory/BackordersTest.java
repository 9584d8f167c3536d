package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Freed;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is missing waits for supply, and who gets it when it comes. */
class BackordersTest extends PromisesFixture {
    @Test
    void whatIsMissingWaitsForTheSupplyThatCoversIt() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 2, MONDAY);
        expect("po-2", 1, 5, FRIDAY);
        OrderId order = order();

        Commitment first = commit(order, OnShortage.BACKORDER, line("L1", tee, 2));
        Commitment second = commit(order(), OnShortage.BACKORDER, line("L1", tee, 2));

        assertThat(first).isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 1, MONDAY))));
        assertThat(supply.awaitedFrom(AccountId.of("erp"))).isTrue();
        assertThat(supply.awaitedFrom(AccountId.of("another-erp"))).isFalse();
        assertThat(second).isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 2, FRIDAY))));
        assertThat(commit(order, OnShortage.BACKORDER, line("L1", tee, 2)))
                .as("asked again")
                .isEqualTo(first);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 5)))
                .as("more than will come")
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 5, 0))));
    }

    @Test
    void twoLinesOfOneOrderWaitBehindEachOther() {
        expect("po-1", 1, 2, MONDAY);
        expect("po-2", 1, 2, FRIDAY);

        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 2), line("L2", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(
                        new Commitment.Waiting("L1", tee, 2, MONDAY), new Commitment.Waiting("L2", tee, 2, FRIDAY))));
        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 1))).isInstanceOf(Commitment.Refused.class);
    }

    @Test
    void receiptsFreeTheOldestFirst() {
        expect("po-1", 1, 6, MONDAY);
        OrderId older = order();
        OrderId newer = order();
        commit(older, OnShortage.BACKORDER, line("L1", tee, 3));
        commit(newer, OnShortage.BACKORDER, line("L1", tee, 3));

        Booking receipt = move(EAST, tee, Kind.RECEIPT, 4);

        assertThat(receipt.freed())
                .containsExactly(new Freed(older.value(), "L1", tee, 3), new Freed(newer.value(), "L1", tee, 1));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
        assertThat(inventory.allocate(older, plan(EAST, line("L1", tee, 3)))).isPresent();
        assertThat(kinds(newer)).containsExactly("stock.backordered", "stock.freed");
        assertThat(move(EAST, tee, Kind.RECEIPT, 4).freed()).containsExactly(new Freed(newer.value(), "L1", tee, 2));
    }

    /** As an ERP tells it: what has come is moved, and less is on order from then on; then the rest is put off, and called off. */
    @Test
    void aPurchaseThatComesInPartFreesItsPartAndTheRestWaitsOn() {
        expect("po-1", 1, 6, MONDAY);
        OrderId older = order();
        OrderId newer = order();
        commit(older, OnShortage.BACKORDER, line("L1", tee, 3));
        commit(newer, OnShortage.BACKORDER, line("L1", tee, 3));

        move(EAST, tee, Kind.RECEIPT, 4);
        assertThat(expect("po-1", 2, 2, MONDAY)).as("no promise moves").isEmpty();
        assertThat(hints(older)).containsExactly("throughline/stock-FREED");
        assertThat(inventory.allocate(older, plan(EAST, line("L1", tee, 3)))).isPresent();
        assertThat(inventory.stockOf(newer).waiting()).containsExactly(new Commitment.Waiting("L1", tee, 2, MONDAY));
        assertThat(hints(newer)).as("it goes out whole").isEmpty();

        expect("po-1", 3, 2, FRIDAY);
        assertThat(promise(newer)).isEqualTo(new OrderPromise(2, Optional.of(MONDAY), Optional.of(FRIDAY), false));
        assertThat(hints(newer)).containsExactly("throughline/stock-REPROMISED");
        expect("po-1", 4, 0, FRIDAY);
        assertThat(promise(newer)).isEqualTo(new OrderPromise(3, Optional.of(MONDAY), Optional.empty(), false));
        assertThat(hints(newer)).containsExactly("throughline/stock-REPROMISED", "throughline/stock-REPROMISED");

        move(EAST, tee, Kind.RECEIPT, 2);
        assertThat(inventory.stockOf(newer).waiting()).isEmpty();
        assertThat(hints(newer)).last().isEqualTo("throughline/stock-FREED");
        assertThat(inventory.allocate(newer, plan(EAST, line("L1", tee, 3)))).isPresent();
    }

    private OrderPromise promise(OrderId order) {
        return inventory.stockOf(order).promise().orElseThrow();
    }

    @Test
    void oneTransactionServesOnlySoManyAndTheNextGoesOn() {
        int many = Backorders.MOST_AT_ONCE + 20;
        expect("po-1", 1, many, MONDAY);
        List<OrderId> waiting =
                Stream.generate(PromisesFixture::order).limit(many).toList();
        waiting.forEach(order -> commit(order, OnShortage.BACKORDER, line("L1", tee, 1)));

        assertThat(move(EAST, tee, Kind.RECEIPT, many).freed())
                .extracting(Freed::holder)
                .containsExactlyElementsOf(waiting.subList(0, Backorders.MOST_AT_ONCE).stream()
                        .map(OrderId::value)
                        .toList());
        assertThat(messages(InventoryLedger.goOn(tee))).hasSize(1);
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 21))).isInstanceOf(Commitment.Refused.class);

        inventory.offer(tee);

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(many);
        assertThat(messages(InventoryLedger.goOn(tee))).hasSize(1);
    }

    @Test
    void oneTransactionMovesOnlySoManyPromisesAndTheNextGoesOn() {
        int many = Backorders.MOST_AT_ONCE + 20;
        expect("po-1", 1, many, MONDAY);
        List<OrderId> waiting =
                Stream.generate(PromisesFixture::order).limit(many).toList();
        waiting.forEach(order -> commit(order, OnShortage.BACKORDER, line("L1", tee, 1)));

        assertThat(expect("po-1", 2, many, FRIDAY)).hasSize(Backorders.MOST_AT_ONCE);
        assertThat(messages(InventoryLedger.goOn(tee))).hasSize(1);
        inventory.offer(tee);

        assertThat(waiting)
                .allMatch(order -> inventory.stockOf(order).promisedAt().equals(Optional.of(FRIDAY)));
        assertThat(messages(InventoryLedger.goOn(tee))).hasSize(1);
    }

    /** What is taken for the first hundred, the purchase that was for all of them, is no news to those who are served next. */
    @Test
    void whoIsServedNextIsToldOfNoOtherPromise() {
        int many = Backorders.MOST_AT_ONCE + 20;
        expect("po-1", 1, many, MONDAY);
        List<OrderId> waiting =
                Stream.generate(PromisesFixture::order).limit(many).toList();
        waiting.forEach(order -> commit(order, OnShortage.BACKORDER, line("L1", tee, 1)));
        POSTGRES.tables().useHandle(handle -> handle.execute("delete from incoming_supply where sku = ?", tee.value()));

        assertThat(move(EAST, tee, Kind.RECEIPT, many).repromised()).isEmpty();
    }

    @Test
    void stockAtAPlaceThatMayNotServeFreesNobody() {
        supply.expect(new Expected(new StockSource("erp", "po" + tee, 1), EAST, tee, 1, MONDAY));
        OrderId order = order();
        inventory.commit(order, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.BACKORDER));

        assertThat(move(WEST, tee, Kind.RECEIPT, 4).freed()).isEmpty();
        assertThat(move(EAST, tee, Kind.RECEIPT, 1).freed()).hasSize(1);
    }

    @Test
    void stockThatRoutingLeavesAloneGoesToWhoeverWaitsForIt() {
        stock(WEST, tee, 2);
        OrderId routed = order();
        commit(routed, OnShortage.REFUSE, line("L1", tee, 2));
        supply.expect(new Expected(new StockSource("erp", "po" + tee, 1), EAST, tee, 2, MONDAY));
        OrderId waiting = order();
        inventory.commit(waiting, List.of(line("L1", tee, 2)), new Terms(Set.of(EAST), OnShortage.BACKORDER));
        assertThat(move(EAST, tee, Kind.RECEIPT, 2).freed())
                .as("demand without a facility may take it yet")
                .isEmpty();

        assertThat(inventory.allocate(routed, plan(WEST, line("L1", tee, 2)))).isPresent();

        assertThat(kinds(waiting)).containsExactly("stock.backordered", "stock.freed");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
    }

    @Test
    void whatAnotherOrderGivesBackGoesToWhoeverWaits() {
        stock(EAST, tee, 2);
        expect("po-1", 1, 9, FRIDAY);
        OrderId first = order();
        commit(first, OnShortage.REFUSE, line("L1", tee, 2));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 2));

        inventory.releaseAll(first, "not wanted");

        assertThat(commit(waiting, OnShortage.BACKORDER, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());
        assertThat(kinds(waiting)).containsExactly("stock.backordered", "stock.freed");
    }

    @Test
    void aLineThatWasTakenOffIsNotWaitedFor() {
        stock(EAST, tee, 1);
        supply.expect(new Expected(new StockSource("erp", "po" + cap, 1), EAST, cap, 5, MONDAY));
        OrderId order = order();
        assertThat(commit(order, OnShortage.BACKORDER, line("L1", tee, 1), line("L2", cap, 1)))
                .isInstanceOf(Commitment.Backordered.class);

        assertThat(commit(order, OnShortage.BACKORDER, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());

        assertThat(inventory.stockOf(order).waiting()).isEmpty();
        assertThat(kinds(order)).containsExactly("stock.backordered", "stock.released");
        assertThat(move(EAST, cap, Kind.RECEIPT, 1).freed()).isEmpty();
    }

    @Test
    void onlyTheUnitsThatAreStillWantedAreWaitedFor() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 9, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 4));

        assertThat(commit(order, OnShortage.BACKORDER, line("L1", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 1, MONDAY))));
        assertThat(commit(order, OnShortage.BACKORDER, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
    }

    @Test
    void aCancelledOrderWaitsNoMore() {
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 2));

        inventory.releaseAll(order, "not wanted");

        assertThat(move(EAST, tee, Kind.RECEIPT, 2).freed()).isEmpty();
    }

    @Test
    void laterSupplyMovesThePromise() {
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 2));

        assertThat(expect("po-1", 2, 2, FRIDAY))
                .containsExactly(new Repromised(order.value(), "L1", tee, Optional.of(MONDAY), Optional.of(FRIDAY)));
        assertThat(expect("po-1", 1, 2, MONDAY)).as("an older version").isEmpty();
        assertThat(expect("po-1", 3, 1, FRIDAY))
                .containsExactly(new Repromised(order.value(), "L1", tee, Optional.of(FRIDAY), Optional.empty()));
        assertThat(supply.open(List.of(tee))).extracting(Expected::outstanding).containsExactly(1);
    }

    @Test
    void supplyThatIsLateIsPromisedToNobody() {
        Instant soon = now().plus(Duration.ofHours(1));
        expect("po-1", 1, 5, soon);
        OrderId waiting = order();
        assertThat(commit(waiting, OnShortage.BACKORDER, line("L1", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 2, soon))));
        inventory.offer(tee);
        assertThat(hints(waiting)).isEmpty();

        POSTGRES.clock().advance(Duration.ofHours(1));
        inventory.offer(tee);

        assertThat(inventory.stockOf(waiting).waiting())
                .containsExactly(new Commitment.Waiting("L1", tee, 2, Instant.MAX));
        assertThat(hints(waiting)).containsExactly("throughline/stock-REPROMISED");
        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 1)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 1, 0))));

        expect("po-1", 2, 5, FRIDAY);
        assertThat(inventory.stockOf(waiting).promisedAt()).contains(FRIDAY);
        assertThat(hints(waiting)).containsExactly("throughline/stock-REPROMISED", "throughline/stock-EXPECTED");
    }

    @Test
    void whatWasPromisedWithoutAPlaceTakesFromSupplyBeforeWhoeverWaits() {
        stock(EAST, tee, 4);
        commit(order(), OnShortage.REFUSE, line("L1", tee, 4));
        stock(EAST, tee, 1);
        expect("po-1", 1, 5, MONDAY);

        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 3)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 3, 0))));
        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 2, MONDAY))));
    }

    /** What was sold and never there is covered first. */
    @Test
    void whatIsMissingInAPlaceTakesFromItsSupplyBeforeWhoeverWaits() {
        move(EAST, tee, Kind.SALE, -5);
        expect("po-1", 1, 10, MONDAY);

        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 6))).isInstanceOf(Commitment.Refused.class);
        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", tee, 5)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 5, MONDAY))));
    }

    @Test
    void whatACountHadSeenLeaveIsOfferedToWhoeverWaits() {
        stock(EAST, tee, 2);
        FulfillmentOrderId work = work(2);
        expect("po-1", 1, 9, FRIDAY);
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 1));
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update fulfillment_order set status = 'SHIPPED', handed_over_at = ? where id = ?",
                        Columns.at(now().minusSeconds(60)),
                        work.value()));
        stock(EAST, tee, 2);

        inventory.consume(work);
        assertThat(inventory.waitedFor()).contains(tee);
        inventory.offer(tee);

        assertThat(kinds(waiting)).containsExactly("stock.backordered", "stock.freed");
        assertThat(inventory.waitedFor()).doesNotContain(tee);
    }
}
