package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PartingTest {
    @Test
    void aQuietPlaceIsApartAtOnce() {
        assertThat(Parting.first(apart(3, 5), true, false, false).sure()).contains(apart(3, 5));
    }

    @Test
    void aPlaceThatIsNeverQuietIsApartByWhatWasApartAllTheTime() {
        Parting first = Parting.first(apart(1, 9), false, false, false);
        Parting second = Parting.first(apart(4, 6), false, false, false).after(first.nearest(), first.times());
        Parting third = Parting.first(apart(2, 6), false, false, false).after(second.nearest(), second.times());
        assertThat(third.sure()).as("it may be goods on their way").isEmpty();

        Parting fourth = Parting.first(apart(0, 3), false, false, false).after(third.nearest(), third.times());

        assertThat(fourth.sure()).contains(apart(4, 6));
    }

    @Test
    void whoIsLookedAtLaterIsToldAgainAsOftenBeforeAnybodyHasToLook() {
        assertThat(times(true, Parting.LASTS - 1).stays()).isFalse();
        assertThat(times(true, Parting.LASTS).stays()).isTrue();
        assertThat(times(false, 2 * Parting.LASTS - 1).stays()).isFalse();
        assertThat(times(false, 2 * Parting.LASTS).stays()).isTrue();
    }

    private static Parting times(boolean quiet, int times) {
        return new Parting(apart(4, 5), apart(4, 5), quiet, false, false, times);
    }

    @Test
    void whoChangesSidesBeginsAnew() {
        Parting other = Parting.first(apart(7, 5), false, false, false).after(apart(3, 5), 9);

        assertThat(other.times()).isEqualTo(1);
        assertThat(other.nearest()).isEqualTo(apart(7, 5));
    }

    private static Discrepancy apart(int told, int ledger) {
        return new Discrepancy(
                "northwind",
                SampleFacilities.ST_HARBOR,
                Sku.of("NW-MUG-RED"),
                Measure.ON_HAND,
                told,
                ledger,
                Instant.EPOCH);
    }
}
