package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Sending;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.domain.transfer.Transfers.Submission;
import io.throughline.domain.transfer.Transfers.Wish;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that can be done to the ledger, at random and at once, on so few SKUs that all of it collides; each rule is asked of one
 * snapshot after another while it goes on. A failure prints its seed.
 */
class LedgerInterleavingTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(16);

    private static final int THREADS = 8;
    private static final int STEPS = Integer.getInteger("throughline.steps", 60);
    private static final Sku TEE = Sku.of("R-TEE");
    private static final Sku CAP = Sku.of("R-CAP");
    private static final Sku SET = Sku.of("R-SET");
    private static final List<Sku> STOCKED = List.of(TEE, CAP);
    private static final List<Sku> SOLD = List.of(TEE, CAP, SET);
    private static final List<FacilityId> FACILITIES = List.of(SampleFacilities.WH_EAST, SampleFacilities.ST_HARBOR);

    private final StockRules rules = SampleStockRules.with(
            sku -> sku.equals(SET) ? List.of(new Part(TEE, 2), new Part(CAP, 1)) : List.of(new Part(sku, 1)),
            SafetyStocks.none());
    private final InventoryLedger inventory = POSTGRES.database().stock(rules).inventory();
    private final Baskets baskets = POSTGRES.database().stock(rules).baskets();
    private final IncomingSupply supply = POSTGRES.database().stock(rules).incomingSupply();
    private final Transfers transfers = POSTGRES.database().stock(rules).transfers();
    private final OrderTransfers orderTransfers =
            POSTGRES.database().stock(rules).orderTransfers();
    private final StoreSales sales = POSTGRES.database()
            .stock(rules)
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));

    @Test
    void everyRuleHoldsAtEveryInstant() throws Exception {
        long seed = Seeds.next();
        List<String> broken = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                broken.addAll(LedgerChecks.broken(POSTGRES.tables()));
            }
        });
        try {
            Together.run(THREADS, thread -> new Actor(thread, new SplittableRandom(seed + thread)).act());
        } finally {
            over.set(true);
            watcher.join();
        }

        assertThat(broken).as("seed %s", seed).isEmpty();
        assertThat(LedgerChecks.broken(POSTGRES.tables())).as("seed %s", seed).isEmpty();
        assertThat(waitInVain()).as("seed %s", seed).isEmpty();
        assertThat(lostBetweenPlaces()).as("seed %s", seed).isEmpty();
    }

    /**
     * Transfers whose movements, but for what was accounted for, don't come to nothing: what left is on its way or has arrived. By what they
     * state, for what a later count covers changes nothing.
     */
    private static List<String> lostBetweenPlaces() {
        return POSTGRES.tables()
                .withHandle(
                        handle -> handle.createQuery("""
                        select split_part(source_id, '/', 2) from (
                            select distinct on (source_id) source_id, stated from stock_movement
                            where source_id like 'transfer/%' and kind <> 'ADJUSTMENT' and part = 0
                            order by source_id, version desc) latest
                        group by 1 having sum(stated) <> 0
                        """).mapTo(String.class).list());
    }

    /** Who waits although he could be served, after all has been offered. */
    private List<Backorders.Row> waitInVain() {
        STOCKED.forEach(inventory::offer);
        Balances balances = new Balances(SafetyStocks.none());
        return POSTGRES.tables()
                .withHandle(handle -> STOCKED.stream()
                        .flatMap(sku -> {
                            Unpromised left = Unpromised.of(handle, sku, balances.of(handle, Set.of(sku)));
                            return Backorders.ofSku(handle, sku).stream().filter(row -> left.free(row.among()) > 0);
                        })
                        .toList());
    }

    /** One of many who change the ledger, with a seed of its own. */
    private final class Actor {
        private final int name;
        private final SplittableRandom random;
        private final RandomSignals signals;
        private final RandomRejections rejections;
        private final List<OrderId> orders = new ArrayList<>();
        private final List<BasketId> carts = new ArrayList<>();
        private final List<FulfillmentOrder> work = new ArrayList<>();
        private int steps;

        Actor(int name, SplittableRandom random) {
            this.name = name;
            this.random = random;
            this.signals = new RandomSignals(POSTGRES, rules, random, STOCKED, FACILITIES);
            this.rejections = new RandomRejections(POSTGRES, inventory, random, STOCKED, FACILITIES);
        }

        boolean act() {
            for (steps = 0; steps < STEPS; steps++) {
                switch (random.nextInt(26)) {
                    case 0, 1 -> inventory.record(movement());
                    case 2 ->
                        inventory.record(Stream.generate(this::movement)
                                .limit(1 + random.nextInt(5))
                                .toList());
                    case 3, 4, 5 -> order();
                    case 6 -> allocate();
                    case 7 -> finish();
                    case 8 -> cart();
                    case 9 -> endCart();
                    case 10 -> expect();
                    case 11 -> handOver();
                    case 12, 13 -> sell();
                    case 14, 15 -> transfer();
                    case 16, 17 -> sendToStore();
                    case 18, 19 -> signals.handIn(sharedOrOwn());
                    case 20 -> signals.count(sharedOrOwn());
                    case 21 -> signals.tellAndFollow(sharedOrOwn());
                    case 22, 23 -> work.addAll(rejections.reject(givenOut(), terms()));
                    case 24 -> rejections.bear();
                    default -> {
                        POSTGRES.clock().advance(Duration.ofSeconds(1));
                        baskets.expire(3);
                    }
                }
            }
            return true;
        }

        /** What is on its way to a store is not in its till, which rejects nothing of it. */
        private List<FulfillmentOrder> givenOut() {
            return work.stream().filter(one -> one.inbound().isEmpty()).toList();
        }

        private Movement movement() {
            Kind kind = pick(List.of(Kind.values()));
            Measure measure = random.nextInt(4) == 0 ? pick(List.of(Measure.values())) : Measure.ON_HAND;
            int units = random.nextInt(6);
            return new Movement(
                    new StockSource(StockSource.PEOPLE, "m" + sharedOrOwn(), 1 + random.nextInt(3)),
                    pick(FACILITIES),
                    kind == Kind.SALE ? pick(SOLD) : pick(STOCKED),
                    measure,
                    kind,
                    kind.takes() ? -units : units,
                    Optional.of("at random"),
                    now().plusSeconds(random.nextInt(10) - 5));
        }

        /** What several tell, so that it is corrected and repeated, or what only this one does. */
        private String sharedOrOwn() {
            return random.nextInt(3) == 0
                    ? "shared" + random.nextInt(4)
                    : name + "-" + steps + "-" + random.nextInt(100);
        }

        /** Goods that left, or were carried out, before anybody heard of the order. */
        private void handOver() {
            OrderId order = POSTGRES.stored(SampleOrder.fresh());
            DeliveryMethod method = random.nextBoolean() ? DeliveryMethod.CARRIED_OUT : DeliveryMethod.SHIPPING;
            inventory.recordHandedOver(
                    order,
                    new RoutingPlan(
                            List.of(new RoutingPlan.Assignment(pick(FACILITIES), method, Optional.empty(), lines())),
                            "at random"),
                    now().plusSeconds(random.nextInt(10) - 5));
        }

        /** A till sells, takes back, or corrects what it sold. */
        private void sell() {
            sales.take(SampleSales.mugs(
                    sharedOrOwn(),
                    1 + random.nextInt(3),
                    pick(SOLD),
                    pick(List.of(-2, -1, 1, 2, 3)),
                    SampleSales.NOON));
        }

        private void order() {
            OrderId order = POSTGRES.stored(SampleOrder.fresh());
            orders.add(order);
            inventory.commit(order, lines(), terms());
        }

        private void allocate() {
            if (!orders.isEmpty()) {
                LineQuantity line = new LineQuantity("L1", pick(SOLD), 1);
                inventory
                        .allocate(
                                pick(orders),
                                new RoutingPlan(
                                        List.of(new RoutingPlan.Assignment(
                                                pick(FACILITIES),
                                                DeliveryMethod.SHIPPING,
                                                Optional.empty(),
                                                List.of(line))),
                                        "at random"))
                        .ifPresent(work::addAll);
            }
        }

        private void finish() {
            if (!work.isEmpty()) {
                FulfillmentOrder one = pick(work);
                switch (random.nextInt(5)) {
                    case 0, 1 -> inventory.consume(one.id());
                    case 2 -> inventory.release(one.id(), random.nextBoolean());
                    case 3 -> inventory.releaseRest(one.id().order(), "at random");
                    default -> inventory.releaseAll(one.id().order(), "at random");
                }
            }
        }

        private void cart() {
            BasketId cart = new BasketId(SampleAccounts.SHOP, "r-" + name + "-" + steps);
            carts.add(cart);
            baskets.hold(cart, lines(), terms(), now().plusSeconds(10 + random.nextInt(20)));
        }

        private void endCart() {
            if (!carts.isEmpty()) {
                BasketId cart = pick(carts);
                if (random.nextBoolean()) {
                    baskets.release(cart);
                } else {
                    OrderId order = POSTGRES.stored(SampleOrder.fresh());
                    orders.add(order);
                    POSTGRES.tables().useHandle(handle -> BasketRows.claim(handle, cart, order, now()));
                    inventory.commit(order, lines(), terms());
                }
            }
        }

        private void expect() {
            supply.expect(new Expected(
                    new StockSource("erp", "po-" + random.nextInt(4), 1 + random.nextInt(50)),
                    pick(FACILITIES),
                    pick(STOCKED),
                    random.nextInt(20),
                    now().plusSeconds(86_400L * (1 + random.nextInt(5)))));
        }

        /** Goods are asked for, sent, received short or over, or brought back; by several people at once. */
        private void transfer() {
            Map<Sku, Integer> units = Map.of(pick(STOCKED), 1 + random.nextInt(4));
            Outcome asked = transfers.request(
                    new Submission("r", "r", sharedOrOwn(), units.toString()),
                    new Wish(FACILITIES.get(0), FACILITIES.get(1), units, Optional.empty()),
                    new TransferTerms("stock", "rule", Duration.ofDays(1), 0, random.nextInt(3)));
            TransferId id = switch (asked) {
                case Outcome.Done(var transfer) -> transfer.id();
                case Outcome.Known(var transfer) -> transfer.id();
                default -> new TransferId("T-0000000000");
            };
            transfers.send(id, units, "r");
            Map<Sku, Integer> told = units.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, one -> random.nextInt(one.getValue() + 2)));
            switch (random.nextInt(3)) {
                case 0 -> transfers.cancel(id, "r");
                case 1 -> transfers.receive(id, units, "r");
                default -> transfers.receive(id, told, "r");
            }
            POSTGRES.database()
                    .cases()
                    .unclosed(List.of(id.subject()))
                    .forEach(open -> transfers.acceptDifference(id, open.id()));
        }

        /** What is collected in a store that has it not is sent there: whole, short, not at all, or given up or called off on the way. */
        private void sendToStore() {
            OrderId order = POSTGRES.stored(SampleOrder.fresh());
            orders.add(order);
            List<LineQuantity> lines = List.of(new LineQuantity("L1", pick(STOCKED), 1 + random.nextInt(3)));
            inventory.commit(order, lines, new Terms(Set.copyOf(FACILITIES), OnShortage.REFUSE));
            Sending sending = new Sending(
                    FACILITIES.get(0),
                    lines,
                    new OrderTransferTerms(
                            new TransferTerms("stock", "rule", Duration.ofDays(1), 0, random.nextInt(3)),
                            Duration.ofHours(4)));
            Optional<FulfillmentOrder> given = inventory
                    .allocate(
                            order,
                            new RoutingPlan(
                                    List.of(new RoutingPlan.Assignment(
                                            FACILITIES.get(1),
                                            DeliveryMethod.PICKUP,
                                            Optional.empty(),
                                            lines,
                                            Optional.of(sending))),
                                    "at random"))
                    .flatMap(all -> all.stream().findFirst());
            given.ifPresent(one -> {
                work.add(one);
                goOnItsWay(one, lines.getFirst());
            });
        }

        private void goOnItsWay(FulfillmentOrder one, LineQuantity line) {
            TransferId id = orderTransfers.of(one.id()).orElseThrow().id();
            int steps = random.nextInt(4);
            if (random.nextInt(6) == 0) {
                orderTransfers.giveUp(one.id(), RerouteCause.SILENT);
            }
            if (steps > 0) {
                transfers.send(id, Map.of(line.sku(), 1 + random.nextInt(line.quantity())), "r");
            }
            switch (random.nextInt(6)) {
                case 0 -> orderTransfers.giveUp(one.id(), RerouteCause.SHORT);
                case 1 -> inventory.releaseAll(one.id().order(), "at random");
                case 2 -> transfers.cancel(id, "r");
                default -> {}
            }
            if (steps > 1) {
                transfers.receive(id, Map.of(line.sku(), random.nextInt(line.quantity() + 2)), "r");
            }
        }

        private List<LineQuantity> lines() {
            List<LineQuantity> lines = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                lines.add(new LineQuantity("L" + (i + 1), pick(SOLD), 1 + random.nextInt(3)));
            }
            return lines;
        }

        private Terms terms() {
            return new Terms(
                    random.nextInt(3) == 0 ? Set.of(pick(FACILITIES)) : Set.copyOf(FACILITIES),
                    pick(List.of(OnShortage.values())));
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }

        private Instant now() {
            return POSTGRES.clock().instant();
        }
    }
}
