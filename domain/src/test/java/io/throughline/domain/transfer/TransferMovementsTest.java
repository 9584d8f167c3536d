package io.throughline.domain.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.transfer.Transfer.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferMovementsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Sku TEE = Sku.of("TEE");
    private static final Sku CAP = Sku.of("CAP");

    @Test
    void whatLeavesIsOnItsWayAndWhatArrivesIsNotAnyMore() {
        TransferMovements moves = new TransferMovements(received(1), NOON);

        assertThat(units(moves.sent(), Measure.ON_HAND)).isEqualTo(-7);
        assertThat(units(moves.sent(), Measure.IN_TRANSIT)).isEqualTo(7);
        assertThat(units(moves.received(), Measure.ON_HAND)).isEqualTo(6);
        assertThat(units(moves.received(), Measure.IN_TRANSIT)).isEqualTo(-6);
        assertThat(moves.sent()).noneMatch(movement -> movement.sku().equals(CAP));
    }

    @Test
    void onlyAnAdjustmentAccountsForADifference() {
        TransferMovements moves = new TransferMovements(received(1), NOON);

        assertThat(moves.settled("borne in C-7"))
                .extracting(
                        Movement::sku,
                        Movement::kind,
                        Movement::quantity,
                        movement -> movement.reason().orElseThrow())
                .containsExactlyInAnyOrder(
                        tuple(TEE, Kind.ADJUSTMENT, -3, "received short: borne in C-7"),
                        tuple(CAP, Kind.ADJUSTMENT, 2, "received over: borne in C-7"));
        List<Movement> all = new ArrayList<>(moves.sent());
        all.addAll(moves.received());
        all.addAll(moves.settled("borne in C-7"));
        assertThat(units(all, Measure.IN_TRANSIT)).isZero();
    }

    @Test
    void aCorrectedReceiptIsALaterVersionAlsoOfWhatHasNotCome() {
        assertThat(new TransferMovements(received(2), NOON).received())
                .allSatisfy(movement -> assertThat(movement.source().version()).isEqualTo(2));
    }

    @Test
    void whatComesBackIsWhatWasSent() {
        List<Movement> back = new TransferMovements(received(1), NOON).cameBack();

        assertThat(units(back, Measure.ON_HAND)).isEqualTo(7);
        assertThat(units(back, Measure.IN_TRANSIT)).isEqualTo(-7);
    }

    private static int units(List<Movement> movements, Measure measure) {
        return movements.stream()
                .filter(movement -> movement.measure() == measure)
                .mapToInt(Movement::quantity)
                .sum();
    }

    /** Seven tees were sent of which four came, and two caps that nobody sent. */
    private static Transfer received(int receipts) {
        return new Transfer(
                new TransferId("T-7K2M9Q4XTA"),
                SampleFacilities.ST_HARBOR,
                SampleFacilities.ST_DOWNTOWN,
                TransferStatus.RECEIVED,
                List.of(new Line(TEE, 8, 7, 4), new Line(CAP, 1, 0, 2)),
                new TransferTerms("stock-1", "between-stores", Duration.ofDays(2), 2, 1),
                NOON,
                receipts,
                false,
                "Ada",
                NOON,
                NOON);
    }
}
