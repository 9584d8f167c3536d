package io.throughline.store.inventory;

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
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.InventoryLedger;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Stock of products of its own for each test, of which orders and baskets ask for some. */
@ResourceLock("the database of PromisesFixture")
abstract class PromisesFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    static final FacilityId EAST = SampleFacilities.WH_EAST;
    static final FacilityId WEST = SampleFacilities.WH_WEST;
    static final Set<FacilityId> BOTH = Set.of(EAST, WEST);
    static final Instant MONDAY = Instant.parse("2026-12-07T08:00:00Z");
    static final Instant FRIDAY = Instant.parse("2026-12-11T08:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    final Sku tee = Sku.of("TEE-" + number);
    final Sku cap = Sku.of("CAP-" + number);
    final Sku set = Sku.of("SET-" + number);
    private final Bundles bundles =
            sku -> sku.equals(set) ? List.of(new Part(tee, 2), new Part(cap, 1)) : List.of(new Part(sku, 1));
    private final StockRules rules =
            SampleStockRules.with(bundles, (facility, sku) -> sku.equals(cap) && facility.equals(WEST) ? 2 : 0);
    final InventoryLedger inventory = POSTGRES.database().stock(rules).inventory();
    final IncomingSupply supply = POSTGRES.database().stock(rules).incomingSupply();
    final Baskets baskets = POSTGRES.database().stock(rules).baskets();

    @AfterEach
    void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    StockRules rules() {
        return rules;
    }

    Commitment commit(OrderId order, OnShortage onShortage, LineQuantity... lines) {
        return inventory.commit(order, List.of(lines), new Terms(BOTH, onShortage));
    }

    static void claim(BasketId basket, OrderId order) {
        POSTGRES.tables().useHandle(handle -> BasketRows.claim(handle, basket, order, now()));
    }

    /** An order that is to come of the basket. */
    static OrderId claiming(BasketId basket) {
        OrderId order = order();
        claim(basket, order);
        return order;
    }

    /** A basket that keeps these for ten minutes. */
    BasketId kept(LineQuantity... lines) {
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), lines);
        return basket;
    }

    Optional<Commitment> hold(BasketId basket, Instant expiresAt, LineQuantity... lines) {
        return hold(basket, expiresAt, OnShortage.REFUSE, lines);
    }

    Optional<Commitment> hold(BasketId basket, Instant expiresAt, OnShortage onShortage, LineQuantity... lines) {
        return baskets.hold(basket, List.of(lines), new Terms(BOTH, onShortage), expiresAt);
    }

    List<Repromised> expect(String id, long version, int units, Instant at) {
        return supply.expect(new Expected(new StockSource("erp", id + tee, version), EAST, tee, units, at));
    }

    FulfillmentOrderId work(int units) {
        OrderId order = order();
        commit(order, OnShortage.REFUSE, line("L1", tee, units));
        return inventory
                .allocate(order, plan(EAST, line("L1", tee, units)))
                .orElseThrow()
                .getFirst()
                .id();
    }

    int displacedUnits(FulfillmentOrderId work) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select sum(displaced) from reservation where fulfillment_order_id = ?", work.value())
                        .mapTo(Integer.class)
                        .one());
    }

    static List<String> kinds(OrderId order) {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(entry -> entry.kind())
                .filter(kind -> kind.startsWith("stock."))
                .toList();
    }

    static List<String> hints(OrderId order) {
        return messages(OrderStock.subject(order.value()));
    }

    static List<String> messages(String subject) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select topic from inbox_message where subject = ? order by id", subject)
                        .mapTo(String.class)
                        .list());
    }

    void stock(FacilityId facility, Sku sku, int units) {
        move(facility, sku, Kind.COUNT, units);
    }

    Booking move(FacilityId facility, Sku sku, Kind kind, int units) {
        return move(inventory, facility, sku, kind, units);
    }

    static Booking move(InventoryLedger ledger, FacilityId facility, Sku sku, Kind kind, int units) {
        POSTGRES.clock().advance(Duration.ofMillis(1));
        return ledger.record(new Movement(
                facility, sku, units, kind, StockSource.PEOPLE, "m-" + NUMBERS.incrementAndGet() + sku, now()));
    }

    static Instant now() {
        return POSTGRES.clock().instant();
    }

    Balance balance(FacilityId facility, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .findFirst()
                .orElseThrow();
    }

    int reserved(FacilityId facility, Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .mapToInt(Balance::reserved)
                .sum();
    }

    static BasketId basket() {
        return new BasketId(SampleAccounts.SHOP, "cart-" + NUMBERS.incrementAndGet());
    }

    static OrderId order() {
        return POSTGRES.stored(SampleOrder.fresh());
    }

    static LineQuantity line(String id, Sku sku, int units) {
        return new LineQuantity(id, sku, units);
    }

    static RoutingPlan plan(FacilityId facility, LineQuantity... lines) {
        return new RoutingPlan(
                List.of(new Assignment(facility, DeliveryMethod.SHIPPING, Optional.empty(), List.of(lines))),
                "as told");
    }
}
