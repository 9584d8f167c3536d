package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.PublicationPlan;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Publications.Page;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What accounts are told of the ledger, and what they are not. */
class PublicationsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId OTHER = AccountId.of("another-shop");
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Set<FacilityId> PLACES = Set.of(HARBOR);
    private static final String TERMS = "LIVE stock-1";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Publications publications =
            POSTGRES.database().stock(SampleStockRules.plain()).publications();
    private final PublicationPlan plan = new PublicationPlan(EnumSet.allOf(ShownState.class));
    private final AccountId account = AccountId.of("shop-" + NUMBERS.incrementAndGet());
    private final Sku tee = Sku.of("SHOWN-" + NUMBERS.incrementAndGet());
    private final StockSubject place = new StockSubject(HARBOR, tee);

    @Test
    void eachChangedPlaceIsNewsOnceHoweverOftenItChanged() {
        move(Kind.COUNT, 10);
        move(Kind.SALE, -1);
        move(Kind.SALE, -2);

        assertThat(news(account)).containsOnlyOnce(place);
        assertThat(news(account)).isEmpty();
        move(Kind.SALE, -1);
        assertThat(news(account)).containsExactly(place);
    }

    @Test
    void whatIsCommittedLateIsNewsAllTheSame() throws SQLException {
        move(Kind.COUNT, 10);
        try (Connection late = connection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("update stock_balance set sku = sku where sku = '" + tee + "'");
            news(account);
            Sku other = Sku.of("LATER-" + NUMBERS.incrementAndGet());
            move(other, Kind.COUNT, 1);
            assertThat(news(account)).containsExactly(new StockSubject(HARBOR, other));
            late.commit();
        }
        assertThat(news(account)).containsExactly(place);
    }

    @Test
    void aSweepGoesOnWhereItWasLeft() {
        for (int i = 0; i < 5; i++) {
            move(Sku.of("PAGED-" + NUMBERS.incrementAndGet()), Kind.COUNT, 1);
        }
        Page first = publications.changed(account, PLACES, TERMS, 2);
        publications.done(account, first);
        Page second = publications.changed(account, PLACES, TERMS, 2);

        assertThat(first.last()).isFalse();
        assertThat(second.places()).hasSize(2).doesNotContainAnyElementsOf(first.places());
        assertThat(publications.changed(account, PLACES, TERMS, 2)).isEqualTo(second);
    }

    @Test
    void otherTermsMakeEverythingNewsAndAnotherModeForgetsWhatIsShown() {
        move(Kind.COUNT, 10);
        known(account, 10);
        news(account);

        assertThat(publications.changed(account, PLACES, "LIVE stock-2", 1_000).places())
                .contains(place);
        assertThat(picture(account).known()).isPresent();
        publications.changed(account, PLACES, "SHADOW stock-2", 1_000);
        assertThat(picture(account).known()).isEmpty();
    }

    @Test
    void oneOfManyIsCalledWhenThereIsNewsAndNobodyIsAtIt() {
        move(Kind.COUNT, 10);

        assertThat(publications.claim(account, PLACES, TERMS)).isTrue();
        assertThat(publications.claim(account, PLACES, TERMS)).isFalse();
        news(account);
        publications.atRest(account);
        assertThat(publications.claim(account, PLACES, TERMS)).isFalse();
        move(Kind.SALE, -1);
        assertThat(publications.claim(account, PLACES, TERMS)).isTrue();
    }

    @Test
    void ordersOfTheShopAreNoneOfWhatItIsToldAndThoseOfOthersAre() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        known(OTHER, 10);

        work(SHOP, 3);

        assertThat(lines(SHOP)).isEmpty();
        assertThat(lines(OTHER)).containsExactly("RESERVED 0>3");
    }

    /** The shop has committed them where they are collected, and would sell them here once more. */
    @Test
    void whatIsToBeSentToWhereAnOrderIsCollectedIsReservedForTheShopTooUntilItLeaves() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, 3));
        OrderTransferTerms terms = new OrderTransferTerms(
                new TransferTerms("stock-7", "stores", Duration.ofDays(2), 0, 0), Duration.ofHours(12));
        FulfillmentOrderId work = allocated(
                reserved(SHOP, 3),
                new RoutingPlan.Assignment(
                        SampleFacilities.ST_DUBLIN,
                        DeliveryMethod.PICKUP,
                        Optional.empty(),
                        lines,
                        Optional.of(new RoutingPlan.Sending(HARBOR, lines, terms))));
        assertThat(lines(SHOP)).containsExactly("RESERVED 0>3");
        tell(SHOP);

        TransferId transfer = POSTGRES.database()
                .stock(SampleStockRules.plain())
                .orderTransfers()
                .of(work)
                .orElseThrow()
                .id();
        assertThat(POSTGRES.database()
                        .stock(SampleStockRules.plain())
                        .transfers()
                        .send(transfer, Map.of(tee, 3), "Ada"))
                .isInstanceOf(Outcome.Done.class);

        assertThat(lines(SHOP)).containsExactly("ON_HAND 10>7");
        tell(SHOP);
        assertThat(lines(SHOP)).containsExactly("RESERVED 3>0");
    }

    @Test
    void goodsOfTheShopsOwnOrdersLeaveItByThemselves() {
        move(Kind.COUNT, 10);
        FulfillmentOrderId work = work(SHOP, 3);
        known(SHOP, 10);
        known(OTHER, 10);
        tell(OTHER);

        inventory.consume(work);

        assertThat(lines(SHOP)).isEmpty();
        assertThat(picture(SHOP).known().orElseThrow().expectedOnHand()).isEqualTo(7);
        assertThat(lines(OTHER)).containsExactly("ON_HAND 10>7");
        tell(OTHER);
        assertThat(lines(OTHER)).containsExactly("RESERVED 3>0");
    }

    @Test
    void whatATillHasSoldLeftItsOwnSystemByItself() {
        AccountId pos = SampleAccounts.POS;
        move(Kind.COUNT, 10);
        known(pos, 10);
        known(SHOP, 10);

        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .tillSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT))
                .book(SampleTillSales.mugs("OF-" + tee, SampleSales.NOON, tee, 3), SampleSales.NOON);

        assertThat(lines(pos)).isEmpty();
        assertThat(lines(SHOP)).containsExactly("ON_HAND 10>7");
    }

    @Test
    void whatOthersDoIsTheDifferenceToWhatIsShownWhetherOwnGoodsHaveLeftOrNot() {
        move(Kind.COUNT, 10);
        FulfillmentOrderId work = work(SHOP, 3);
        known(SHOP, 10);
        inventory.consume(work);
        publications.follow(SHOP, List.of(picture(SHOP)));
        move(Kind.SALE, -2);
        assertThat(lines(SHOP)).containsExactly("ON_HAND 7>5");

        // The shop has not heard yet that its order's goods have left.
        StockTelling stale = prepare(SHOP);
        publications.withdraw(stale, Set.of(0));
        assertThat(picture(SHOP).mustRead()).isTrue();
        learn(SHOP, new ShownStock("item", 10, 0, 0));

        assertThat(lines(SHOP)).containsExactly("ON_HAND 10>8");
    }

    @Test
    void aCallStaysInHandUntilItIsKnownWhatBecameOfIt() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        move(Kind.SALE, -2);

        StockTelling prepared = prepare(SHOP);
        assertThat(publications.sending(prepared)).isFalse();
        assertThat(publications.inHand(SHOP)).contains(prepared);
        assertThat(publications.sending(prepared)).isTrue();
        publications.notSent(prepared);
        assertThat(publications.sending(prepared)).isFalse();

        publications.told(prepared, Set.of(), false);
        assertThat(publications.inHand(SHOP)).isEmpty();
        assertThat(lines(SHOP)).isEmpty();
        assertThat(picture(SHOP).known().orElseThrow().shown().onHand()).isEqualTo(8);
    }

    @Test
    void whatIsLessThanNothingStaysOwed() {
        move(Kind.COUNT, 2);
        known(SHOP, 2);
        move(Kind.SALE, -3);
        tell(SHOP);
        assertThat(picture(SHOP).known().orElseThrow().shown().onHand()).isZero();
        assertThat(lines(SHOP)).isEmpty();

        move(Kind.RECEIPT, 5);

        assertThat(lines(SHOP)).containsExactly("ON_HAND 0>4");
    }

    @Test
    void aSystemThatMovesItsStockItselfIsRightAtFirst() {
        move(Kind.COUNT, 10);
        AccountId pos = AccountId.of(SampleStockRules.POS);
        publications.learn(pos, Map.of(picture(pos), new ShownStock("item", 12, 0, 0)), PLACES);
        assertThat(lines(pos)).doesNotContain("ON_HAND 12>10");

        move(Kind.SALE, -1);
        assertThat(lines(pos)).isEmpty();
        inventory.record(new Movement(
                HARBOR,
                tee,
                5,
                Kind.RECEIPT,
                "people",
                "R-" + tee,
                POSTGRES.clock().instant()));
        assertThat(lines(pos)).containsExactly("ON_HAND 11>16");
    }

    @Test
    void whatWasRefusedIsTriedAgainOnlyWhenSomebodySaysSo() {
        move(Kind.COUNT, 10);
        publications.refuse(account, List.of(place));
        news(account);
        assertThat(picture(account).refused()).isTrue();

        publications.retry(account, tee);

        assertThat(picture(account).mustRead()).isTrue();
        assertThat(news(account)).containsExactly(place);
    }

    @Test
    void whatBasketsKeepIsNotOnOfferBeforeItHasAFacility() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        news(SHOP);
        BasketId basket = new BasketId(OTHER, "cart-" + tee);
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .baskets()
                .hold(
                        basket,
                        List.of(new LineQuantity("L1", tee, 4)),
                        new Terms(PLACES, Terms.OnShortage.REFUSE),
                        POSTGRES.clock().instant().plusSeconds(60));

        assertThat(publications.changed(SHOP, PLACES, TERMS, 1_000).places())
                .contains(new StockSubject(FacilityId.UNROUTED, tee));
        assertThat(lines(SHOP)).containsExactly("RESERVED 0>4");
        tell(SHOP);
        POSTGRES.database().stock(SampleStockRules.plain()).baskets().release(basket);
        assertThat(lines(SHOP)).containsExactly("RESERVED 4>0");
    }

    @Test
    void othersOrdersLowerAShopOnceBeforeAndAfterTheyHaveAFacilityAndItsOwnNever() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        known(OTHER, 10);
        OrderId order = reserved(SHOP, 3);

        assertThat(lines(SHOP)).isEmpty();
        assertThat(lines(OTHER)).containsExactly("RESERVED 0>3");
        tell(OTHER);
        allocated(order, 3);
        assertThat(lines(SHOP)).isEmpty();
        assertThat(lines(OTHER)).isEmpty();
    }

    @Test
    void demandWithoutAFacilityLiesOnTheShelvesThatTheShopShows() {
        FacilityId west = SampleFacilities.WH_WEST;
        FacilityId dublin = SampleFacilities.ST_DUBLIN;
        Set<FacilityId> shown = Set.of(HARBOR, dublin);
        for (FacilityId facility : List.of(HARBOR, dublin, west)) {
            inventory.record(new Movement(
                    facility,
                    tee,
                    3,
                    Kind.COUNT,
                    "people",
                    "C-" + facility + tee,
                    POSTGRES.clock().instant()));
        }
        OrderId order = POSTGRES.stored(SampleOrder.of(new OrderKey(OTHER, "79" + NUMBERS.incrementAndGet()))
                .build());
        inventory.reserve(order, List.of(new LineQuantity("L1", tee, 5)), Set.of(HARBOR, dublin, west));

        assertThat(publications.pictures(SHOP, shown, List.of(new StockSubject(FacilityId.UNROUTED, tee))))
                .extracting(picture ->
                        picture.place().facility() + " " + picture.wanted().reserved())
                .containsExactly("ST-DUBLIN 3", "ST-HARBOR 2");
    }

    /** The shop has committed what it knows by another name, and would sell these once more. */
    @Test
    void whatAnOrderOfTheShopHasAnotherNameForIsReservedForTheShopToo() {
        move(Kind.COUNT, 10);
        known(SHOP, 10);
        OrderId order = named("OLD-" + tee);
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, 3));
        inventory.reserve(order, lines, PLACES);
        assertThat(lines(SHOP)).as("without a facility").containsExactly("RESERVED 0>3");
        tell(SHOP);

        FulfillmentOrderId work = allocated(order, 3);
        assertThat(lines(SHOP)).as("at one").isEmpty();
        inventory.consume(work);

        assertThat(lines(SHOP)).containsExactly("ON_HAND 10>7");
        tell(SHOP);
        assertThat(lines(SHOP)).containsExactly("RESERVED 3>0");
    }

    /** An order of the shop for three of what a person says are tees. */
    private OrderId named(String name) {
        OrderKey key = new OrderKey(SHOP, "80" + NUMBERS.incrementAndGet());
        OrderId order = POSTGRES.stored(
                new OrderBuilder(key, "USD").line(Sku.of(name), 3, "50.00").build());
        Case unknown = POSTGRES.database()
                .cases()
                .open(SHOP, order.value(), "order.screen order", FailureCode.UNKNOWN_SKU, name);
        POSTGRES.database()
                .interventions()
                .decide(
                        unknown.id(),
                        new Decision(
                                Action.AMEND_AND_RETRY,
                                "ada",
                                true,
                                Optional.empty(),
                                Map.of("productNames", name + "=" + tee),
                                POSTGRES.clock().instant()));
        assertThat(POSTGRES.database().orders().named(order).lines().getFirst().sku())
                .isEqualTo(tee);
        return order;
    }

    private List<StockSubject> news(AccountId of) {
        Page page = publications.changed(of, PLACES, TERMS, 1_000);
        publications.done(of, page);
        return page.places().stream()
                .filter(changed -> !changed.facility().equals(FacilityId.UNROUTED))
                .toList();
    }

    private void known(AccountId of, int onHand) {
        learn(of, new ShownStock("item", onHand, 0, 0));
    }

    private void learn(AccountId of, ShownStock shown) {
        publications.learn(of, Map.of(picture(of), shown), Set.of());
    }

    private StockPicture picture(AccountId of) {
        return publications.pictures(of, PLACES, List.of(place)).getFirst();
    }

    private List<String> lines(AccountId of) {
        return plan.next(List.of(picture(of)), 10).stream()
                .map(line -> line.state() + " " + line.from() + ">" + line.to())
                .toList();
    }

    private StockTelling prepare(AccountId of) {
        return publications.prepare(of, plan.next(List.of(picture(of)), 10));
    }

    private void tell(AccountId of) {
        publications.told(prepare(of), Set.of(), false);
    }

    private void move(Kind kind, int units) {
        move(tee, kind, units);
    }

    private void move(Sku sku, Kind kind, int units) {
        String id = "M-" + NUMBERS.incrementAndGet();
        inventory.record(new Movement(
                HARBOR,
                sku,
                units,
                kind,
                SampleStockRules.POS,
                id,
                POSTGRES.clock().instant()));
    }

    private FulfillmentOrderId work(AccountId of, int units) {
        return allocated(reserved(of, units), units);
    }

    private OrderId reserved(AccountId of, int units) {
        OrderKey key = new OrderKey(of, "77" + NUMBERS.incrementAndGet());
        OrderId order = POSTGRES.stored(SampleOrder.of(key).build());
        inventory.reserve(order, List.of(new LineQuantity("L1", tee, units)), PLACES);
        return order;
    }

    private FulfillmentOrderId allocated(OrderId order, int units) {
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        return allocated(order, new RoutingPlan.Assignment(HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines));
    }

    private FulfillmentOrderId allocated(OrderId order, RoutingPlan.Assignment assignment) {
        RoutingPlan routing = new RoutingPlan(List.of(assignment), "as told");
        return inventory.allocate(order, routing).orElseThrow().getFirst().id();
    }

    private static Connection connection() throws SQLException {
        return java.sql.DriverManager.getConnection(
                POSTGRES.config().jdbcUrl(),
                POSTGRES.config().user(),
                POSTGRES.config().password());
    }
}
