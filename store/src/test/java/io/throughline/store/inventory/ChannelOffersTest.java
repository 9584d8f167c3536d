package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockReading;
import io.throughline.domain.availability.Trust;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
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
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.TestingChannels;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of the ledger a channel is not offered is kept back at its shop, as safety stock: it sells no more than availability says. */
class ChannelOffersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId OTHER = AccountId.of("another-shop");
    private static final FacilityId DUBLIN = SampleFacilities.ST_DUBLIN;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Set<FacilityId> PLACES = Set.of(DUBLIN, HARBOR);
    private static final String TERMS = "LIVE stock-1";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final AccountId shop = AccountId.of("offered-" + number);
    private final Sku tee = Sku.of("OFFERED-TEE-" + number);
    private final Sku cap = Sku.of("OFFERED-CAP-" + number);
    private final Sku set = Sku.of("OFFERED-SET-" + number);
    private final TestingChannels channels = new TestingChannels();
    private final StockRules rules = SampleStockRules.offering(new TeesAndCap(), channels);
    private final InventoryLedger inventory = POSTGRES.database().stock(rules).inventory();
    private final Publications publications = POSTGRES.database().stock(rules).publications();
    private final StockReading reading = POSTGRES.database().stock(rules).stockReading();
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

    @Test
    void aFacilityThatIsTrustedLessOffersLess() {
        count(HARBOR, tee, 9);
        know(HARBOR, tee, 9);
        publications.offer(shop, Map.of(HARBOR, 50));

        assertThat(lines(HARBOR, tee)).as("four of nine, as availability says").containsExactly("SAFETY_STOCK 0>5");
        tell(HARBOR, tee);
        publications.offer(shop, Map.of(HARBOR, 0));
        assertThat(lines(HARBOR, tee)).containsExactly("SAFETY_STOCK 5>9");
        tell(HARBOR, tee);
        publications.offer(shop, Map.of(HARBOR, 100));
        assertThat(lines(HARBOR, tee)).containsExactly("SAFETY_STOCK 9>0");
    }

    /** By whoever watches the stock: what is offered of a facility is stored when it changes. */
    @Test
    void nothingOfAPausedFacilityIsForSaleUntilItIsResumed() {
        count(HARBOR, tee, 9);
        know(HARBOR, tee, 9);
        FacilityPauses pauses = POSTGRES.database().facilityPauses();

        pauses.pause(new Pause(HARBOR, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        look();
        assertThat(lines(HARBOR, tee)).containsExactly("SAFETY_STOCK 0>9");
        tell(HARBOR, tee);

        pauses.resume(HARBOR, "ada");
        look();
        assertThat(lines(HARBOR, tee)).containsExactly("SAFETY_STOCK 9>0");
    }

    private void look() {
        POSTGRES.clock().advance(Duration.ofSeconds(2));
        StockPolicy policy = SampleStockPolicies.leaving("stock-1", Map.of(shop, PLACES), List.of(), List.of());
        Trust trust = new Trust(reading, now -> policy, new SampleFacilities(), rules.authorities(), AllDay::new);
        publications.offer(shop, trust.percents(shop, PLACES, POSTGRES.clock().instant()));
    }

    private record AllDay(Instant asked) implements HoursNow {
        @Override
        public Instant readyAt(Facility store, Duration takes) {
            return asked.plus(takes);
        }

        @Override
        public Duration openSince(Facility facility, Instant since) {
            return Duration.between(since, asked);
        }
    }

    @Test
    void whatMayNotBeSoldThereIsKeptBackWhateverItsOrdersTookBefore() {
        channels.closed.add(HARBOR);
        count(HARBOR, tee, 10);
        know(HARBOR, tee, 10);
        assertThat(lines(HARBOR, tee)).containsExactly("SAFETY_STOCK 0>10");
        tell(HARBOR, tee);

        work(shop, HARBOR, 3);
        assertThat(lines(HARBOR, tee))
                .as("the shop has committed three of them")
                .containsExactly("SAFETY_STOCK 10>7");
        tell(HARBOR, tee);
        move(HARBOR, tee, Kind.RECEIPT, 5);
        assertThat(lines(HARBOR, tee)).as("before they are shown").containsExactly("SAFETY_STOCK 7>12");
        tell(HARBOR, tee);
        assertThat(lines(HARBOR, tee)).containsExactly("ON_HAND 10>15");
    }

    @Test
    void theThresholdLiesOnTheFirstShelvesAndMovesOnWithTheirStock() {
        channels.thresholds.put(tee, 4);
        count(DUBLIN, tee, 6);
        count(HARBOR, tee, 6);
        know(DUBLIN, tee, 6);
        know(HARBOR, tee, 6);
        assertThat(lines(DUBLIN, tee)).containsExactly("SAFETY_STOCK 0>4");
        tell(DUBLIN, tee);
        assertThat(lines(HARBOR, tee)).isEmpty();

        move(DUBLIN, tee, Kind.SALE, -3);

        assertThat(lines(DUBLIN, tee)).as("Harbor, too").containsExactly("ON_HAND 6>3");
        tell(DUBLIN, tee);
        assertThat(lines(DUBLIN, tee)).containsExactly("SAFETY_STOCK 0>1");
        tell(DUBLIN, tee);
        assertThat(lines(DUBLIN, tee)).containsExactly("SAFETY_STOCK 4>3");
        tell(DUBLIN, tee);
        move(DUBLIN, tee, Kind.RECEIPT, 9);
        assertThat(safety(DUBLIN, tee)).as("Harbor gives it back").isEqualTo(Map.of(DUBLIN, 4, HARBOR, 0));
    }

    @Test
    void theThresholdIsKeptBackOnlyOfWhatMayBeSentAndIsTrusted() {
        channels.thresholds.put(tee, 4);
        channels.onlyCollected.add(DUBLIN);
        count(DUBLIN, tee, 6);
        count(HARBOR, tee, 6);
        publications.offer(shop, Map.of(HARBOR, 50));

        assertThat(safety(HARBOR, tee))
                .as("three are not trusted, the other three are the threshold's")
                .containsEntry(HARBOR, 6);
        assertThat(safety(DUBLIN, tee)).containsEntry(DUBLIN, 0);
    }

    /** Else the shop would have three at Harbor, of which two are another's, and four at Dublin. */
    @Test
    void demandWithoutAFacilityLiesUponWhatIsOffered() {
        publications.offer(shop, Map.of(DUBLIN, 50));
        count(DUBLIN, tee, 8);
        count(HARBOR, tee, 3);
        OrderId order = order(OTHER);
        inventory.reserve(order, List.of(new LineQuantity("L1", tee, 6)), PLACES);

        assertThat(wanted(HARBOR, tee)).isEqualTo(Map.of(DUBLIN, new Kept(4, 4), HARBOR, new Kept(2, 0)));
        channels.closed.add(DUBLIN);
        assertThat(wanted(HARBOR, tee))
                .as("nothing of what is not on offer can be claimed")
                .isEqualTo(Map.of(DUBLIN, new Kept(0, 8), HARBOR, new Kept(3, 0)));
    }

    @Test
    void aBundleIsOfferedAsItsOwnRulesAndItsPartsTrustSay() {
        channels.thresholds.put(set, 1);
        for (FacilityId facility : PLACES) {
            count(facility, tee, 10);
            count(facility, cap, 5);
        }
        publications.offer(shop, Map.of(DUBLIN, 30, HARBOR, 100));

        assertThat(safety(HARBOR, tee).keySet())
                .as("the parts' other place has not changed")
                .containsExactly(HARBOR);
        assertThat(safetyOf(set, HARBOR, tee))
                .as("one of five sets is trusted at Dublin, and that one is the threshold's")
                .isEqualTo(Map.of(DUBLIN, 5, HARBOR, 0));
    }

    @Test
    void aBundleIsNotLookedForWhereNoneOfItsPartsEverWas() {
        channels.thresholds.put(set, 1);
        count(HARBOR, tee, 10);

        assertThat(safetyOf(set, HARBOR, tee)).containsOnlyKeys(HARBOR);
    }

    @Test
    void whatIsTrustedOtherwiseIsToldPageByPageBesideWhatIsNews() {
        List<Sku> skus = several(5);
        seeAll();
        assertThat(publications.claim(shop, PLACES, TERMS)).isFalse();

        publications.offer(shop, Map.of(HARBOR, 50, DUBLIN, 100));
        assertThat(publications.claim(shop, PLACES, TERMS))
                .as("somebody is called")
                .isTrue();
        publications.offer(shop, Map.of(HARBOR, 50, DUBLIN, 100));
        count(DUBLIN, tee, 1);

        List<StockSubject> told = new ArrayList<>();
        int pages = 0;
        for (Page page = page(4); !page.ends(); page = page(4)) {
            assertThat(page.places()).hasSizeLessThanOrEqualTo(4);
            told.addAll(page.places());
            publications.done(shop, page);
            pages++;
        }
        assertThat(told)
                .contains(new StockSubject(DUBLIN, tee))
                .containsAll(
                        skus.stream().map(sku -> new StockSubject(HARBOR, sku)).toList())
                .doesNotHaveDuplicates();
        assertThat(pages).isGreaterThan(1);
        publications.done(shop, page(4));
        publications.atRest(shop);
        assertThat(publications.claim(shop, PLACES, TERMS)).isFalse();
    }

    /** What was told meanwhile by another share is told again. */
    @Test
    void aShareThatChangesAgainBeginsAnew() {
        several(3);
        seeAll();
        publications.offer(shop, Map.of(HARBOR, 50));
        Page half = page(1_000);
        publications.offer(shop, Map.of(HARBOR, 0));
        publications.offer(shop, Map.of(HARBOR, 50));

        publications.done(shop, half);

        assertThat(page(1_000).again()).isPresent();
        assertThat(page(1_000).places()).isEqualTo(half.places());
    }

    @Test
    void whatWithholdsMoreComesFirst() {
        several(1);
        seeAll();
        publications.offer(shop, Map.of(DUBLIN, 50, HARBOR, 0));

        assertThat(page(1_000).again().orElseThrow().facility()).isEqualTo(HARBOR);
    }

    /** All was offered of whoever is named for the first time: nothing has changed. */
    @Test
    void whatWasOfferedAllTheTimeIsNotToldAgain() {
        several(1);
        seeAll();

        publications.offer(shop, Map.of(DUBLIN, 100, HARBOR, 100));

        assertThat(publications.claim(shop, PLACES, TERMS)).isFalse();
        assertThat(page(1_000).ends()).isTrue();
    }

    private record Kept(int reserved, int safety) {}

    private Map<FacilityId, Kept> wanted(FacilityId changed, Sku sku) {
        Map<FacilityId, Kept> wanted = new HashMap<>();
        pictures(changed, sku).stream()
                .filter(picture -> picture.place().sku().equals(sku))
                .forEach(picture -> wanted.put(
                        picture.place().facility(),
                        new Kept(picture.wanted().reserved(), picture.wanted().safetyStock())));
        return wanted;
    }

    private Map<FacilityId, Integer> safety(FacilityId changed, Sku sku) {
        return safetyOf(sku, changed, sku);
    }

    private Map<FacilityId, Integer> safetyOf(Sku shown, FacilityId changed, Sku part) {
        Map<FacilityId, Integer> safety = new HashMap<>();
        pictures(changed, part).stream()
                .filter(picture -> picture.place().sku().equals(shown))
                .forEach(picture ->
                        safety.put(picture.place().facility(), picture.wanted().safetyStock()));
        return safety;
    }

    private List<StockPicture> pictures(FacilityId changed, Sku sku) {
        return publications.pictures(shop, PLACES, List.of(new StockSubject(changed, sku)));
    }

    /** Those of the shelves that a change at this one may have changed. */
    private List<StockPicture> ofSku(FacilityId changed, Sku sku) {
        return pictures(changed, sku).stream()
                .filter(picture -> picture.place().sku().equals(sku))
                .toList();
    }

    private List<String> lines(FacilityId changed, Sku sku) {
        return plan.next(ofSku(changed, sku), 10).stream()
                .map(line -> line.state() + " " + line.from() + ">" + line.to())
                .toList();
    }

    private void tell(FacilityId changed, Sku sku) {
        StockTelling telling = publications.prepare(shop, plan.next(ofSku(changed, sku), 10));
        publications.told(telling, Set.of(), false);
    }

    private void know(FacilityId facility, Sku sku, int onHand) {
        StockPicture picture = ofSku(facility, sku).stream()
                .filter(one -> one.place().facility().equals(facility))
                .findFirst()
                .orElseThrow();
        publications.learn(shop, Map.of(picture, new ShownStock("item", onHand, 0, 0)), Set.of());
    }

    private List<Sku> several(int count) {
        List<Sku> skus = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sku sku = Sku.of("PAGED-" + number + "-" + i);
            count(HARBOR, sku, 5);
            skus.add(sku);
        }
        return skus;
    }

    private Page page(int most) {
        return publications.changed(shop, PLACES, TERMS, most);
    }

    private void seeAll() {
        publications.done(shop, page(10_000));
        publications.atRest(shop);
    }

    private void count(FacilityId facility, Sku sku, int units) {
        move(facility, sku, Kind.COUNT, units);
    }

    private void move(FacilityId facility, Sku sku, Kind kind, int units) {
        inventory.record(new Movement(
                facility,
                sku,
                units,
                kind,
                SampleStockRules.POS,
                "O-" + NUMBERS.incrementAndGet(),
                POSTGRES.clock().instant()));
    }

    private static OrderId order(AccountId of) {
        return POSTGRES.stored(SampleOrder.of(new OrderKey(of, "76" + NUMBERS.incrementAndGet()))
                .build());
    }

    private void work(AccountId of, FacilityId facility, int units) {
        OrderId order = order(of);
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        inventory.reserve(order, lines, PLACES);
        assertThat(inventory.allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        facility, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                                "as told")))
                .isPresent();
    }
}
