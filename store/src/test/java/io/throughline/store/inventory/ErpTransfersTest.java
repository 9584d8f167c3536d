package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransferId;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.domain.transfer.ErpTransfers.Tolerance;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an ERP's transfers lack once they are over is accounted for, or somebody's case. */
class ErpTransfersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId FROM = SampleFacilities.WH_EAST;
    private static final FacilityId TO = SampleFacilities.ST_DOWNTOWN;
    private static final Tolerance NO_RULE = new Tolerance(0, "no rule of stock-7");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final StockRules ofErp = movedBy(SampleAccounts.ERP.value());
    private final InventoryLedger inventory = POSTGRES.database().stock(ofErp).inventory();
    private final ErpTransfers transfers = POSTGRES.database().stock(ofErp).erpTransfers();
    private final Sku tee = Sku.of("ERP-MOVED-" + NUMBERS.incrementAndGet());
    private final ErpTransferId id = new ErpTransferId(SampleAccounts.ERP, tee.value());

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void whatIsMissingIsACaseThatSomebodyBears() {
        onItsWay(9);
        arrived(6);

        transfers.ended(over(9, 6), NO_RULE);
        transfers.ended(over(9, 6), NO_RULE);

        assertThat(inTransit()).as("until somebody has decided").isEqualTo(3);
        Case open = difference().orElseThrow();
        assertThat(open.code()).isEqualTo(FailureCode.STOCK_DISCREPANCY);
        assertThat(open.account()).isEqualTo(SampleAccounts.ERP);
        assertThat(open.detail()).contains("9 of " + tee + " sent, 6 arrived");

        transfers.acceptDifference(id, open.id());
        transfers.acceptDifference(id, open.id());
        assertThat(inTransit()).isZero();
        assertThat(onHand()).isEqualTo(6);
        assertThat(difference()).isEmpty();

        transfers.ended(over(9, 6), NO_RULE);
        assertThat(difference()).as("it is read again, and is decided").isEmpty();
    }

    @Test
    void aLittleLessIsAdjustedByThePolicy() {
        onItsWay(5);
        arrived(4);

        transfers.ended(over(5, 4), new Tolerance(1, "to-stores of stock-7"));
        transfers.ended(over(5, 4), new Tolerance(1, "to-stores of stock-7"));

        assertThat(inTransit()).isZero();
        assertThat(difference()).isEmpty();
    }

    @Test
    void whatCameTooMuchIsAccountedForToo() {
        onItsWay(5);
        arrived(7);

        transfers.ended(over(5, 7), NO_RULE);
        transfers.acceptDifference(id, difference().orElseThrow().id());

        assertThat(onHand()).isEqualTo(7);
        onItsWay(4, "another");
        assertThat(inTransit()).as("nothing is owed by what comes next").isEqualTo(4);
    }

    @Test
    void whatHadLeftBeforeAnybodyListenedIsNobodysCase() {
        transfers.ended(over(9, 6), NO_RULE);

        assertThat(difference()).isEmpty();
    }

    /** Of the first all had left before anybody listened; the second is still on its way. */
    @Test
    void whatIsOnItsWayWithAnotherTransferIsThatOnes() {
        ErpTransferId second = new ErpTransferId(SampleAccounts.ERP, tee.value() + "-2");
        onItsWay(4, "second-out");

        transfers.ended(over(9, 6), new Tolerance(3, "to-stores of stock-7"));
        assertThat(inTransit()).as("the four of the second").isEqualTo(4);
        assertThat(difference()).isEmpty();

        transfers.ended(over(second, 4, 0, "second-out"), new Tolerance(4, "to-stores of stock-7"));
        assertThat(inTransit()).isZero();
    }

    @Test
    void eachOfTwoTransfersLosesItsOwn() {
        ErpTransferId second = new ErpTransferId(SampleAccounts.ERP, tee.value() + "-2");
        onItsWay(9);
        onItsWay(5, "second-out");
        inventory.record(told("in", Measure.IN_TRANSIT, Kind.TRANSFER_IN, -7));

        transfers.ended(over(9, 7), NO_RULE);
        transfers.ended(over(second, 5, 4, "second-out"), new Tolerance(1, "to-stores of stock-7"));
        assertThat(inTransit())
                .as("two of the first, and four of the second, whose arrival is not told yet")
                .isEqualTo(6);

        transfers.acceptDifference(id, difference().orElseThrow().id());
        assertThat(inTransit()).isEqualTo(4);
    }

    @Test
    void whereAnotherSystemSaysWhatIsOnItsWayNothingIsAccountedFor() {
        onItsWay(9);

        POSTGRES.database().stock(movedBy("wms-west")).erpTransfers().ended(over(9, 6), NO_RULE);

        assertThat(difference()).isEmpty();
    }

    private static StockRules movedBy(String system) {
        StockRules plain = SampleStockRules.plain();
        return new StockRules(
                (facility, measure) -> new Authority(system, Basis.MOVEMENTS),
                plain.safetyStocks(),
                plain.bundles(),
                plain.displacement());
    }

    private ErpTransfer over(int sent, int arrived) {
        return over(id, sent, arrived, "out", "in");
    }

    private ErpTransfer over(ErpTransferId transfer, int sent, int arrived, String... moves) {
        return new ErpTransfer(
                transfer,
                FROM,
                TO,
                List.of(new ErpTransfer.Line(tee, sent, arrived)),
                Stream.of(moves).map(this::source).toList());
    }

    private void onItsWay(int units) {
        onItsWay(units, "out");
    }

    private void onItsWay(int units, String move) {
        inventory.record(told(move, Measure.IN_TRANSIT, Kind.TRANSFER_OUT, units));
    }

    private void arrived(int units) {
        inventory.record(told("in", Measure.IN_TRANSIT, Kind.TRANSFER_IN, -units));
        inventory.record(told("there", Measure.ON_HAND, Kind.TRANSFER_IN, units));
    }

    private Movement told(String move, Measure measure, Kind kind, int units) {
        return new Movement(
                source(move),
                TO,
                tee,
                measure,
                kind,
                units,
                Optional.empty(),
                POSTGRES.clock().instant());
    }

    private StockSource source(String move) {
        return new StockSource(SampleAccounts.ERP.value(), "move/" + tee + "/" + move, 1);
    }

    private int inTransit() {
        return balance().map(Balance::inTransit).orElse(0);
    }

    private int onHand() {
        return balance().map(Balance::onHand).orElse(0);
    }

    private Optional<Balance> balance() {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(TO))
                .findFirst();
    }

    private Optional<Case> difference() {
        return POSTGRES.database().cases().unclosed(List.of(id.subject())).stream()
                .findFirst();
    }
}
