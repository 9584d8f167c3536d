package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An ERP hears of sales by documents, and counts now and then: what of its word is a difference. */
class ErpDriftTest extends DriftFixture {
    @Test
    void anErpThatHearsOfSalesByDocumentsIsComparedWithoutThem() {
        move("A1", Kind.RECEIPT, 5);
        move("A2", Kind.SALE, -2);
        move("A3", Kind.RETURN, 1);

        erpHas(5);
        assertThat(apartFromErp()).isEmpty();
        erpHas(5);
        assertThat(words()).as("nothing new was told").isEqualTo(1);

        erpHas(8);
        assertThat(apartFromErp())
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(7, 4);
        move("A4", Kind.RECEIPT, 3);
        assertThat(apartFromErp()).isEmpty();
    }

    @Test
    void aSaleThatACountHasSeenAlreadyIsNoDifferenceEither() {
        move("A1", Kind.RECEIPT, 5, PostgresExtension.START.minusSeconds(180));
        inventory.record(movement("C1", Kind.COUNT, 3));
        move("A2", Kind.SALE, -2, PostgresExtension.START.minusSeconds(120));

        erpHas(5);

        assertThat(apartFromErp()).isEmpty();
    }

    @Test
    void aCountOfTheErpsOwnHasSeenWhatHadLeftByThen() {
        move("A1", Kind.RECEIPT, 50);
        move("A2", Kind.SALE, -10);
        erpHas(50);
        assertThat(apartFromErp()).isEmpty();

        erpCounts(40);
        pass();
        erpHas(40);
        assertThat(apartFromErp()).isEmpty();

        sellNow("A3", 2);
        erpHas(40);
        assertThat(apartFromErp()).isEmpty();
        erpHas(39);
        assertThat(apartFromErp())
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(37, 38);

        forgotten(now());
        erpHas(40);
        assertThat(apartFromErp()).as("the count is not forgotten").isEmpty();
    }

    @Test
    void whatAnErpTellsOfABundleIsComparedWithNothing() {
        move("A1", Kind.RECEIPT, 5);
        observations.observeBooks(ERP, List.of(new ErpStock.OnHand(HARBOR, set, 9)));
        pass();

        assertThat(partings(ERP)).isEmpty();
        assertThat(drift.apartAt(ERP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .isEmpty();
    }

    private void erpCounts(int units) {
        inventory.record(new Movement(
                new StockSource(ERP.value(), "count/" + tee, 1),
                HARBOR,
                tee,
                Measure.ON_HAND,
                Kind.COUNT,
                units,
                Optional.empty(),
                now()));
    }

    private void sellNow(String id, int units) {
        inventory.record(new Movement(HARBOR, tee, -units, Kind.SALE, TILLS.value(), tee + "/" + id, now()));
    }

    private void erpHas(int units) {
        observations.observeBooks(ERP, List.of(new ErpStock.OnHand(HARBOR, tee, units)));
        pass();
    }

    private Optional<Discrepancy> apartFromErp() {
        return drift.apartAt(ERP, place, Measure.ON_HAND);
    }
}
