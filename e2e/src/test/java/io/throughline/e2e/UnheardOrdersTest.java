package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.activities.inventory.InventorySyncStepsImpl;
import io.throughline.activities.inventory.SilentChanges;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.TestingChannels;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.e2e.TestingShelf.Mishap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once a shop was told of its stock for the first time, it sells, ships and tells us of it in any order and as late as it likes, others sell
 * the same stock, and calls go astray: after each publication the shop offers exactly what is left.
 */
final class UnheardOrdersTest {
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final int STEPS = 150;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final FreshDatabase database = new FreshDatabase(Clock.systemUTC());
    private final TestingChannels channels = new TestingChannels();
    private final StockRules rules = SampleStockRules.offering(Bundles.none(), channels);
    private final InventoryLedger ledger = database.facts().stock(rules).inventory();
    private final Publications publications = database.facts().stock(rules).publications();
    private int trusted = 100;

    @AfterEach
    void close() {
        database.close();
    }

    /** One order and how far it has come on either side. */
    private static final class Sold {
        private final AccountId account;
        private final int units;
        private Optional<FulfillmentOrderId> work = Optional.empty();
        private boolean shipped;
        private boolean consumed;

        Sold(AccountId account, int units) {
            this.account = account;
            this.units = units;
        }

        boolean own() {
            return account.equals(SHOP);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theShopOffersExactlyWhatIsLeft(long seed) {
        play(seed, List.of(Mishap.NONE, Mishap.NONE, Mishap.NOT_HEARD, Mishap.REPLY_LOST), true);
    }

    /** Then nobody can tell for certain what became of a call: what is offered may be too little, until it is compared. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aShopThatForgetsKeysNeverOffersMoreThanIsLeft(long seed) {
        play(seed, List.of(Mishap.NONE, Mishap.REPLY_LOST_AND_KEY_FORGOTTEN), false);
    }

    /** By policy its channel is not offered the last units, less while the store is silent, and nothing while it is switched off. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void theShopOffersExactlyWhatItsChannelMaySell(long seed) {
        SplittableRandom policy = new SplittableRandom(seed);
        play(seed, List.of(Mishap.NONE, Mishap.NOT_HEARD, Mishap.REPLY_LOST), true, sku -> {
            channels.thresholds.put(sku, 3);
            trusted = List.of(100, 100, 50, 0).get(policy.nextInt(4));
            publications.offer(SHOP, Map.of(HARBOR, trusted));
        });
    }

    private void play(long seed, List<Mishap> mishaps, boolean exactly) {
        play(seed, mishaps, exactly, sku -> {});
    }

    /** {@code before} each publication something else may hold. */
    private void play(long seed, List<Mishap> mishaps, boolean exactly, Consumer<Sku> before) {
        System.out.println("  seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Sku sku = Sku.of("UNHEARD-" + seed);
        TestingShelf shelf = new TestingShelf(40);
        Publisher publisher = publisher(shelf, sku);
        List<Sold> orders = new ArrayList<>();
        int onHand = 40;
        move(sku, Kind.COUNT, 40);
        publish(publisher, shelf);
        for (int step = 0; step < STEPS; step++) {
            int units = 1 + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 -> {
                    move(sku, Kind.RECEIPT, units);
                    onHand += units;
                }
                case 1 -> {
                    if (left(onHand, orders) >= units) {
                        move(sku, Kind.SALE, -units);
                        onHand -= units;
                    }
                }
                case 2 -> {
                    if (shelf.available() >= units && left(onHand, orders) >= units) {
                        shelf.sell(units);
                        orders.add(new Sold(SHOP, units));
                    }
                }
                case 3 -> {
                    if (left(onHand, orders) >= units) {
                        Sold other = new Sold(SampleAccounts.REST, units);
                        other.work = Optional.of(allocate(other, sku));
                        orders.add(other);
                    }
                }
                case 4 ->
                    pick(random, orders, order -> order.own() && order.work.isEmpty())
                            .ifPresent(order -> order.work = Optional.of(allocate(order, sku)));
                case 5 ->
                    pick(random, orders, order -> order.own() && !order.shipped).ifPresent(order -> {
                        shelf.ship(order.units);
                        order.shipped = true;
                    });
                case 6 ->
                    pick(random, orders, order -> order.work.isPresent() && !order.consumed)
                            .ifPresent(order -> {
                                ledger.consume(order.work.orElseThrow());
                                order.consumed = true;
                            });
                default -> {
                    before.accept(sku);
                    shelf.meets(mishaps.get(random.nextInt(mishaps.size())));
                    publish(publisher, shelf);
                    if (exactly) {
                        assertThat(shelf.available()).as("step %d", step).isEqualTo(offered(sku, onHand, orders));
                    } else {
                        assertThat(shelf.available()).as("step %d", step).isLessThanOrEqualTo(left(onHand, orders));
                    }
                }
            }
        }
    }

    /** What was there and came, less what was sold to anybody. */
    private static int left(int onHand, List<Sold> orders) {
        return onHand - orders.stream().mapToInt(order -> order.units).sum();
    }

    /** What availability would say, less what of the shop's orders we have not heard of. */
    private int offered(Sku sku, int onHand, List<Sold> orders) {
        int unheard = orders.stream()
                .filter(order -> order.work.isEmpty())
                .mapToInt(order -> order.units)
                .sum();
        int believed = (left(onHand, orders) + unheard) * trusted / 100;
        return Math.max(0, believed - channels.threshold(SHOP, sku)) - unheard;
    }

    private static Optional<Sold> pick(SplittableRandom random, List<Sold> orders, Predicate<Sold> which) {
        List<Sold> found = orders.stream().filter(which).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    /** Nobody is woken for what need not be told; else as Temporal would: until it is through. */
    private static void publish(Publisher publisher, TestingShelf shelf) {
        if (publisher.silent.passBy(SHOP)) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                assertThat(publisher.sync.publish(SHOP)).isFalse();
                return;
            } catch (RuntimeException failed) {
                if (attempt == 10) {
                    throw failed;
                }
                shelf.meets(Mishap.NONE);
            }
        }
    }

