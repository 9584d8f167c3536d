package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Movement.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Sku SET = Sku.of("SET");

    @ParameterizedTest
    @CsvSource({
        "SALE, 1",
        "TRANSFER_OUT, 1",
        "REJECT, 1",
        "RECEIPT, -1",
        "RETURN, -1",
        "TRANSFER_IN, -1",
        "COUNT, -1",
        "OPENING, -1"
    })
    void aKindHasADirection(Kind kind, int against) {
        assertThatIllegalArgumentException().isThrownBy(() -> onHand(kind, against));
        assertThat(onHand(kind, -against).quantity()).isEqualTo(-against);
    }

    @Test
    void anAdjustmentGoesEitherWayAndHasAReason() {
        assertThat(onHand(Kind.ADJUSTMENT, -1).quantity()).isNegative();
        assertThat(onHand(Kind.ADJUSTMENT, 1).quantity()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> movement(SampleFacilities.WH_EAST, Kind.ADJUSTMENT, 1, Optional.empty()));
    }

    @Test
    void nothingMovesAtTheVirtualFacilityNorBeyondReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> movement(FacilityId.UNROUTED, Kind.RECEIPT, 1, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> onHand(Kind.RECEIPT, Movement.MOST_UNITS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> onHand(Kind.SALE, Integer.MIN_VALUE));
    }

    @Test
    void aBundlesMovementIsOneOfEachPartUnderANameOfItsOwn() {
        Movement part = onHand(Kind.SALE, -3).ofPart(Sku.of("TEE"), 2);

        assertThat(part.quantity()).isEqualTo(-6);
        assertThat(part.source()).isEqualTo(new StockSource("pos", "s-1/TEE", 1));
    }

    private static Movement onHand(Kind kind, int quantity) {
        return movement(SampleFacilities.WH_EAST, kind, quantity, Optional.of("because"));
    }

    private static Movement movement(FacilityId facility, Kind kind, int quantity, Optional<String> reason) {
        return new Movement(
                new StockSource("pos", "s-1", 1), facility, SET, Measure.ON_HAND, kind, quantity, reason, NOON);
    }
}
