package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.SampleFacilities;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountStepTest {
    private static final CountStep COUNT =
            new CountStep("2026-11-25/aisle-7", 40, Instant.parse("2026-11-25T10:00:00.123456Z"));

    @Test
    void aCountIsKnownAgainByItsStep() {
        assertThat(CountStep.of(COUNT.toString())).contains(COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock.drift square-northwind ON_HAND", "stock.count 40 yesterday aisle-7", "stock.count"})
    void otherStepsAreNone(String step) {
        assertThat(CountStep.of(step)).isEmpty();
    }

    @Test
    void whateverItSaysItIsTheSameStatement() {
        StockSubject place = new StockSubject(SampleFacilities.ST_HARBOR, Sku.of("NW-MUG-RED"));
        CountStep other = new CountStep(COUNT.countId(), 41, COUNT.countedAt());

        assertThat(other.at(place).source()).isEqualTo(COUNT.at(place).source());
    }
}