    private record Publisher(SilentChanges silent, InventorySyncStepsImpl sync) {}

    private Publisher publisher(TestingShelf shelf, Sku only) {
        Clock clock = Clock.systemUTC();
        SampleAccounts accounts = new SampleAccounts();
        StockPolicy policy = SampleStockPolicies.plain("stock-" + only);
        EffectLedger effects = database.facts().effects();
        StockMirrors mirrors = new StockMirrors(
                accounts,
                new SampleFacilities(),
                SampleStockRules.plain().authorities(),
                instant -> policy,
                Map.of(OutsideSystem.SHOPIFY, shelf));
        return new Publisher(
                new SilentChanges(mirrors, publications, clock),
                new InventorySyncStepsImpl(
                        mirrors,
                        publications,
                        new Effects(effects, accounts, clock, Checkpoints.none()),
                        database.facts().cases(),
                        clock,
                        Duration.ZERO));
    }

    private void move(Sku sku, Kind kind, int units) {
        ledger.record(new Movement(
                HARBOR, sku, units, kind, SampleStockRules.POS, "M-" + NUMBERS.incrementAndGet(), Instant.now()));
    }

    private FulfillmentOrderId allocate(Sold sold, Sku sku) {
        OrderKey key = new OrderKey(sold.account, "88" + NUMBERS.incrementAndGet());
        Order order =
                new OrderBuilder(key, "USD").line(sku, sold.units, "10.00").build();
        database.facts().orders().hint(key, order.channel(), SamplePolicies.RULES);
        database.facts().orders().accept(order, PersonalData.none(), Instant.now());
        OrderId id = order.id();
        List<LineQuantity> lines = List.of(new LineQuantity("L1", sku, sold.units));
        ledger.reserve(id, lines, Set.of(HARBOR));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                "as told");
        return ledger.allocate(id, plan).orElseThrow().getFirst().id();
    }
}
