package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was sold or promised and is not there is a case of its place, for as long as that lasts. */
class ShortfallTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Sku tee = Sku.of("SHORT-" + NUMBERS.incrementAndGet());
    private final StockSubject place = new StockSubject(HARBOR, tee);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void aLateSaleBeyondTheStockIsOneCase() {
        move(Kind.COUNT, 1);

        move(Kind.SALE, -3);
        move(Kind.SALE, -1);

        assertThat(cases()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.STOCK_DISCREPANCY);
            assertThat(one.status()).isEqualTo(CaseStatus.OPEN);
            assertThat(one.account().value()).isEqualTo(SampleStockRules.POS);
            assertThat(one.detail()).contains("SALE square-northwind/", "took 2 more than was there");
        });
        assertThat(kinds())
                .containsExactly(
                        "stock.moved", "case.opened", "stock.short", "stock.moved", "stock.short", "stock.moved");
    }

    @Test
    void whatMakesUpForAllOfItClosesTheCase() {
        move(Kind.SALE, -3);

        move(Kind.RECEIPT, 2);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.OPEN);
        move(Kind.RECEIPT, 1);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);

        move(Kind.SALE, -1);
        assertThat(cases()).extracting(Case::status).containsExactlyInAnyOrder(CaseStatus.CLOSED, CaseStatus.OPEN);
    }

    @Test
    void aSaleThatTakesPromisedStockNamesTheWorkThatLostIt() {
        move(Kind.COUNT, 2);
        FulfillmentOrderId work = work(2);

        move(Kind.SALE, -1);

        assertThat(balance()).extracting(Balance::shortfall, Balance::lacking).containsExactly(0, 1);
        assertThat(cases())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.detail()).contains("took 1 more than was there, and the stock of " + work));
    }

    @Test
    void promisesThatAreGivenBackCloseTheCase() {
        move(Kind.COUNT, 2);
        FulfillmentOrderId work = work(2);
        move(Kind.SALE, -1);

        inventory.release(work, true);

        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void workThatLeavesAllTheSameKeepsTheCase() {
        move(Kind.COUNT, 2);
        FulfillmentOrderId work = work(2);
        move(Kind.SALE, -1);

        inventory.consume(work);

        assertThat(balance()).extracting(Balance::shortfall, Balance::lacking).containsExactly(1, 1);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.OPEN);
    }

    @Test
    void workThatLeavesFromWhatWasHeldBackClosesTheCase() {
        move(Kind.COUNT, 3);
        FulfillmentOrderId work = work(2);
        inventory.record(new Movement(
                new StockSource(SampleStockRules.POS, tee + "/held", 1),
                HARBOR,
                tee,
                Measure.HELD,
                Kind.ADJUSTMENT,
                3,
                Optional.of("under inspection"),
                POSTGRES.clock().instant()));
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.OPEN);

        inventory.consume(work);

        assertThat(balance()).extracting(Balance::onHand, Balance::lacking).containsExactly(1, 0);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void whatIsBorneIsAdjustedOnce() {
        move(Kind.SALE, -3);
        Case open = cases().getFirst();

        inventory.bear(place, open.id());
        inventory.bear(place, open.id());

        assertThat(balance()).extracting(Balance::onHand, Balance::shortfall).containsExactly(0, 0);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
        move(Kind.SALE, -1);
        inventory.bear(place, open.id());
        assertThat(balance().shortfall()).as("another case decides about that").isEqualTo(1);
    }

    @Test
    void whatIsPromisedCanOnlyBeBorneAsItIs() {
        move(Kind.COUNT, 2);
        work(2);
        move(Kind.SALE, -1);

        inventory.bear(place, cases().getFirst().id());

        assertThat(balance()).extracting(Balance::onHand, Balance::reserved).containsExactly(1, 2);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    private List<Case> cases() {
        return POSTGRES.database().cases().ofSubject(place.toString());
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(place.toString()).stream()
                .map(entry -> entry.kind())
                .toList();
    }

    private void move(Kind kind, int units) {
        POSTGRES.clock().advance(Duration.ofMillis(1));
        inventory.record(new Movement(
                HARBOR,
                tee,
                units,
                kind,
                SampleStockRules.POS,
                tee + "/" + NUMBERS.incrementAndGet(),
                POSTGRES.clock().instant()));
    }

    private FulfillmentOrderId work(int units) {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        inventory.reserve(order, lines, Set.of(HARBOR));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                "as told");
        return inventory.allocate(order, plan).orElseThrow().getFirst().id();
    }

    private Balance balance() {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(HARBOR))
                .findFirst()
                .orElseThrow();
    }
}
