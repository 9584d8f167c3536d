package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.activities.inventory.InventorySyncStepsImpl;
import io.throughline.activities.inventory.SilentChanges;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases.CaseFilter;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an account is told: by few calls, whatever the system refuses, and only as far as it shall be. */
final class PublishingTest {
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final FreshDatabase database = new FreshDatabase(Clock.systemUTC());
    private final InventoryLedger ledger =
            database.facts().stock(SampleStockRules.plain()).inventory();
    private final Publications publications =
            database.facts().stock(SampleStockRules.plain()).publications();
    private final SampleAccounts accounts = new SampleAccounts();
    private final Display display = new Display();
    private final InventorySyncStepsImpl sync = sync(publications);
    private final StockMirrors mirrors = mirrors();
    private final SilentChanges silent = new SilentChanges(mirrors, publications, Clock.systemUTC());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void manyPlacesAreToldByFewCallsAndNothingIsToldTwice() {
        for (int i = 0; i < 300; i++) {
            move("SKU-" + i, Kind.COUNT, 5);
        }

        assertThat(sync.publish(SHOP)).isFalse();
        assertThat(sync.publish(SHOP)).isFalse();

        // A SKU that is new has two rows in the page of 250: its shelf's, and that of demand without a facility.
        assertThat(display.calls).extracting(call -> call.lines().size()).containsExactly(100, 25, 100, 25, 50);
        assertThat(display.onHand).hasSize(300).containsEntry(Sku.of("SKU-299"), 5);
    }

