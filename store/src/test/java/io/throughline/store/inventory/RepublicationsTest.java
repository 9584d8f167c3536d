package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.PublicationPlan;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Publications.Page;
import io.throughline.domain.inventory.Republication;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.Republications.Wish;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A shop shows the ledger's number again, whatever it shows by now. Ten are there. */
class RepublicationsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Set<FacilityId> PLACES = Set.of(HARBOR);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Sku tee = Sku.of("AGAIN-" + NUMBERS.incrementAndGet());
    private final Sku pair = Sku.of("PAIR-" + tee);
    private final StockRules rules = SampleStockRules.with(new Pairs(), SafetyStocks.none());
    private final InventoryLedger inventory = POSTGRES.database().stock(rules).inventory();
    private final Publications publications = POSTGRES.database().stock(rules).publications();
    private final Republications republications =
            POSTGRES.database().stock(rules).republications();
    private final StockSubject place = new StockSubject(HARBOR, tee);

    private final class Pairs implements Bundles {
        @Override
        public List<Part> partsOf(Sku sku) {
            return List.of(sku.equals(pair) ? new Part(tee, 2) : new Part(sku, 1));
        }

        @Override
        public Set<Sku> bundlesOf(Sku part) {
            return part.equals(tee) ? Set.of(pair) : Set.of();
        }
    }

    @BeforeEach
    void theShopShowsWhatThereIs() {
        move(Kind.COUNT, 10);
        learn(tee, 10);
        news();
    }

    /** Somebody has set it by hand; without a wish that stays. */
    @Test
    void aShopThatWasSetByHandIsSetToTheLedgersNumber() {
        assertThat(republications.ask(SHOP, place, "Ada")).isEqualTo(Outcome.ASKED);
        assertThat(news()).containsExactly(place);
        assertThat(picture(tee).mustRead()).as("it is compared anew").isTrue();

        learn(tee, 7);

        assertThat(lines(tee)).containsExactly("ON_HAND 7>10");
        assertThat(republications.pending(tee)).isEmpty();
        assertThat(trace()).containsExactly("stock.publish-again", "stock.published-again");
        assertThat(last().summary()).isEqualTo("northwind showed 7, the ledger has 10: it is told of +3");
    }

    @Test
    void withoutAWishWhatWasSetByHandStays() {
        learn(tee, 7);

        assertThat(lines(tee)).isEmpty();
    }

    @Test
    void aWishIsOneHoweverOftenItIsMade() {
        republications.ask(SHOP, place, "Ada");

        assertThat(republications.ask(SHOP, place, "Bo")).isEqualTo(Outcome.ASKED_BEFORE);

        assertThat(republications.pending(tee)).extracting(Wish::askedBy).containsExactly("Ada");
        assertThat(trace()).containsExactly("stock.publish-again");
    }

    @Test
    void whatTheLedgerHasNeverHadIsNotWishedFor() {
        StockSubject nowhere = new StockSubject(HARBOR, Sku.of("NEVER-" + tee));

        assertThat(republications.ask(SHOP, nowhere, "Ada")).isEqualTo(Outcome.NOTHING_THERE);

        assertThat(republications.pending(nowhere.sku())).isEmpty();
        assertThat(POSTGRES.database().trace().of(nowhere.toString())).isEmpty();
    }

    /** The shop will take them off by itself, and would have three too few then. */
    @Test
    void whatHasJustLeftForAnOrderOfTheShopIsWaitedFor() {
        FulfillmentOrderId work = work(3);
        inventory.consume(work);
        republications.ask(SHOP, place, "Ada");
        news();

        learn(tee, 10);
        assertThat(lines(tee)).isEmpty();
        assertThat(republications.pending(tee)).hasSize(1);

        POSTGRES.clock().advance(Republication.SETTLES_WITHIN.plusSeconds(1));
        republications.remind(SHOP);
        assertThat(news()).containsExactly(place);
        learn(tee, 6);
        assertThat(lines(tee)).containsExactly("ON_HAND 6>7");
        assertThat(republications.pending(tee)).isEmpty();
    }

    /** It may have shipped two of what is reserved, and we have not heard of it. */
    @Test
    void aShopThatHasJustChangedItsNumberWhileItsOrdersAreOutIsWaitedFor() {
        work(2);
        tells("L1", 8);
        republications.ask(SHOP, place, "Ada");

        learn(tee, 8);
        assertThat(lines(tee)).isEmpty();

        POSTGRES.clock().advance(Republication.LONGEST_WAIT);
        tells("L2", 5);
        learn(tee, 5);
        assertThat(lines(tee)).as("less may be on offer, never more").containsExactly("ON_HAND 5>8");
    }

    @Test
    void whatLeftForOthersIsNotWaitedFor() {
        move(Kind.SALE, -1);
        republications.ask(SHOP, place, "Ada");

        learn(tee, 4);

        assertThat(lines(tee)).containsExactly("ON_HAND 4>9");
    }

    @Test
    void aBundleIsSetToAsManyAsCanBeMadeUp() {
        learn(pair, 5);
        news();
        StockSubject pairs = new StockSubject(HARBOR, pair);

        assertThat(republications.ask(SHOP, pairs, "Ada")).isEqualTo(Outcome.ASKED);
        assertThat(news()).as("its parts bring it along").containsExactly(place);
        learn(pair, 9);

        assertThat(lines(pair)).containsExactly("ON_HAND 9>5");
    }

    @Test
    void whatAShopRefusesIsWishedForNoMore() {
        republications.ask(SHOP, place, "Ada");

        publications.refuse(SHOP, List.of(place));

        assertThat(republications.pending(tee)).isEmpty();
    }

    @Test
    void aDifferenceThatWasAcceptedIsNoneThatStays() {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "insert into stock_difference_accepted values (?, ?, ?, 'ON_HAND', -3, now())",
                        SHOP.value(),
                        tee.value(),
                        HARBOR.value()));

        republications.ask(SHOP, place, "Ada");

        assertThat(accepted()).isZero();
    }

    @Test
    void whatComparisonsWishForIsCountedUntilAPersonDecides() {
        Instant begun = POSTGRES.clock().instant();
        wishOfOurs();
        wishOfOurs();
        republications.ask(SHOP, place, Decision.OURSELVES);
        assertThat(republications.ask(SHOP, place, Decision.OURSELVES)).isEqualTo(Outcome.ASKED_BEFORE);

        assertThat(republications.askedByUs(SHOP, place, begun)).isEqualTo(3);
        assertThat(republications.askedByUs(SHOP, place, POSTGRES.clock().instant()))
                .as("what is longer ago does not count")
                .isEqualTo(1);
        assertThat(republications.askedByUs(AccountId.of("another-shop"), place, begun))
                .isZero();
        assertThat(republications.ask(SHOP, place, "Ada")).isEqualTo(Outcome.ASKED_BEFORE);
        assertThat(republications.askedByUs(SHOP, place, begun))
                .as("though a comparison's wish is still open")
                .isZero();

        learn(tee, 9);
        wishOfOurs();
        republications.ask(SHOP, place, "Ada");
        assertThat(republications.askedByUs(SHOP, place, begun)).isZero();

        learn(tee, 9);
        wishOfOurs();
        republications.countAnew(SHOP, place);
        assertThat(republications.askedByUs(SHOP, place, begun)).isZero();
    }

    private void wishOfOurs() {
        republications.ask(SHOP, place, Decision.OURSELVES);
        learn(tee, 9);
        POSTGRES.clock().advance(Duration.ofHours(1));
    }

    /** However many there are, and whoever holds one of their shelves. */
    @Test
    @Timeout(9)
    void allWishesAreLookedAtAgainAndNoLockIsWaitedFor() throws SQLException {
        AccountId many = AccountId.of("many-wishes");
        int wishes = 601;
        POSTGRES.tables().useHandle(handle -> {
            handle.execute(
                    "insert into stock_balance (sku, facility) select ? || '-' || n, ? from generate_series(1, ?) n",
                    tee.value(),
                    HARBOR.value(),
                    wishes);
            handle.execute("""
                    insert into stock_shown select ?, sku, facility, 'item', 0, 0, 0, 0, 0, 'KNOWN' from stock_balance
                    where sku like ? || '-%'
                    """, many.value(), tee.value());
            handle.execute("""
                    insert into stock_republication select account, sku, facility, now(), 'Ada' from stock_shown where account = ?
                    """, many.value());
        });
        publications.done(many, publications.changed(many, PLACES, "LIVE stock-1", 10_000));
        try (Connection halted = DriverManager.getConnection(
                        POSTGRES.config().jdbcUrl(),
                        POSTGRES.config().user(),
                        POSTGRES.config().password());
                Statement statement = halted.createStatement()) {
            halted.setAutoCommit(false);
            statement.execute("select 1 from stock_balance where sku = '" + tee + "-7' for update");

            republications.remind(many);
            halted.rollback();
        }

        Page news = publications.changed(many, PLACES, "LIVE stock-1", 10_000);
        publications.done(many, news);
        assertThat(news.places()).hasSize(wishes - 1).doesNotContain(new StockSubject(HARBOR, Sku.of(tee + "-7")));
        int doubted = POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from stock_shown where account = ? and standing = 'UNSURE'",
                                many.value())
                        .mapTo(Integer.class)
                        .one());
        assertThat(doubted).isEqualTo(wishes);
        republications.remind(many);
        assertThat(publications.changed(many, PLACES, "LIVE stock-1", 10_000).places())
                .as("the next time")
                .hasSize(wishes);
    }

    private long accepted() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from stock_difference_accepted where sku = ?", tee.value())
                        .mapTo(Long.class)
                        .one());
    }

    private List<StockSubject> news() {
        Page page = publications.changed(SHOP, PLACES, "LIVE stock-1", 1_000);
        publications.done(SHOP, page);
        return page.places().stream().filter(place::equals).toList();
    }

    private void learn(Sku sku, int onHand) {
        publications.learn(SHOP, Map.of(picture(sku), new ShownStock("item", onHand, 0, 0)), Set.of());
    }

    private StockPicture picture(Sku sku) {
        return publications.pictures(SHOP, PLACES, List.of(place)).stream()
                .filter(picture -> picture.place().sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private List<String> lines(Sku sku) {
        return new PublicationPlan(EnumSet.of(ShownState.ON_HAND))
                .next(List.of(picture(sku)), 10).stream()
                        .map(line -> line.state() + " " + line.from() + ">" + line.to())
                        .toList();
    }

    private List<String> trace() {
        return POSTGRES.database().trace().of(place.toString()).stream()
                .map(TraceEntry::kind)
                .filter(kind -> kind.startsWith("stock.publish"))
                .toList();
    }

    private TraceEntry last() {
        return POSTGRES.database().trace().of(place.toString()).getLast();
    }

    private void tells(String id, int units) {
        POSTGRES.database()
                .stock(rules)
                .stockObservations()
                .observe(new Level(
                        new StockSource(SHOP.value(), tee + "/" + id, 1),
                        HARBOR,
                        tee,
                        Measure.ON_HAND,
                        units,
                        POSTGRES.clock().instant(),
                        Optional.empty()));
    }

    private void move(Kind kind, int units) {
        inventory.record(new Movement(
                HARBOR,
                tee,
                units,
                kind,
                SampleStockRules.POS,
                "M-" + NUMBERS.incrementAndGet() + tee,
                POSTGRES.clock().instant()));
        POSTGRES.clock().advance(Duration.ofSeconds(1));
    }

    private FulfillmentOrderId work(int units) {
        OrderId order = POSTGRES.stored(SampleOrder.of(new OrderKey(SHOP, "78" + NUMBERS.incrementAndGet()))
                .build());
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        inventory.reserve(order, lines, PLACES);
        RoutingPlan routing = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                "as told");
        return inventory.allocate(order, routing).orElseThrow().getFirst().id();
    }
}
