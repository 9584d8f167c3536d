package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A place where the ledger or the system always speaks is compared, too. */
class BusyDriftTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockRules rules = SampleStockRules.plain();
    private final StockObservations observations =
            POSTGRES.database().stock(rules).stockObservations();
    private final StockDrift drift = POSTGRES.database()
            .stock(rules)
            .stockDrift(new ShownPlaces(new SampleAccounts(), new SampleFacilities(), rules));
    private final Sku tee = Sku.of("BUSY-" + NUMBERS.incrementAndGet());
    private final StockSubject place = new StockSubject(HARBOR, tee);

    @Test
    void aPlaceThatIsNeverQuietIsComparedWhenEachComparisonFindsItApart() {
        move("A1", Kind.RECEIPT, 9);
        pass();
        tell("L1", 5);
        for (int times = 1; times < Parting.LASTS; times++) {
            assertThat(compared(now().minusSeconds(600)).sure())
                    .as("comparison %s", times)
                    .isEmpty();
            pass();
            move("B" + times, Kind.SALE, -1);
        }

        Parting last = compared(now().minusSeconds(600));

        assertThat(last.times()).isEqualTo(Parting.LASTS);
        assertThat(last.sure())
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(5, 6);
    }

    /** Its sales are told sooner than its levels, or the other way round: then it is late and not wrong. */
    @Test
    void whatWasRightAtSomeMomentIsLateAtAPlaceThatIsNeverQuiet() {
        move("A1", Kind.RECEIPT, 9);
        pass();
        tell("L1", 8);
        move("A2", Kind.SALE, -1);
        move("A3", Kind.SALE, -1);
        assertThat(partings(now().minusSeconds(600))).isEmpty();
        assertThat(quiet()).as("not quiet yet").isEmpty();

        pass();

        assertThat(quiet())
                .as("by now they should agree")
                .extracting(Discrepancy::told)
                .containsExactly(8);
    }

    @Test
    void aDifferenceThatWasAcceptedIsNoneAtAPlaceThatIsNeverQuiet() {
        move("A1", Kind.RECEIPT, 9);
        pass();
        tell("L1", 5);
        drift.accept(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());

        move("A2", Kind.SALE, -1);

        assertThat(partings(now().minusSeconds(600))).isEmpty();
    }

    @Test
    void whoAgreesOrWasMendedInBetweenIsApartForTheFirstTimeAgain() {
        move("A1", Kind.RECEIPT, 9);
        pass();
        tell("L1", 5);
        assertThat(compared(now()).times()).isEqualTo(1);
        assertThat(compared(now()).times()).isEqualTo(2);

        tell("L2", 9, PostgresExtension.START.plusSeconds(1));
        assertThat(partings(now())).isEmpty();
        tell("L3", 5, PostgresExtension.START.plusSeconds(2));
        assertThat(compared(now()).times()).isEqualTo(1);

        StockDrift.Page page = drift.next(TILLS, now());
        drift.passed(TILLS, page, List.of(new StockDrift.Spot(place, Measure.ON_HAND)));
        assertThat(compared(now()).times()).isEqualTo(1);
    }

    /** It may have been handed over and not told of: only what is less than that is missing for certain. */
    @Test
    void whatIsReservedMayHaveLeftAPlaceThatIsNeverQuiet() {
        move("A1", Kind.RECEIPT, 9);
        reserve(3);
        pass();
        tell("L1", 4);

        assertThat(compared(now().minusSeconds(600)).nearest())
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(4, 6);
        tell("L2", 6, PostgresExtension.START.plusSeconds(1));
        assertThat(partings(now().minusSeconds(600))).isEmpty();
    }

    @Test
    void ofADifferenceThatWasAcceptedWhatIsReservedMayHaveLeftToo() {
        move("A1", Kind.RECEIPT, 9);
        reserve(3);
        pass();
        tell("L1", 3);
        drift.accept(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());

        tell("L2", 1, PostgresExtension.START.plusSeconds(1));

        assertThat(partings(now().minusSeconds(600)))
                .as("two of three have left")
                .isEmpty();
    }

    private void reserve(int units) {
        OrderId order =
                POSTGRES.stored(SampleOrder.of(new OrderKey(SampleAccounts.SHOP, "74" + NUMBERS.incrementAndGet()))
                        .build());
        List<LineQuantity> lines = List.of(new LineQuantity("L1", tee, units));
        inventory.reserve(order, lines, Set.of(HARBOR));
        assertThat(inventory.allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        HARBOR, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                                "as told")))
                .isPresent();
    }

    private Parting compared(Instant quietSince) {
        List<Parting> found = partings(quietSince);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<Discrepancy> quiet() {
        return partings(now()).stream()
                .filter(Parting::quiet)
                .map(Parting::found)
                .toList();
    }

    private List<Parting> partings(Instant quietSince) {
        List<Parting> found = new ArrayList<>();
        StockDrift.Page page;
        do {
            page = drift.next(TILLS, quietSince);
            found.addAll(page.apart());
            drift.passed(TILLS, page, List.of());
        } while (!page.last());
        found.removeIf(one -> !one.place().equals(place));
        return found;
    }

    private void move(String id, Kind kind, int units) {
        inventory.record(new Movement(
                source(id),
                HARBOR,
                tee,
                Measure.ON_HAND,
                kind,
                units,
                Optional.empty(),
                PostgresExtension.START.minusSeconds(60)));
    }

    private void tell(String id, int units) {
        tell(id, units, PostgresExtension.START);
    }

    private void tell(String id, int units, Instant at) {
        observations.observe(new Level(source(id), HARBOR, tee, Measure.ON_HAND, units, at, Optional.empty()));
    }

    private StockSource source(String id) {
        return new StockSource(TILLS.value(), tee + "/" + id, 1);
    }

    private static void pass() {
        POSTGRES.clock().advance(Duration.ofMinutes(1));
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
