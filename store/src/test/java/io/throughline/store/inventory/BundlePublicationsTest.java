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
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.PublicationPlan;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What accounts are told of a bundle, which has no stock of its own: two tees and a cap. */
class BundlePublicationsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId OTHER = AccountId.of("another-shop");
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final String TERMS = "LIVE stock-1";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final Sku tee = Sku.of("PART-TEE-" + number);
    private final Sku cap = Sku.of("PART-CAP-" + number);
    private final Sku set = Sku.of("WHOLE-" + number);
    private final StockRules rules = SampleStockRules.with(new TeesAndCap(), SafetyStocks.none());
    private final InventoryLedger inventory = POSTGRES.database().stock(rules).inventory();
    private final Publications publications = POSTGRES.database().stock(rules).publications();
    private final PublicationPlan plan = new PublicationPlan(EnumSet.allOf(ShownState.class));

    private final class TeesAndCap implements Bundles {
        @Override
        public List<Part> partsOf(Sku sku) {
            return sku.equals(set) ? List.of(new Part(tee, 2), new Part(cap, 1)) : List.of(new Part(sku, 1));
        }

        @Override
        public Set<Sku> bundlesOf(Sku part) {
            return part.equals(tee) || part.equals(cap) ? Set.of(set) : Set.of();
        }
    }

    @BeforeEach
    void stock() {
        move(tee, Kind.COUNT, 10);
        move(cap, Kind.COUNT, 4);
    }

    @Test
    void aShopIsToldOfAsManyAsTheScarcestPartAllows() {
        learn(SHOP, set, 0);
        assertThat(lines(SHOP, tee)).containsExactly("ON_HAND 0>4");
        tell(SHOP, tee);
        assertThat(lines(SHOP, cap)).isEmpty();

        move(tee, Kind.SALE, -3);
        assertThat(lines(SHOP, tee)).containsExactly("ON_HAND 4>3");
        tell(SHOP, tee);
        move(cap, Kind.RECEIPT, 5);
        assertThat(lines(SHOP, cap)).as("three sets of seven tees").isEmpty();
    }

    @Test
    void aShopCommitsTheBundlesOfItsOwnOrdersItselfAndKnowsNothingOfTheirParts() {
        know();
        FulfillmentOrderId work = work(set, 1);

        assertThat(lines(SHOP, tee)).containsExactly("RESERVED 0>2");
        assertThat(lines(OTHER, tee)).containsExactly("ON_HAND 4>3");
        tell(SHOP, tee);
        tell(SHOP, cap);
        tell(OTHER, tee);

        inventory.consume(work);

        StockPicture ofSet = picture(SHOP, tee, set);
        assertThat(ofSet.known().orElseThrow().expectedOnHand()).isEqualTo(3);
        assertThat(lines(SHOP, tee)).as("the parts are told, the set is not").containsExactly("ON_HAND 10>8");
        publications.follow(SHOP, List.of(ofSet));
        assertThat(picture(SHOP, tee, set).known().orElseThrow().shown().onHand())
                .isEqualTo(3);
        move(cap, Kind.SALE, -1);
        assertThat(onlySet(SHOP)).containsExactly("ON_HAND 3>2");
        assertThat(onlySet(OTHER)).containsExactly("ON_HAND 3>2");
    }

    @Test
    void aShopsOwnOrderOfAPartLeavesFewerBundles() {
        know();

        work(cap, 1);

        assertThat(lines(SHOP, cap)).containsExactly("ON_HAND 4>3");
    }

    @Test
    void aShopIsToldOfThePartsOfItsOwnOrderOfABundleBeforeThatHasAFacility() {
        know();

        orderOf(set);

        assertThat(lines(SHOP, tee)).containsExactly("RESERVED 0>2");
        assertThat(lines(SHOP, cap)).containsExactly("RESERVED 0>1");
        assertThat(onlySet(SHOP)).as("it has committed that itself").isEmpty();
        assertThat(onlySet(OTHER)).containsExactly("ON_HAND 4>3");
    }

    @Test
    void aShopsOwnOrderOfAPartLeavesFewerBundlesBeforeItHasAFacility() {
        know();

        orderOf(cap);

        assertThat(lines(SHOP, cap)).containsExactly("ON_HAND 4>3");
    }

    @Test
    void aTillTakesWhatItSoldOffTheBundleAndOfThePartsItIsTold() {
        AccountId pos = SampleAccounts.POS;
        know();
        learn(pos, tee, 10);
        learn(pos, cap, 4);
        learn(pos, set, 4);

        POSTGRES.database()
                .stock(rules)
                .tillSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT))
                .book(SampleTillSales.mugs("OF-" + set, SampleSales.NOON, set, 1), SampleSales.NOON);

        assertThat(lines(pos, tee)).containsExactly("ON_HAND 10>8");
        assertThat(onlySet(pos)).isEmpty();
        assertThat(onlySet(SHOP)).containsExactly("ON_HAND 4>3");
    }

    @Test
    void whatATillShowsOfABundleIsNotBelieved() {
        AccountId pos = SampleAccounts.POS;
        publications.learn(pos, Map.of(picture(pos, tee, set), new ShownStock("item", 9, 0, 0)), Set.of(HARBOR));

        assertThat(onlySet(pos)).containsExactly("ON_HAND 9>4");
    }

    @Test
    void aBundleThatWasRefusedIsTriedAgainWithItsParts() {
        AccountId account = AccountId.of("shop-of-bundles-" + number);
        publications.refuse(account, List.of(new StockSubject(HARBOR, set)));
        assertThat(picture(account, tee, set).refused()).isTrue();
        news(account);

        publications.retry(account, set);

        assertThat(news(account)).containsExactlyInAnyOrder(place(tee), place(cap));
        assertThat(picture(account, tee, set).mustRead()).isTrue();
    }

    private List<StockSubject> news(AccountId account) {
        Publications.Page page = publications.changed(account, Set.of(HARBOR), TERMS, 1_000);
        publications.done(account, page);
        return page.places().stream()
                .filter(changed -> !changed.facility().equals(FacilityId.UNROUTED))
                .toList();
    }

    private void know() {
        for (AccountId account : List.of(SHOP, OTHER)) {
            learn(account, tee, 10);
            learn(account, cap, 4);
            learn(account, set, 4);
        }
    }

    private void learn(AccountId account, Sku sku, int onHand) {
        Sku part = sku.equals(set) ? tee : sku;
        publications.learn(
                account, Map.of(picture(account, part, sku), new ShownStock("item", onHand, 0, 0)), Set.of());
    }

    private StockPicture picture(AccountId account, Sku part, Sku sku) {
        return publications.pictures(account, Set.of(HARBOR), List.of(place(part))).stream()
                .filter(picture -> picture.place().sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private List<String> onlySet(AccountId account) {
        return words(plan.next(List.of(picture(account, tee, set)), 10));
    }

    /** What comes next of what lies at a part's place. */
    private List<String> lines(AccountId account, Sku part) {
        return words(plan.next(publications.pictures(account, Set.of(HARBOR), List.of(place(part))), 10));
    }

    private static List<String> words(List<StockTelling.Line> lines) {
        return lines.stream()
                .map(line -> line.state() + " " + line.from() + ">" + line.to())
                .toList();
    }

    private void tell(AccountId account, Sku part) {
        publications.told(
                publications.prepare(
                        account, plan.next(publications.pictures(account, Set.of(HARBOR), List.of(place(part))), 10)),
                Set.of(),
                false);
    }

    private StockSubject place(Sku sku) {
        return new StockSubject(HARBOR, sku);
    }

    private void move(Sku sku, Kind kind, int units) {
        inventory.record(new Movement(
                HARBOR,
                sku,
                units,
                kind,
                SampleStockRules.POS,
                "B-" + NUMBERS.incrementAndGet(),
                POSTGRES.clock().instant()));
    }

    /** One is ordered of the shop, and has no facility yet. */
    private void orderOf(Sku sku) {
        OrderId order = POSTGRES.stored(new OrderBuilder(new OrderKey(SHOP, "79" + NUMBERS.incrementAndGet()), "USD")
                .line(sku, 1, "50.00")
                .build());
        inventory.reserve(order, List.of(new LineQuantity("L1", sku, 1)), Set.of(HARBOR));
    }

    private FulfillmentOrderId work(Sku sku, int units) {
        OrderId order = POSTGRES.stored(SampleOrder.of(new OrderKey(SHOP, "78" + NUMBERS.incrementAndGet()))
                .build());
        List<LineQuantity> lines = List.of(new LineQuantity("L1", sku, units));
        inventory.reserve(order, lines, Set.of(HARBOR));
        RoutingPlan routing = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                "as told");
        return inventory.allocate(order, routing).orElseThrow().getFirst().id();
    }
}
