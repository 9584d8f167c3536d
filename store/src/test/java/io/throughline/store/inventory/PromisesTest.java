package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Booking.Freed;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Reservation;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is promised when stock is short, late, kept for a while, or made of parts; and who loses it when a sale took it. */
class PromisesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final Set<FacilityId> BOTH = Set.of(EAST, WEST);
    private static final Instant MONDAY = Instant.parse("2026-12-07T08:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-12-11T08:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final Sku tee = Sku.of("TEE-" + number);
    private final Sku cap = Sku.of("CAP-" + number);
    private final Sku set = Sku.of("SET-" + number);
    private final Bundles bundles =
            sku -> sku.equals(set) ? List.of(new Part(tee, 2), new Part(cap, 1)) : List.of(new Part(sku, 1));
    private final StockRules rules =
            SampleStockRules.with(bundles, (facility, sku) -> sku.equals(cap) && facility.equals(WEST) ? 2 : 0);
    private final InventoryLedger inventory = POSTGRES.database().inventory(rules);
    private final IncomingSupply supply = POSTGRES.database().incomingSupply();
    private final Baskets baskets = POSTGRES.database().baskets(rules);

    @AfterEach
    void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    // --- shortage, by policy

    @Test
    void partOfALineIsReservedWhenThePolicySaysSo() {
        stock(EAST, tee, 3);
        OrderId order = order();

        assertThat(commit(order, OnShortage.PARTIAL, line("L1", tee, 5)))
                .isEqualTo(new Commitment.Partly(List.of(new Shortage(tee, 5, 3))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(3);

        stock(EAST, tee, 9);
        assertThat(commit(order, OnShortage.PARTIAL, line("L1", tee, 5))).isEqualTo(new Commitment.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(5);
    }

    @Test
    void safetyStockIsKeptBack() {
        stock(WEST, cap, 3);

        assertThat(commit(order(), OnShortage.REFUSE, line("L1", cap, 2)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(cap, 2, 1))));
        assertThat(inventory.availability(List.of(cap)).get(WEST)).containsEntry(cap, 1);
    }

    @Test
    void whatIsWantedElsewhereOnlyLeavesThisPlaceAlone() {
        stock(EAST, tee, 3);
        stock(WEST, tee, 5);
        inventory.commit(order(), List.of(line("L1", tee, 5)), new Terms(Set.of(WEST), OnShortage.REFUSE));

        assertThat(inventory.commit(order(), List.of(line("L1", tee, 2)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 2)))
                .as("one is left")
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 2, 1))));
    }

    /** The order that waits for something else keeps the one piece in the place where alone it can get it. */
    @Test
    void noOrderIsRoutedToWhatAnotherCanNotDoWithout() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        OrderId pickup = order();
        inventory.commit(pickup, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE));
        OrderId shipped = order();
        assertThat(commit(shipped, OnShortage.REFUSE, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());

        assertThat(inventory.availability(shipped, List.of(tee)))
                .isEqualTo(Map.of(EAST, Map.of(tee, 0), WEST, Map.of(tee, 1)));
        assertThat(inventory.availability(pickup, List.of(tee)).get(EAST)).containsEntry(tee, 1);
        assertThat(inventory.allocate(shipped, plan(EAST, line("L1", tee, 1)))).isEmpty();
        assertThat(inventory.allocate(shipped, plan(WEST, line("L1", tee, 1)))).isPresent();
        assertThat(inventory.allocate(pickup, plan(EAST, line("L1", tee, 1)))).isPresent();
    }

    /** A sale took what both relied on: whoever comes first gets what is left. */
    @Test
    void whatIsNotEnoughForAllKeepsNobodyFromIt() {
        stock(EAST, tee, 2);
        OrderId first = order();
        OrderId second = order();
        commit(first, OnShortage.REFUSE, line("L1", tee, 1));
        commit(second, OnShortage.REFUSE, line("L1", tee, 1));
        move(EAST, tee, Kind.SALE, -1);

        assertThat(inventory.availability(first, List.of(tee)).get(EAST)).containsEntry(tee, 1);
        assertThat(inventory.allocate(first, plan(EAST, line("L1", tee, 1)))).isPresent();
        assertThat(inventory.allocate(second, plan(EAST, line("L1", tee, 1)))).isEmpty();
    }

    // --- backorders

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

    @Test
    void oneTransactionServesOnlySoManyAndTheNextGoesOn() {
        int many = Backorders.MOST_AT_ONCE + 20;
        expect("po-1", 1, many, MONDAY);
        List<OrderId> waiting = Stream.generate(PromisesTest::order).limit(many).toList();
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
        List<OrderId> waiting = Stream.generate(PromisesTest::order).limit(many).toList();
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
        List<OrderId> waiting = Stream.generate(PromisesTest::order).limit(many).toList();
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

    // --- what an order is told of its stock

    @Test
    void anOrderIsWokenByTheLastOfWhatItWaitedFor() {
        expect("po-1", 1, 3, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 3));
        assertThat(inventory.stockOf(order).waiting()).containsExactly(new Commitment.Waiting("L1", tee, 3, MONDAY));
        assertThat(inventory.stockOf(order).promisedAt()).contains(MONDAY);

        move(EAST, tee, Kind.RECEIPT, 2);
        assertThat(hints(order)).as("one is still missing").isEmpty();
        move(EAST, tee, Kind.RECEIPT, 1);

        assertThat(hints(order)).containsExactly("throughline/stock-FREED");
        assertThat(inventory.stockOf(order).isUntroubled()).isTrue();
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    @Test
    void anOrderIsToldOfAnotherDate() {
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 2));

        expect("po-1", 2, 2, FRIDAY);
        assertThat(inventory.stockOf(order).promisedAt()).contains(FRIDAY);
        expect("po-1", 3, 1, FRIDAY);

        assertThat(inventory.stockOf(order).promisedAt()).isEmpty();
        assertThat(kinds(order)).containsExactly("stock.backordered", "stock.repromised", "stock.repromised");
        assertThat(hints(order)).containsExactly("throughline/stock-REPROMISED", "throughline/stock-REPROMISED");
    }

    @Test
    void anOrderIsToldThatASaleTookItsStock() {
        stock(EAST, tee, 1);
        FulfillmentOrderId work = work(1);

        move(EAST, tee, Kind.SALE, -1);

        assertThat(hints(work.order())).containsExactly("throughline/stock-DISPLACED");
        assertThat(inventory.stockOf(work.order()).displaced())
                .containsExactly(new Displaced(work, "L1", EAST, tee, 1));
    }

    // --- sales that happened

    @Test
    void aSaleTakesTheStockOfTheNewestWork() {
        stock(EAST, tee, 3);
        FulfillmentOrderId older = work(2);
        FulfillmentOrderId newer = work(1);

        Booking sale = move(EAST, tee, Kind.SALE, -2);

        assertThat(sale.displaced())
                .containsExactly(new Displaced(newer, "L1", EAST, tee, 1), new Displaced(older, "L1", EAST, tee, 1));
        assertThat(sale.newShortfall()).isZero();
        assertThat(kinds(newer.order())).endsWith("stock.displaced");
        assertThat(move(EAST, tee, Kind.SALE, -2))
                .extracting(
                        Booking::newShortfall, booking -> booking.displaced().size())
                .containsExactly(1, 1);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 3, 0, 0, 1, 0, 0));

        assertThat(move(EAST, tee, Kind.RECEIPT, 3).displaced()).isEmpty();

        assertThat(displacedUnits(older)).as("the oldest is served first").isZero();
        assertThat(displacedUnits(newer)).isEqualTo(1);
    }

    @Test
    void workThatGivesUpItsPlaceCoversTheOthers() {
        stock(EAST, tee, 2);
        FulfillmentOrderId older = work(1);
        FulfillmentOrderId newer = work(1);
        move(EAST, tee, Kind.SALE, -1);
        assertThat(displacedUnits(newer)).isEqualTo(1);

        inventory.release(older, false);

        assertThat(displacedUnits(newer)).isZero();
    }

    @Test
    void workThatLeavesAllTheSameIsAShortfall() {
        stock(EAST, tee, 1);
        FulfillmentOrderId work = work(1);
        move(EAST, tee, Kind.SALE, -1);

        inventory.consume(work);

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 1, 0, 0));
        assertThat(kinds(work.order())).endsWith("stock.consumed", "stock.short");
    }

    // --- bundles

    @Test
    void aBundleReservesAndSellsItsComponents() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);
        assertThat(inventory.availability(List.of(set)).get(EAST)).containsExactly(Map.entry(set, 2));
        OrderId order = order();
        assertThat(commit(order, OnShortage.REFUSE, line("L1", set, 2), line("L2", tee, 1)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(commit(order, OnShortage.REFUSE, line("L1", set, 2), line("L2", tee, 1)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(5);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isEqualTo(2);

        var work = inventory
                .allocate(order, plan(EAST, line("L1", set, 2), line("L2", tee, 1)))
                .orElseThrow()
                .getFirst();
        assertThat(work.lines()).containsExactly(line("L1", set, 2), line("L2", tee, 1));
        inventory.consume(work.id());

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 0, 0, 0));
        assertThat(balance(EAST, cap)).isEqualTo(new Balance(EAST, cap, 3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void linesThatShareAComponentAreAddedUp() {
        stock(EAST, tee, 4);
        stock(EAST, cap, 4);

        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 3), line("L2", set, 1)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(set, 1, 0))));
        assertThat(commit(order(), OnShortage.PARTIAL, line("L1", set, 3)))
                .isEqualTo(new Commitment.Partly(List.of(new Shortage(set, 3, 2))));
    }

    @Test
    void aBundleWaitsOnlyForTheComponentThatIsMissing() {
        stock(EAST, tee, 4);
        supply.expect(new Expected(new StockSource("erp", "po" + cap, 1), EAST, cap, 5, MONDAY));

        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", set, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", cap, 2, MONDAY))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
    }

    @Test
    void aBundleSoldAtTheTillTakesItsComponents() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);
        Movement sale = new Movement(EAST, set, -2, Kind.SALE, SampleStockRules.POS, "sale-" + set, now());

        assertThat(inventory.record(sale))
                .extracting(Booking::verdict, Booking::change)
                .containsExactly(Booking.Verdict.BOOKED, -6);
        assertThat(inventory.record(sale).verdict()).isEqualTo(Booking.Verdict.KNOWN);
        assertThat(balance(EAST, tee).onHand()).isEqualTo(1);
        assertThat(balance(EAST, cap).onHand()).isEqualTo(3);
    }

    @Test
    void aBundleIsNotCounted() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);

        assertThatThrownBy(() -> stock(EAST, set, 1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(balance(EAST, tee).onHand()).isEqualTo(5);
    }

    // --- baskets

    @Test
    void aBasketKeepsItsStockUntilItExpires() {
        stock(EAST, tee, 2);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        assertThat(hold(basket, expiry, line("L1", tee, 2))).contains(new Commitment.Reserved());
        assertThat(hold(basket, now().plus(Duration.ofHours(10)), line("L1", tee, 2)))
                .contains(new Commitment.Reserved());
        assertThat(baskets.find(basket))
                .contains(new Basket(
                        basket, Basket.State.HELD, expiry, Optional.empty(), List.of(line("L1", tee, 2)), List.of()));
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 1))).isInstanceOf(Commitment.Refused.class);
        assertThat(baskets.expire(100)).isZero();

        POSTGRES.clock().advance(Duration.ofMinutes(10));

        OrderId late = order();
        claim(basket, late);
        assertThat(baskets.expire(100)).isEqualTo(1);
        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.EXPIRED);
        assertThat(baskets.find(basket).orElseThrow().order()).isEmpty();
        assertThat(baskets.expire(100)).isZero();
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());
        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("L1", tee, 1)))
                .isEmpty();
    }

    @Test
    void anOrderTakesOverItsBasket() {
        stock(EAST, tee, 2);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 2));
        OrderId order = order();
        claim(basket, order);
        claim(basket, order());
        POSTGRES.clock().advance(Duration.ofMinutes(10));
        assertThat(baskets.expire(100)).as("it is on its way").isZero();

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());
        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.ORDERED);
        assertThat(baskets.find(basket).orElseThrow().order()).contains(order);
        assertThat(kinds(order)).containsExactly("stock.taken-over");
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2)))).isPresent();
    }

    /** Two tees and a cap lie in the cart, one tee is ordered: the rest is free again, and goes to whoever waits. */
    @Test
    void whatAnOrderDoesNotNeedOfItsBasketIsGivenBack() {
        stock(EAST, tee, 2);
        stock(EAST, cap, 1);
        expect("po-1", 1, 9, FRIDAY);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 2), line("2", cap, 1));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 1));
        OrderId order = order();
        claim(basket, order);

        commit(order, OnShortage.REFUSE, line("L1", tee, 1));

        assertThat(kinds(waiting)).endsWith("stock.freed");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isZero();
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    @Test
    void anOrderThatNeedsMoreThanItsBasketReservesTheRest() {
        stock(EAST, tee, 5);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 3));
        OrderId order = order();
        claim(basket, order);

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2), line("L2", tee, 2)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2), line("L2", tee, 2))))
                .isPresent();
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void aBasketKeepsWhatItNeedsNow() {
        stock(EAST, tee, 3);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        hold(basket, expiry, line("1", tee, 3));

        hold(basket, expiry, line("1", tee, 1));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        hold(basket, expiry, line("2", tee, 2));

        assertThat(baskets.find(basket).orElseThrow().reserved())
                .extracting(LineQuantity::lineId)
                .containsOnly("2");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        baskets.release(basket);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    /** The tees of the basket go to the line of tees, its cap to the set: only the tees of the set are still to be had. */
    @Test
    void aSetOfWhichTheBasketHadOnlyAPartNeedsOnlyTheOtherParts() {
        stock(EAST, tee, 4);
        stock(EAST, cap, 1);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 2), line("2", cap, 1));
        OrderId order = order();
        claim(basket, order);

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2), line("L2", set, 1)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isEqualTo(1);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2), line("L2", set, 1))))
                .isPresent();
    }

    /** What was kept for shipping is nothing to a customer who comes to one place, where nobody else is before him. */
    @Test
    void anOrderReservesAnewWhatItsBasketKeptElsewhere() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 1));
        OrderId order = order();
        claim(basket, order);

        assertThat(inventory.commit(order, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        OrderId other = order();
        assertThat(commit(other, OnShortage.REFUSE, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());
        assertThat(inventory.availability(other, List.of(tee)).get(EAST)).containsEntry(tee, 0);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 1)))).isPresent();
    }

    @Test
    void whatABasketKeptElsewhereIsRefusedWhereThereIsNone() {
        stock(WEST, tee, 1);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 1));
        OrderId order = order();
        claim(basket, order);

        assertThat(inventory.commit(order, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 1, 0))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void aBasketThatIsToBecomeAnOrderIsNotChanged() {
        stock(EAST, tee, 3);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 3));
        OrderId order = order();
        claim(basket, order);

        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 1)))
                .isEmpty();
        baskets.release(basket);

        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.HELD);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(3);
    }

    @Test
    void aChangeThatIsRefusedLeavesTheBasketAsItWas() {
        stock(EAST, tee, 2);
        stock(EAST, cap, 1);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        hold(basket, expiry, line("1", tee, 2), line("2", cap, 1));

        assertThat(hold(basket, expiry, line("1", tee, 3)).orElseThrow()).isInstanceOf(Commitment.Refused.class);

        assertThat(baskets.find(basket).orElseThrow().reserved())
                .containsExactlyInAnyOrder(line("1", tee, 2), line("2", cap, 1));
    }

    @Test
    void anOrderThatEndsBeforeItReservesGivesItsBasketBack() {
        stock(EAST, tee, 2);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 2));
        OrderId order = order();
        claim(basket, order);

        inventory.releaseAll(order, "not wanted");

        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.RELEASED);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void aNewBasketThatCanNotBeKeptIsNone() {
        BasketId basket = basket();

        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 3)))
                .contains(new Commitment.Refused(List.of(new Shortage(tee, 3, 0))));

        assertThat(baskets.find(basket)).isEmpty();
    }

    @Test
    void whatABasketWaitedForItsOrderWaitsForInItsPlace() {
        expect("po-1", 1, 5, FRIDAY);
        BasketId basket = basket();
        baskets.hold(
                basket,
                List.of(line("1", tee, 2)),
                new Terms(BOTH, OnShortage.BACKORDER),
                now().plus(Duration.ofMinutes(10)));
        OrderId later = order();
        commit(later, OnShortage.BACKORDER, line("L1", tee, 2));
        OrderId order = order();
        claim(basket, order);
        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 2, FRIDAY))));
        assertThat(inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 2, 0))));

        move(EAST, tee, Kind.RECEIPT, 2);

        assertThat(inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH)).isEqualTo(new Reservation.Reserved());
        assertThat(inventory.stockOf(later).waiting()).hasSize(1);
    }

    @Test
    void aBasketThatIsGivenUpFreesItsStock() {
        stock(EAST, tee, 2);
        expect("po-1", 1, 2, FRIDAY);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), line("L1", tee, 2));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 1));

        baskets.release(basket);
        baskets.release(basket);

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(kinds(waiting)).endsWith("stock.freed");
    }

    @Test
    void expiryFreesWhoeverWaitsAndEndsTheBasketsOwnWaiting() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 9, FRIDAY);
        BasketId basket = basket();
        baskets.hold(
                basket,
                List.of(line("L1", tee, 3)),
                new Terms(BOTH, OnShortage.BACKORDER),
                now().plus(Duration.ofMinutes(1)));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 2));

        POSTGRES.clock().advance(Duration.ofMinutes(1));
        assertThat(baskets.expire(100)).isEqualTo(1);

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(move(EAST, tee, Kind.RECEIPT, 5).freed()).containsExactly(new Freed(waiting.value(), "L1", tee, 1));
    }

    private Commitment commit(OrderId order, OnShortage onShortage, LineQuantity... lines) {
        return inventory.commit(order, List.of(lines), new Terms(BOTH, onShortage));
    }

    private static void claim(BasketId basket, OrderId order) {
        POSTGRES.tables().useHandle(handle -> BasketRows.claim(handle, basket, order, now()));
    }

    private Optional<Commitment> hold(BasketId basket, Instant expiresAt, LineQuantity... lines) {
        return baskets.hold(basket, List.of(lines), new Terms(BOTH, OnShortage.REFUSE), expiresAt);
    }

    private List<Repromised> expect(String id, long version, int units, Instant at) {
        return supply.expect(new Expected(new StockSource("erp", id + tee, version), EAST, tee, units, at));
    }

    private FulfillmentOrderId work(int units) {
        OrderId order = order();
        commit(order, OnShortage.REFUSE, line("L1", tee, units));
        return inventory
                .allocate(order, plan(EAST, line("L1", tee, units)))
                .orElseThrow()
                .getFirst()
                .id();
    }

    private int displacedUnits(FulfillmentOrderId work) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select sum(displaced) from reservation where fulfillment_order_id = ?", work.value())
                        .mapTo(Integer.class)
                        .one());
    }

    private static List<String> kinds(OrderId order) {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(entry -> entry.kind())
                .filter(kind -> kind.startsWith("stock."))
                .toList();
    }

    private static List<String> hints(OrderId order) {
        return messages(OrderStock.subject(order.value()));
    }

    private static List<String> messages(String subject) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select topic from inbox_message where subject = ? order by id", subject)
                        .mapTo(String.class)
                        .list());
    }

    private void stock(FacilityId facility, Sku sku, int units) {
        move(facility, sku, Kind.COUNT, units);
    }

    private Booking move(FacilityId facility, Sku sku, Kind kind, int units) {
        POSTGRES.clock().advance(Duration.ofMillis(1));
        return inventory.record(new Movement(
                facility, sku, units, kind, StockSource.PEOPLE, "m-" + NUMBERS.incrementAndGet() + sku, now()));
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }

    private Balance balance(FacilityId facility, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .findFirst()
                .orElseThrow();
    }

    private int reserved(FacilityId facility, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .mapToInt(Balance::reserved)
                .sum();
    }

    private static BasketId basket() {
        return new BasketId(SampleAccounts.SHOP, "cart-" + NUMBERS.incrementAndGet());
    }

    private static OrderId order() {
        return POSTGRES.stored(SampleOrder.fresh());
    }

    private static LineQuantity line(String id, Sku sku, int units) {
        return new LineQuantity(id, sku, units);
    }

    private static RoutingPlan plan(FacilityId facility, LineQuantity... lines) {
        return new RoutingPlan(
                List.of(new Assignment(facility, DeliveryMethod.SHIPPING, Optional.empty(), List.of(lines))),
                "as told");
    }
}
