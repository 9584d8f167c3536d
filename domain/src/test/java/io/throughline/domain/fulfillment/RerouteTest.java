package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.StoreReport.Scope;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RerouteTest {
    private static final LineQuantity MUG = line("L1", "MUG");
    private static final LineQuantity SAME_MUG = line("L2", "MUG");
    private static final LineQuantity TEE = line("L3", "TEE");

    @ParameterizedTest
    @EnumSource(
            value = RerouteCause.class,
            names = {"REJECTED", "SHORT"})
    void whoRejectsALineMayHaveTheOthers(RerouteCause cause) {
        Reroute reroute = rejected(cause, Optional.of(Scope.ITEM), MUG);

        assertThat(reroute.bars(List.of(MUG))).isTrue();
        assertThat(reroute.bars(List.of(TEE, MUG))).isTrue();
        assertThat(reroute.bars(List.of(SAME_MUG, TEE))).isFalse();
    }

    @Test
    void whoRejectsAllOfTheirWorkMayHaveWhatIsNoPartOfIt() {
        Reroute reroute = rejected(RerouteCause.REJECTED, Optional.of(Scope.GROUP), MUG, TEE);

        assertThat(reroute.bars(List.of(TEE))).isTrue();
        assertThat(reroute.bars(List.of(SAME_MUG))).isFalse();
    }

    @Test
    void whoRejectsASkuGetsNothingOfIt() {
        Reroute reroute = rejected(RerouteCause.REJECTED, Optional.of(Scope.SKU), MUG);

        assertThat(reroute.bars(List.of(SAME_MUG))).isTrue();
        assertThat(reroute.bars(List.of(TEE))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = RerouteCause.class,
            names = {"CAPACITY", "SILENT", "CARRIER", "REFUSED"})
    void whoHasNoRoomOrSaysNothingGetsNothingOfTheOrder(RerouteCause cause) {
        assertThat(rejected(cause, Optional.of(Scope.ITEM), MUG).bars(List.of(TEE)))
                .isTrue();
    }

    @Test
    void whoDoesNotSayWhatIsMeantGetsNothingOfTheOrder() {
        assertThat(rejected(RerouteCause.REJECTED, Optional.empty(), MUG).bars(List.of(TEE)))
                .isTrue();
    }

    private static LineQuantity line(String id, String sku) {
        return new LineQuantity(id, Sku.of(sku), 1);
    }

    private static Reroute rejected(RerouteCause cause, Optional<Scope> scope, LineQuantity... lines) {
        return new Reroute(
                RerouteId.of(new FulfillmentOrderId("O-7K2M9Q4XTA-F1"), 1),
                cause,
                scope,
                List.of(lines),
                RerouteStatus.REROUTED,
                Reroute.Finding.of("others do it"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH));
    }
}
