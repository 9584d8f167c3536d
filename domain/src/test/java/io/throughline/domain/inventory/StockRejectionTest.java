package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StockRejectionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void whatWasNotFoundIsNotThere() {
        assertThat(correction(Ground.NOT_FOUND, false, onHand(5, 0), 2)).hasValueSatisfying(movement -> {
            assertThat(movement.kind()).isEqualTo(Movement.Kind.REJECT);
            assertThat(movement.measure()).isEqualTo(Measure.ON_HAND);
            assertThat(movement.quantity()).isEqualTo(-2);
            assertThat(movement.source().own()).isTrue();
        });
    }

    @Test
    void whatIsDamagedIsThereAndCanNotBeSold() {
        assertThat(correction(Ground.DAMAGED, false, onHand(5, 0), 2)).hasValueSatisfying(movement -> {
            assertThat(movement.measure()).isEqualTo(Measure.DAMAGED);
            assertThat(movement.quantity()).isEqualTo(2);
        });
    }

    @Test
    void everythingThatIsFreeIsGoneWhereTheStoreSaysSoButNotWhatOthersWerePromised() {
        assertThat(correction(Ground.NOT_FOUND, true, onHand(9, 3), 2).map(Movement::quantity))
                .contains(-6);
        assertThat(correction(Ground.NOT_FOUND, false, onHand(4, 3), 2).map(Movement::quantity))
                .contains(-1);
        assertThat(correction(Ground.NOT_FOUND, true, onHand(3, 3), 2)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CAPACITY", "OTHER"})
    void otherGroundsSayNothingOfTheStock(Ground ground) {
        assertThat(correction(ground, false, onHand(5, 0), 2)).isEmpty();
    }

    private static Optional<Movement> correction(Ground ground, boolean everything, Balance left, int missing) {
        return new StockRejection(new FulfillmentOrderId("O-7K2M9Q4XTA-F2"), ground, everything)
                .correction(left, missing, NOW);
    }

    private static Balance onHand(int units, int reserved) {
        return new Balance(SampleFacilities.ST_HARBOR, Sku.of("NW-TEE-BLK-M"), units, reserved, 0, 0, 0, 0, 0);
    }
}
