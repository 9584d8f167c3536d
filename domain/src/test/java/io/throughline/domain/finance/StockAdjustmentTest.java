package io.throughline.domain.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.StockAdjustment.Direction;
import io.throughline.domain.fulfillment.SampleFacilities;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StockAdjustmentTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final Sku CAP = Sku.of("NW-CAP-NVY");

    private final StockAdjustment lost = adjustment(Map.of(MUG, 2, CAP, 1));

    @Test
    void itIsKnownByItsName() {
        assertThat(lost.reference()).isEqualTo("stock-adjustment/ST-HARBOR/2026-11-23/LOST/1");
        assertThat(StockAdjustment.isNamed(lost.reference())).isTrue();
        assertThat(StockAdjustment.isNamed("stock/ST-HARBOR/NW-MUG-RED")).isFalse();
    }

    @Test
    void anotherProductMayStandForOneAndComesToBoth() {
        assertThat(lost.standingIn(Map.of(CAP.value(), MUG.value())).units()).containsOnly(Map.entry(MUG, 3));
        assertThat(lost.standingIn(Map.of())).isEqualTo(lost);
    }

    @Test
    void itMovesSomethingAndNeverLessThanNothing() {
        assertThatThrownBy(() -> adjustment(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> adjustment(Map.of(MUG, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private static StockAdjustment adjustment(Map<Sku, Integer> units) {
        return new StockAdjustment(
                StockAdjustment.reference(SampleFacilities.ST_HARBOR, DAY, Direction.LOST, 1),
                SampleFacilities.ST_HARBOR,
                DAY,
                Direction.LOST,
                new TreeMap<>(units));
    }
}
