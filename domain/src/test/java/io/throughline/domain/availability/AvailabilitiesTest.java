package io.throughline.domain.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.Availabilities.Question;
import io.throughline.domain.availability.Availability.AtFacility;
import io.throughline.domain.availability.Availability.InChannel;
import io.throughline.domain.availability.Availability.Later;
import io.throughline.domain.availability.Availability.Source;
import io.throughline.domain.availability.Availability.State;
import io.throughline.domain.availability.StockPolicy.PreorderRule;
import io.throughline.domain.availability.StockPolicy.QuietRule;
import io.throughline.domain.availability.StockPolicy.SafetyRule;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.availability.StockPolicy.ThresholdRule;
import io.throughline.domain.availability.StockPolicy.TransferRule;
import io.throughline.domain.availability.StockPolicy.TrustRule;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Promises;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AvailabilitiesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Sku TEE = Sku.of("TEE");
    private static final Sku CAP = Sku.of("CAP");
    private static final Sku SET = Sku.of("SET");
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final FacilityId DUBLIN = SampleFacilities.ST_DUBLIN;

    private final List<Balance> balances = new ArrayList<>();
    private final Map<FacilityId, Map<String, Instant>> heard = new HashMap<>();
    private final List<ThresholdRule> thresholds = new ArrayList<>();
    private final List<SwitchRule> shipping = new ArrayList<>();
    private final List<SwitchRule> pickup = new ArrayList<>();
    private Instant opens = Instant.EPOCH;
    private final Map<Sku, List<FreeStock.Demand>> demand = new HashMap<>();
    private final List<PreorderRule> preorders = new ArrayList<>();
    private final List<Expected> supplies = new ArrayList<>();
    private int backordered;
    private int elsewhere;
    private final Map<FacilityId, Word> words = new HashMap<>();
    private final Map<FacilityId, Instant> pauses = new HashMap<>();
    private final List<QuietRule> quiet = new ArrayList<>();
    private final List<TransferRule> transfers = new ArrayList<>();
    private final List<TrustRule> trust = new ArrayList<>(List.of(
            new TrustRule("silent", Set.of(HARBOR), Optional.of(Duration.ofMinutes(30)), 50),
            new TrustRule("gone", Set.of(HARBOR), Optional.of(Duration.ofHours(12)), 0)));

    @Test
    void onlineIsTheSumLessThresholdAndUnroutedDemand() {
        stock(EAST, TEE, 10);
        stock(HARBOR, TEE, 4);
        stock(DUBLIN, TEE, 100);
        waits(TEE, 3);
        thresholds.add(new ThresholdRule("all", Set.of(SHOP), Set.of(), 5));
        thresholds.add(new ThresholdRule("tees", Set.of(SHOP), Set.of(TEE), 2));

        assertThat(online(TEE)).isEqualTo(new InChannel(SHOP, 10 + 4 - 2 - 3, 2, 3));
        assertThat(online(CAP)).isEqualTo(new InChannel(SHOP, 0, 5, 0));
    }

    @Test
    void aFacilityThatDoesNotShipIsNotOfferedOnline() {
        stock(EAST, TEE, 10);
        stock(HARBOR, TEE, 4);
        shipping.add(new SwitchRule("off", new Scope(Set.of(HARBOR), Set.of()), false));

        assertThat(online(TEE).availableToPromise()).isEqualTo(10);
        assertThat(at(HARBOR, TEE).ships()).isFalse();
        assertThat(at(HARBOR, TEE).availableToPromise()).isEqualTo(4);

        shipping.add(new SwitchRule("on for tees", new Scope(Set.of(HARBOR), Set.of(TEE)), true));
        assertThat(online(TEE).availableToPromise()).isEqualTo(14);
    }

    @Test
    void aPausedFacilityIsShownAndNothingOfItIsOffered() {
        stock(EAST, TEE, 10);
        stock(HARBOR, TEE, 9);
        heard.put(HARBOR, Map.of("pos", NOW));
        pauses.put(HARBOR, Instant.MAX);

        AtFacility paused = at(HARBOR, TEE);
        assertThat(paused.source().state()).isEqualTo(State.PAUSED);
        assertThat(paused.availableToPromise()).isEqualTo(9);
        assertThat(paused.offered()).isZero();
        assertThat(paused.pickup()).isEmpty();
        assertThat(online(TEE).availableToPromise()).isEqualTo(10);

        pauses.put(HARBOR, NOW);
        assertThat(at(HARBOR, TEE).source().state())
                .as("it has ended by itself")
                .isEqualTo(State.LIVE);
        assertThat(at(HARBOR, TEE).pickup()).isPresent();
        assertThat(online(TEE).availableToPromise()).isEqualTo(10 + 9);
    }

    @Test
    void onlyTheNearestAndThoseThatOfferSomethingAreToldWhenThatIsAsked() {
        stock(EAST, TEE, 10);
        stock(HARBOR, TEE, 9);
        stock(DUBLIN, TEE, 1);
        pauses.put(EAST, Instant.MAX);
        GeoPoint boston = new GeoPoint(42.36, -71.06);

        assertThat(answer(near(boston, false, 2)).facilities())
                .extracting(AtFacility::facility)
                .containsExactly(HARBOR, EAST);
        assertThat(answer(near(boston, true, 2)).facilities())
                .extracting(AtFacility::facility)
                .containsExactly(HARBOR, DUBLIN);
        assertThat(availabilities().breadth(near(boston, true, 2), NOW)).isEqualTo(2);
        assertThat(availabilities().breadth(near(boston, true, 100), NOW)).isEqualTo(5);
        assertThat(availabilities()
                        .breadth(
                                new Question(List.of(TEE, CAP), Optional.empty(), Optional.of(SHOP), Optional.empty()),
                                NOW))
                .as("three facilities of the channel, for each SKU")
                .isEqualTo(6);
    }

    private static Question near(GeoPoint point, boolean onlyOffering, int most) {
        return new Question(List.of(TEE), Optional.empty(), Optional.empty(), Optional.of(point), onlyOffering, most);
    }

    @Test
    void aSilentStoreIsShownAndTrustedLess() {
        stock(HARBOR, TEE, 9);
        heard.put(HARBOR, Map.of("pos", NOW.minus(Duration.ofMinutes(29))));
        assertThat(at(HARBOR, TEE).source().state()).isEqualTo(State.LIVE);

        heard.put(HARBOR, Map.of("pos", NOW.minus(Duration.ofMinutes(30)), "erp", NOW));
        AtFacility silent = at(HARBOR, TEE);
        assertThat(silent.source().state()).isEqualTo(State.SILENT);
        assertThat(silent.source().heardAt()).contains(NOW.minus(Duration.ofMinutes(30)));
        assertThat(silent.availableToPromise()).isEqualTo(9);
        assertThat(silent.offered()).isEqualTo(4);
        assertThat(online(TEE).availableToPromise()).isEqualTo(4);

        heard.put(HARBOR, Map.of("pos", NOW.minus(Duration.ofDays(2))));
        assertThat(at(HARBOR, TEE).pickup()).isEmpty();
        heard.clear();
        assertThat(at(HARBOR, TEE).source().state()).isEqualTo(State.UNHEARD);
        assertThat(at(HARBOR, TEE).offered()).isEqualTo(9);
    }

    /** One system answers for all stores of an account, also for one whose own tills are dark. */
    @Test
    void aStoreThatSaysNothingWhileItIsOpenIsTrustedLessThoughItsSystemAnswers() {
        stock(HARBOR, TEE, 9);
        heard.put(HARBOR, Map.of("pos", NOW));
        quiet.add(new QuietRule("quiet", Set.of(HARBOR), Duration.ofHours(3), 60));
        quiet.add(new QuietRule("dark", Set.of(HARBOR), Duration.ofHours(9), 20));
        assertThat(at(HARBOR, TEE).source().state()).as("never listened to").isEqualTo(State.LIVE);

        Word word = new Word("pos", NOW.minus(Duration.ofHours(11)));
        words.put(HARBOR, word);
        assertThat(at(HARBOR, TEE).source())
                .as("it was mostly closed")
                .isEqualTo(new Source("pos", Optional.of(NOW), Optional.of(word), State.LIVE, 100));

        words.put(HARBOR, new Word("people", NOW.minus(Duration.ofHours(12))));
        AtFacility quietStore = at(HARBOR, TEE);
        assertThat(quietStore.source().state()).isEqualTo(State.QUIET);
        assertThat(quietStore.source().trustPercent()).isEqualTo(60);
        assertThat(quietStore.source().lastWord()).contains(new Word("people", NOW.minus(Duration.ofHours(12))));
        assertThat(quietStore.offered()).isEqualTo(5);
        assertThat(online(TEE).availableToPromise()).isEqualTo(5);

        words.put(HARBOR, new Word("pos", NOW.minus(Duration.ofHours(36))));
        assertThat(at(HARBOR, TEE).offered()).isEqualTo(1);
        heard.put(HARBOR, Map.of("pos", NOW.minus(Duration.ofHours(1))));
        assertThat(at(HARBOR, TEE).source())
                .as("nobody knows what a store does whose system is silent; the lesser trust holds")
                .extracting(Source::state, Source::trustPercent)
                .containsExactly(State.SILENT, 20);

        heard.put(HARBOR, Map.of("pos", NOW));
        words.put(HARBOR, new Word("store-app", NOW));
        assertThat(at(HARBOR, TEE).source().state())
                .as("back at its first word")
                .isEqualTo(State.LIVE);
        assertThat(at(HARBOR, TEE).offered()).isEqualTo(9);
    }

    @Test
    void aStoreThatWasNeverHeardOfIsTrustedByPolicyToo() {
        stock(HARBOR, TEE, 10);
        trust.add(new TrustRule("never heard of", Set.of(HARBOR), Optional.empty(), 25));

        assertThat(at(HARBOR, TEE).source().state()).isEqualTo(State.UNHEARD);
        assertThat(at(HARBOR, TEE).offered()).isEqualTo(2);
        heard.put(HARBOR, Map.of("pos", NOW));
        assertThat(at(HARBOR, TEE).offered()).isEqualTo(10);
    }

    @Test
    void aStoreThatIsClosedPromisesItForWhenItHasOpened() {
        stock(HARBOR, TEE, 5);
        opens = NOW.plus(Duration.ofHours(14));

        assertThat(at(HARBOR, TEE).pickup()).hasValueSatisfying(pickup -> {
            assertThat(pickup.promisedAt()).isEqualTo(opens.plus(Duration.ofHours(2)));
            assertThat(pickup.promisedOn())
                    .isEqualTo(pickup.promisedAt()
                            .atZone(new SampleFacilities().get(HARBOR).zone())
                            .toLocalDate());
        });
    }

    @Test
    void pickupIsPromisedOfWhatTheStoreHas() {
        transfers.add(new TransferRule("east", Set.of(EAST), Set.of(HARBOR), Duration.ofDays(1), 0, 0));
        stock(EAST, TEE, 6);

        assertThat(at(HARBOR, TEE).pickup()).as("nobody would carry it there").isEmpty();
        stock(HARBOR, TEE, 1);
        assertThat(at(HARBOR, TEE).pickup()).hasValueSatisfying(pickup -> {
            assertThat(pickup.promisedAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
            assertThat(pickup.from()).isEqualTo(HARBOR);
            assertThat(pickup.units()).isEqualTo(1);
        });
        assertThat(at(DUBLIN, TEE).pickup()).isEmpty();
        assertThat(at(EAST, TEE).pickup()).as("a warehouse hands nothing over").isEmpty();

        pickup.add(new SwitchRule("off", new Scope(Set.of(HARBOR), Set.of()), false));
        assertThat(at(HARBOR, TEE).pickup()).isEmpty();
    }

    @Test
    void bundlesAreBoundByTheirPartsInOnePlaceAndByDemandForThem() {
        stock(EAST, TEE, 5);
        stock(EAST, CAP, 9);
        stock(HARBOR, TEE, 3);
        assertThat(at(EAST, SET).availableToPromise()).isEqualTo(2);
        assertThat(at(HARBOR, SET).availableToPromise()).isZero();
        assertThat(online(SET).availableToPromise()).isEqualTo(2);

        waits(TEE, 5);

        assertThat(online(SET)).isEqualTo(new InChannel(SHOP, 1, 0, 3));
    }

    /** What the ledger would refuse is not promised, and what it would reserve is. */
    @Test
    void pickupIsNotPromisedFromWhatDemandWithoutAFacilityMayTake() {
        stock(HARBOR, TEE, 3);
        waits(TEE, 2, Set.of(EAST, HARBOR));
        assertThat(at(HARBOR, TEE).pickup()).isPresent();

        waits(TEE, 5, Set.of(EAST, HARBOR));
        assertThat(at(HARBOR, TEE).pickup()).isEmpty();

        waits(TEE, 5, Set.of(EAST));
        assertThat(at(HARBOR, TEE).pickup()).isPresent();
    }

    @Test
    void theNearestFacilityComesFirst() {
        List<AtFacility> near = answer(new Question(
                        List.of(TEE), Optional.empty(), Optional.of(SHOP), Optional.of(new GeoPoint(39.5, -119.8))))
                .facilities();

        assertThat(near).extracting(AtFacility::facility).containsExactly(WEST, EAST, HARBOR);
        assertThat(near.getFirst().kilometres().orElseThrow()).isLessThan(5);
    }

    @Test
    void whatIsSoldOutAndOnOrderIsToldAsABackorder() {
        stock(EAST, TEE, 0);
        supplies.add(supply(EAST, 4, NOW.plus(Duration.ofDays(1))));
        supplies.add(supply(WEST, 6, NOW.plus(Duration.ofDays(3))));
        supplies.add(supply(DUBLIN, 50, NOW.plus(Duration.ofDays(1))));
        backordered = 5;

        assertThat(online(TEE).later()).contains(new Later(Later.Kind.BACKORDER, 5, NOW.plus(Duration.ofDays(3))));

        backordered = 10;
        assertThat(online(TEE).later()).as("all of it is waited for").isEmpty();
        backordered = 0;
        stock(EAST, TEE, 1);
        assertThat(online(TEE).later()).as("it can be had now").isEmpty();
    }

    @Test
    void whatMayNotLeaveYetIsOfferedForItsRelease() {
        Instant release = NOW.plus(Duration.ofDays(10));
        preorders.add(new PreorderRule("spring", Set.of(TEE), release, OptionalInt.of(8)));
        stock(EAST, TEE, 5);
        stock(HARBOR, CAP, 9);
        supplies.add(supply(EAST, 4, NOW.plus(Duration.ofDays(1))));
        supplies.add(supply(WEST, 6, release.plus(Duration.ofDays(1))));

        assertThat(online(TEE))
                .isEqualTo(new InChannel(SHOP, 0, 0, 0, Optional.of(new Later(Later.Kind.PREORDER, 8, release))));
        assertThat(at(EAST, TEE).availableToPromise()).as("it lies there").isEqualTo(5);
        assertThat(at(EAST, TEE).offered()).isZero();
        assertThat(online(SET).availableToPromise())
                .as("its component may not leave")
                .isZero();

        backordered = 8;
        assertThat(online(TEE).later()).as("the limit").isEmpty();
        preorders.clear();
        preorders.add(new PreorderRule("spring", Set.of(TEE), NOW, OptionalInt.empty()));
        assertThat(online(TEE).availableToPromise()).as("released").isEqualTo(5);
    }

    /** As the ledger does: else somebody is promised what others have a claim to. */
    @Test
    void whatIsSoldOrPromisedAndIsNotThereIsServedBefore() {
        balances.removeIf(balance -> balance.sku().equals(TEE));
        balances.add(new Balance(EAST, TEE, 0, 1, 0, 0, 2, 0, 0));
        supplies.add(supply(EAST, 8, NOW.plus(Duration.ofDays(1))));
        waits(TEE, 1);
        assertThat(online(TEE).later())
                .as("2 sold and 1 reserved without stock, 1 promised without a place")
                .contains(new Later(Later.Kind.BACKORDER, 4, NOW.plus(Duration.ofDays(1))));

        balances.removeIf(balance -> balance.sku().equals(TEE));
        stock(EAST, TEE, 5);
        waits(TEE, 3);
        Instant release = NOW.plus(Duration.ofDays(10));
        preorders.add(new PreorderRule("spring", Set.of(TEE), release, OptionalInt.empty()));
        assertThat(online(TEE).later())
                .as("3 were promised without a place before it was kept back")
                .contains(new Later(Later.Kind.PREORDER, 10, release));
    }

    /** Whoever waits for a place that the channel does not send from takes nothing from it. */
    @Test
    void whoeverWaitsElsewhereTakesTheSupplyOfThatPlace() {
        stock(EAST, TEE, 0);
        supplies.add(supply(EAST, 4, NOW.plus(Duration.ofDays(1))));
        supplies.add(supply(DUBLIN, 3, NOW.plus(Duration.ofDays(1))));
        elsewhere = 3;

        assertThat(online(TEE).later()).contains(new Later(Later.Kind.BACKORDER, 4, NOW.plus(Duration.ofDays(1))));
    }

    private static Expected supply(FacilityId facility, int units, Instant at) {
        return new Expected(new StockSource("erp", facility + "/" + at, 1), facility, TEE, units, at);
    }

    @Test
    void policySafetyStockFollowsItsLastFittingRule() {
        assertThat(policy().safetyStock(HARBOR, TEE)).isEqualTo(2);
        assertThat(policy().safetyStock(HARBOR, CAP)).isEqualTo(1);
        assertThat(policy().safetyStock(EAST, CAP)).isZero();
    }

    private AtFacility at(FacilityId facility, Sku sku) {
        return answer(new Question(List.of(sku), Optional.of(facility), Optional.empty(), Optional.empty()))
                .facilities()
                .getFirst();
    }

    private InChannel online(Sku sku) {
        return answer(new Question(List.of(sku), Optional.empty(), Optional.of(SHOP), Optional.empty()))
                .channels()
                .getFirst();
    }

    private Availability answer(Question question) {
        return availabilities().answer(question, NOW).getFirst();
    }

    private Availabilities availabilities() {
        Bundles bundles =
                sku -> sku.equals(SET) ? List.of(new Part(TEE, 2), new Part(CAP, 1)) : List.of(new Part(sku, 1));
        return new Availabilities(
                reading(),
                instant -> policy(),
                new SampleFacilities(),
                (facility, measure) -> new Authority("pos", Basis.MOVEMENTS),
                bundles,
                () -> true,
                Clocks::new);
    }

    /** Harbor is open for a quarter of the time. */
    private final class Clocks implements HoursNow {
        private final Instant asked;

        Clocks(Instant asked) {
            this.asked = asked;
        }

        @Override
        public Instant readyAt(Facility store, Duration takes) {
            return opens.isAfter(asked) ? opens.plus(takes) : asked.plus(takes);
        }

        @Override
        public Duration openSince(Facility facility, Instant since) {
            return Duration.between(since, asked).dividedBy(4);
        }
    }

    private StockPolicy policy() {
        return new StockPolicy(
                "test-1",
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                Map.of(SHOP, Set.of(EAST, WEST, HARBOR)),
                List.of(
                        new SafetyRule("stores", new Scope(Set.of(HARBOR), Set.of()), 1),
                        new SafetyRule("tees", new Scope(Set.of(HARBOR), Set.of(TEE)), 2)),
                thresholds,
                shipping,
                pickup,
                transfers,
                trust,
                List.of(),
                List.of(),
                preorders,
                quiet);
    }

    private StockReading reading() {
        return new StockReading() {
            @Override
            public List<Balance> balances(Collection<Sku> skus) {
                return balances.stream()
                        .filter(balance -> skus.contains(balance.sku()))
                        .toList();
            }

            @Override
            public Map<Sku, List<FreeStock.Demand>> unrouted(Collection<Sku> skus) {
                return demand;
            }

            @Override
            public Incoming incoming(Sku sku, Instant now) {
                return new Incoming(
                        supplies.stream()
                                .filter(supply -> supply.sku().equals(sku))
                                .toList(),
                        List.of(
                                new Promises.Demand(1, elsewhere, Set.of(DUBLIN)),
                                new Promises.Demand(2, backordered, Set.of(EAST, WEST, HARBOR))));
            }

            @Override
            public Heard heard() {
                return new Heard(heard, words, pauses);
            }
        };
    }

    private void stock(FacilityId facility, Sku sku, int units) {
        balances.removeIf(
                balance -> balance.facility().equals(facility) && balance.sku().equals(sku));
        balances.add(new Balance(facility, sku, units, 0, 0, 0, 0, 0, 0));
    }

    private void waits(Sku sku, int units) {
        waits(sku, units, Set.of(EAST, WEST, HARBOR));
    }

    private void waits(Sku sku, int units, Set<FacilityId> among) {
        demand.put(sku, List.of(new FreeStock.Demand(among, units)));
        balances.removeIf(balance ->
                balance.facility().equals(FacilityId.UNROUTED) && balance.sku().equals(sku));
        balances.add(new Balance(FacilityId.UNROUTED, sku, 0, units, 0, 0, 0, 0, 0));
    }
}