    @Test
    void whatIsRefusedIsOneCaseAndKeepsNothingElseWaiting() {
        display.refused = Set.of(Sku.of("B"));
        List.of("A", "B", "C").forEach(sku -> move(sku, Kind.COUNT, 5));

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.onHand).containsOnlyKeys(Sku.of("A"), Sku.of("C"));
        assertThat(cases())
                .extracting(Case::code, Case::subject)
                .containsExactly(tuple(FailureCode.STOCK_NOT_PUBLISHED, "published/northwind/B"));
        display.refused = Set.of();
        publications.retry(SHOP, Sku.of("B"));
        assertThat(sync.publish(SHOP)).isFalse();
        assertThat(display.onHand).containsEntry(Sku.of("B"), 5);
    }

    @Test
    void theOneThatASystemMeansIsFoundByAskingLessAtATime() {
        display.refused = Set.of(Sku.of("F"));
        display.nameless = true;
        List.of("A", "B", "C", "D", "E", "F", "G").forEach(sku -> move(sku, Kind.COUNT, 5));

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.onHand).hasSize(6);
        assertThat(cases()).extracting(Case::subject).containsExactly("published/northwind/F");
    }

    @Test
    void aSkuThatTheSystemDoesNotHaveIsOneCase() {
        display.unknown = Set.of(Sku.of("A"));
        move("A", Kind.COUNT, 5);
        move("B", Kind.COUNT, 5);

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.onHand).containsOnlyKeys(Sku.of("B"));
        assertThat(cases()).extracting(Case::subject).containsExactly("published/northwind/A");
    }

    @Test
    void inShadowCallsAreRecordedAndNotSentAndLaterAllIsToldAnew() {
        accounts.mode(SHOP, EffectMode.SHADOW);
        move("A", Kind.COUNT, 5);

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.calls).isEmpty();
        assertThat(effects()).extracting(EffectLedger.Effect::state).containsExactly(EffectLedger.State.SHADOWED);
        accounts.mode(SHOP, EffectMode.LIVE);
        assertThat(sync.publish(SHOP)).isFalse();
        assertThat(display.onHand).containsEntry(Sku.of("A"), 5);
    }

    @Test
    void anAccountThatIsOffIsLeftAlone() {
        accounts.mode(SHOP, EffectMode.OFF);
        move("A", Kind.COUNT, 5);

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.reads).isZero();
        assertThat(effects()).isEmpty();
    }

    @Test
    void changesThatComeToNothingWakeNobody() {
        move("A", Kind.COUNT, 5);
        assertThat(sync.publish(SHOP)).isFalse();
        int calls = display.calls.size();
        move("A", Kind.SALE, -1);
        move("A", Kind.RECEIPT, 1);
        assertThat(isNews()).isTrue();

        assertThat(silent.passBy(SHOP)).isTrue();

        assertThat(isNews()).isFalse();
        assertThat(sync.publish(SHOP)).isFalse();
        assertThat(display.calls).hasSize(calls);
        assertThat(display.onHand).containsEntry(Sku.of("A"), 5);
    }

    @Test
    void whatMustBeToldIsLeftToTheProcess() {
        move("A", Kind.COUNT, 5);
        assertThat(isNews()).isTrue();
        assertThat(silent.passBy(SHOP)).as("nobody knows yet what it shows").isFalse();
        assertThat(sync.publish(SHOP)).isFalse();
        move("A", Kind.SALE, -1);
        assertThat(isNews()).isTrue();

        assertThat(silent.passBy(SHOP)).isFalse();

        assertThat(sync.publish(SHOP)).isFalse();
        assertThat(display.onHand).containsEntry(Sku.of("A"), 4);
        assertThat(isNews()).isFalse();
    }

    /** What is told by differences alone leaves a number that somebody has set as it was set. */
    @Test
    void whatSomebodyHasSetIsSetToTheLedgersNumberOnlyWhenThatIsWishedFor() {
        move("A", Kind.COUNT, 5);
        assertThat(sync.publish(SHOP)).isFalse();
        display.onHand.put(Sku.of("A"), 9);
        assertThat(isNews()).isFalse();

        StockSubject place = new StockSubject(HARBOR, Sku.of("A"));
        assertThat(database.facts()
                        .stock(SampleStockRules.plain())
                        .republications()
                        .ask(SHOP, place, "Ada"))
                .isEqualTo(Republications.Outcome.ASKED);
        publications.atRest(SHOP);
        assertThat(isNews()).as("somebody is called").isTrue();
        assertThat(silent.passBy(SHOP)).as("it is to be read anew").isFalse();
        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.onHand).containsEntry(Sku.of("A"), 5);
        assertThat(display.calls.getLast().lines())
                .extracting(StockTelling.Line::from, StockTelling.Line::to)
                .containsExactly(tuple(9, 5));
    }

    private boolean isNews() {
        return publications.claim(SHOP, mirrors.facilities(SHOP), mirrors.terms(SHOP, Instant.now()));
    }

    @Test
    void aSystemThatAsksForPatienceGetsIt() {
        display.throttles = 3;
        move("A", Kind.COUNT, 5);

        assertThat(sync.publish(SHOP)).isFalse();

        assertThat(display.onHand).containsEntry(Sku.of("A"), 5);
        assertThat(display.throttles).isZero();
    }

    @Test
    void aBundleIsToldWithItsPartsAndHasACaseOfItsOwn() {
        Publications ofSets = database.facts()
                .stock(SampleStockRules.with(new Sets(), SafetyStocks.none()))
                .publications();
        InventorySyncStepsImpl syncOfSets = sync(ofSets);
        display.unknown = Set.of(Sku.of("SET"));
        move("A", Kind.COUNT, 5);
        move("B", Kind.COUNT, 3);
        assertThat(syncOfSets.publish(SHOP)).isFalse();
        assertThat(cases()).extracting(Case::subject).containsExactly("published/northwind/SET");

        display.unknown = Set.of();
        ofSets.retry(SHOP, Sku.of("SET"));
        assertThat(syncOfSets.publish(SHOP)).isFalse();
        assertThat(display.onHand).containsEntry(Sku.of("SET"), 3).containsEntry(Sku.of("A"), 5);

        move("B", Kind.SALE, -1);
        assertThat(syncOfSets.publish(SHOP)).isFalse();
        assertThat(display.onHand).containsEntry(Sku.of("SET"), 2).containsEntry(Sku.of("B"), 2);
    }

    /** A set is one A and one B. */
    private static final class Sets implements Bundles {
        private static final Sku SET = Sku.of("SET");
        private static final Set<Sku> PARTS = Set.of(Sku.of("A"), Sku.of("B"));

        @Override
        public List<Part> partsOf(Sku sku) {
            return sku.equals(SET)
                    ? PARTS.stream().map(part -> new Part(part, 1)).toList()
                    : List.of(new Part(sku, 1));
        }

        @Override
        public Set<Sku> bundlesOf(Sku part) {
            return PARTS.contains(part) ? Set.of(SET) : Set.of();
        }
    }

    private void move(String sku, Kind kind, int units) {
        ledger.record(new Movement(
                HARBOR,
                Sku.of(sku),
                units,
                kind,
                SampleStockRules.POS,
                "M-" + NUMBERS.incrementAndGet(),
                Instant.now()));
    }

    private List<Case> cases() {
        return database.facts().cases().list(new CaseFilter(Optional.empty(), Optional.empty(), Optional.empty(), 100));
    }

    private List<EffectLedger.Effect> effects() {
        return database.facts().effects().ofSubject("inventory/" + SHOP);
    }

    private InventorySyncStepsImpl sync(Publications told) {
        Clock clock = Clock.systemUTC();
        return new InventorySyncStepsImpl(
                mirrors(),
                told,
                new Effects(database.facts().effects(), accounts, clock, Checkpoints.none()),
                database.facts().cases(),
                clock,
                Duration.ZERO);
    }

    private StockMirrors mirrors() {
        StockPolicy policy = SampleStockPolicies.plain("stock-1");
        return new StockMirrors(
                accounts,
                new SampleFacilities(),
                SampleStockRules.plain().authorities(),
                instant -> policy,
                Map.of(OutsideSystem.SHOPIFY, display));
    }

    /** A system that shows what is on hand and refuses what it is told to. */
    private static final class Display implements StockMirror {
        private final Map<Sku, Integer> onHand = new TreeMap<>();
        private final List<StockTelling> calls = new ArrayList<>();
        private Set<Sku> refused = Set.of();
        private Set<Sku> unknown = Set.of();
        private boolean nameless;
        private int throttles;
        private int reads;

        @Override
        public Set<ShownState> states() {
            return Set.of(ShownState.ON_HAND);
        }

        @Override
        public int mostLines() {
            return 100;
        }

        @Override
        public Map<Sku, ShownStock> read(AccountId account, FacilityId facility, Collection<Sku> skus) {
            reads++;
            Map<Sku, ShownStock> shown = new TreeMap<>();
            skus.stream()
                    .filter(sku -> !unknown.contains(sku))
                    .forEach(
                            sku -> shown.put(sku, new ShownStock("item of " + sku, onHand.getOrDefault(sku, 0), 0, 0)));
            return shown;
        }

        @Override
        public Answer tell(StockTelling telling, String vendorKey) {
            if (throttles > 0) {
                throttles--;
                throw SystemFailure.rateLimited("not so fast", Duration.ofMillis(20));
            }
            List<Complaint> complaints = new ArrayList<>();
            for (int index = 0; index < telling.lines().size(); index++) {
                if (refused.contains(telling.lines().get(index).place().sku())) {
                    boolean told = !nameless || telling.lines().size() == 1;
                    complaints.add(new Complaint(told ? index : -1, Reason.REFUSED, "no"));
                }
            }
            if (complaints.isEmpty()) {
                calls.add(telling);
                telling.lines().forEach(line -> onHand.put(line.place().sku(), line.to()));
            }
            return complaints.isEmpty() ? Answer.told() : Answer.nothing(complaints);
        }
    }
}
