package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.Availabilities.Question;
import io.throughline.domain.availability.Availability;
import io.throughline.domain.availability.Availability.AtFacility;
import io.throughline.domain.availability.Availability.InChannel;
import io.throughline.domain.availability.Availability.Pickup;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.availability.Serving;
import io.throughline.domain.availability.ServingRules;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.SafetyRule;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.availability.StockPolicy.ThresholdRule;
import io.throughline.domain.availability.StockReading;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.Router;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.routing.RoutingOutcome;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingQuestion;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.domain.transfer.OrderTransferRules;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * By facilities and policies of all sorts, also ones that contradict each other: what is offered can be reserved and routed, and what is not offered
 * can't be promised. A failure prints its seed.
 */
class OfferedStockTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final int RETAILERS = Integer.getInteger("throughline.rounds", 30);
    private static final int ORDERS = 12;
    private static final List<AccountId> CHANNELS = List.of(SampleAccounts.SHOP, SampleAccounts.REST);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Test
    void whatIsOfferedCanBeHadAndNothingElse() {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        for (int retailer = 1; retailer <= RETAILERS; retailer++) {
            new RandomRetailer(random, "seed " + seed + ", retailer " + retailer).sells();
        }
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    private record Places(List<Facility> all) implements Facilities {
        @Override
        public Optional<Facility> find(FacilityId id) {
            return all.stream().filter(facility -> facility.id().equals(id)).findFirst();
        }
    }

    /** Works all day. */
    private record Open(Instant asked) implements HoursNow {
        @Override
        public Instant readyAt(Facility store, Duration takes) {
            return asked.plus(takes);
        }

        @Override
        public Duration openSince(Facility facility, Instant since) {
            return Duration.between(since, asked);
        }
    }

    private static final class RandomRetailer {
        private final SplittableRandom random;
        private final String about;
        private final int number = NUMBERS.incrementAndGet();
        private final List<Sku> skus = List.of(Sku.of("OFFER-TEE-" + number), Sku.of("OFFER-CAP-" + number));
        private final Places facilities;
        private final StockPolicy policy;
        private final InventoryLedger ledger;
        private final Availabilities availabilities;
        private final ServingRules rules;
        private final FacilityPauses pauses = POSTGRES.database().facilityPauses();
        private final NewPromises promises;
        private final Router router;
        private final List<Order> unrouted = new ArrayList<>();

        RandomRetailer(SplittableRandom random, String about) {
            this.random = random;
            this.about = about;
            this.facilities = new Places(List.of(facility("A"), facility("B"), facility("C"), facility("D")));
            this.policy = policy();
            StockRules stock = SampleStockRules.with(Bundles.none(), policy::safetyStock);
            this.ledger = POSTGRES.database().stock(stock).inventory();
            this.availabilities = new Availabilities(
                    POSTGRES.database().stock(stock).stockReading(),
                    now -> policy,
                    facilities,
                    (facility, measure) -> new Authority(SampleStockRules.POS, Basis.MOVEMENTS),
                    Bundles.none(),
                    () -> false,
                    Open::new);
            this.rules = new ServingRules(now -> policy, facilities);
            this.promises = new NewPromises(rules, pauses, POSTGRES.clock());
            this.router = new Router(facilities.all(), Bundles.none());
        }

        private Facility facility(String name) {
            return new Facility(
                    new FacilityId("OFFER-" + name + "-" + number),
                    name,
                    random.nextBoolean() ? Facility.Kind.STORE : Facility.Kind.WAREHOUSE,
                    ZoneOffset.UTC,
                    "US",
                    new GeoPoint(random.nextInt(50), random.nextInt(50)),
                    SampleAccounts.POS,
                    Map.of(),
                    Set.copyOf(some(CHANNELS)),
                    Set.copyOf(some(List.copyOf(EnumSet.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP)))));
        }

        private StockPolicy policy() {
            return new StockPolicy(
                    "random-" + number,
                    Instant.EPOCH,
                    Displacement.NEWEST_FIRST,
                    Duration.ofHours(2),
                    Map.of(CHANNELS.get(0), places(), CHANNELS.get(1), places()),
                    List.of(new SafetyRule("to-show", scope(), random.nextInt(3))),
                    List.of(new ThresholdRule("last", Set.of(CHANNELS.getFirst()), Set.of(), random.nextInt(3))),
                    List.of(new SwitchRule("not-shipped", scope(), false)),
                    List.of(new SwitchRule("not-collected", scope(), false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }

        private Scope scope() {
            return new Scope(places(), Set.copyOf(some(skus)));
        }

        private Set<FacilityId> places() {
            return new HashSet<>(
                    some(facilities.all().stream().map(Facility::id).toList()));
        }

        private <T> List<T> some(List<T> all) {
            return all.stream().filter(one -> random.nextInt(4) > 0).toList();
        }

        void sells() {
            for (Facility facility : facilities.all()) {
                skus.forEach(sku -> receive(facility.id(), sku, random.nextInt(7)));
            }
            for (int order = 0; order < ORDERS; order++) {
                AccountId channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
                if (random.nextBoolean()) {
                    sends(channel);
                } else {
                    handsOver(channel, skus.get(random.nextInt(skus.size())));
                }
                if (random.nextInt(3) == 0) {
                    routeAll();
                }
            }
            routeAll();
        }

        private void receive(FacilityId facility, Sku sku, int units) {
            if (units > 0) {
                ledger.record(new Movement(
                        facility,
                        sku,
                        units,
                        Movement.Kind.RECEIPT,
                        StockSource.PEOPLE,
                        "offered-" + NUMBERS.incrementAndGet(),
                        PostgresExtension.START));
            }
        }

        private void sends(AccountId channel) {
            List<LineQuantity> lines = new ArrayList<>();
            for (Sku sku : skus) {
                InChannel in = asked(channel, sku).channels().getFirst();
                int offered = in.availableToPromise();
                refused(order(channel, Optional.empty(), line(sku, offered + in.threshold() + 1)));
                int units = offered == 0 ? 0 : random.nextInt(offered + 1);
                if (units > 0) {
                    lines.add(line(sku, units));
                }
            }
            if (!lines.isEmpty()) {
                reserved(order(channel, Optional.empty(), lines.toArray(LineQuantity[]::new)));
            }
        }

        private void handsOver(AccountId channel, Sku sku) {
            List<AtFacility> shown = asked(channel, sku).facilities();
            for (Facility facility : facilities.all()) {
                Optional<FacilityId> store = Optional.of(facility.id());
                int offered = shown.stream()
                        .filter(at -> at.facility().equals(facility.id()))
                        .flatMap(at -> at.pickup().stream())
                        .mapToInt(Pickup::units)
                        .sum();
                refusedByBasket(channel, store, line(sku, offered + 1));
                if (offered > 0 && random.nextBoolean()) {
                    assertThat(promises.allows(channel, store, sku)).as(about).isTrue();
                    reserved(order(channel, store, line(sku, 1 + random.nextInt(offered))));
                }
            }
        }

        private Availability asked(AccountId channel, Sku sku) {
            return availabilities
                    .answer(
                            new Question(List.of(sku), Optional.empty(), Optional.of(channel), Optional.empty()),
                            POSTGRES.clock().instant())
                    .getFirst();
        }

        private void reserved(Order order) {
            assertThat(commit(order)).as("%s: %s", about, order.deliveries()).isEqualTo(new Commitment.Reserved());
            unrouted.add(order);
        }

        private void refused(Order order) {
            assertThat(commit(order)).as("%s: %s", about, order.deliveries()).isInstanceOf(Commitment.Refused.class);
        }

        private Commitment commit(Order order) {
            List<LineQuantity> needs = order.deliveries().getFirst().lines();
            Terms terms = Terms.ofLines(
                    router.places(order, OrderTransferRules.none(), (facility, sku) -> ships(order, facility, sku)),
                    OnShortage.REFUSE);
            if (order.deliveries().getFirst().method() == DeliveryMethod.SHIPPING) {
                assertThat(promises.terms(order.key().account(), Optional.empty(), needs, OnShortage.REFUSE))
                        .as("a basket keeps it where its order reserves it")
                        .isEqualTo(terms);
            }
            return ledger.commit(order.id(), needs, terms);
        }

        /** As a client asks for it who has not sold it yet. */
        private void refusedByBasket(AccountId channel, Optional<FacilityId> store, LineQuantity line) {
            Terms terms = promises.terms(channel, store, List.of(line), OnShortage.REFUSE);
            Order order = order(channel, store, line);
            assertThat(ledger.commit(order.id(), List.of(line), terms))
                    .as("%s: %s at %s", about, line, store)
                    .isInstanceOf(Commitment.Refused.class);
        }

        private void routeAll() {
            while (!unrouted.isEmpty()) {
                Order order = unrouted.remove(random.nextInt(unrouted.size()));
                RoutingFacts facts = ledger.routingFacts(order.id(), Set.copyOf(skus), FactsWanted.stockOnly());
                RoutingOutcome outcome = router.route(
                        new RoutingQuestion(
                                order,
                                SampleRoutingPolicies.DEFAULT,
                                (facility, sku) -> ships(order, facility, sku),
                                Set.of(),
                                Optional.empty(),
                                POSTGRES.clock().instant()),
                        facts);
                assertThat(outcome).as("%s: %s", about, order.deliveries()).isInstanceOf(Planned.class);
                RoutingPlan plan = ((Planned) outcome).plan();
                assertThat(ledger.allocate(order.id(), plan))
                        .as("%s: %s", about, plan)
                        .isPresent();
            }
        }

        private boolean ships(Order order, FacilityId facility, Sku sku) {
            Serving today = rules.at(POSTGRES.clock().instant());
            return today.may(order.key().account(), facility, DeliveryMethod.SHIPPING, sku);
        }

        private Order order(AccountId channel, Optional<FacilityId> store, LineQuantity... lines) {
            OrderBuilder builder =
                    new OrderBuilder(new OrderKey(channel, "offered-" + NUMBERS.incrementAndGet()), "USD");
            for (LineQuantity line : lines) {
                builder.line(line.sku(), line.quantity(), "10.00");
            }
            Order order = builder.deliver(
                            store.isPresent() ? DeliveryMethod.PICKUP : DeliveryMethod.SHIPPING,
                            store,
                            Optional.empty())
                    .build();
            POSTGRES.stored(order);
            return order;
        }

        private static LineQuantity line(Sku sku, int units) {
            return new LineQuantity("L1", sku, units);
        }
    }

    /** What is paused is read with when systems were last heard of, and no more than a second late. */
    @Test
    void aPauseIsHeardOfAndEndsWithItsResumption() {
        FacilityId harbor = new FacilityId("OFFER-PAUSED");
        FacilityPauses pauses = POSTGRES.database().facilityPauses();
        StockReading reading =
                POSTGRES.database().stock(SampleStockRules.plain()).stockReading();
        Instant end = POSTGRES.clock().instant().plus(Duration.ofHours(1));

        pauses.pause(new Pause(harbor, OpenWork.WAIT, Optional.of(end), "ada"), "stock-taking");
        assertThat(reading.heard().isPaused(harbor, end.minusMillis(1))).isTrue();
        assertThat(reading.heard().isPaused(harbor, end))
                .as("it ends by itself")
                .isFalse();

        pauses.pause(new Pause(harbor, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        POSTGRES.clock().advance(Duration.ofSeconds(2));
        assertThat(reading.heard().isPaused(harbor, end.plus(Duration.ofDays(9))))
                .isTrue();
        pauses.resume(harbor, "ada");
        POSTGRES.clock().advance(Duration.ofSeconds(2));
        assertThat(reading.heard().isPaused(harbor, end.minusMillis(1))).isFalse();
    }
}
