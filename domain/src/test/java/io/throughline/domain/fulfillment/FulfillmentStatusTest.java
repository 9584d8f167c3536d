package io.throughline.domain.fulfillment;

import static io.throughline.domain.fulfillment.FulfillmentStatus.ACKNOWLEDGED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.ALLOCATED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.CANCELLED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.PACKED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.PICKED_UP;
import static io.throughline.domain.fulfillment.FulfillmentStatus.PICKING;
import static io.throughline.domain.fulfillment.FulfillmentStatus.READY_FOR_PICKUP;
import static io.throughline.domain.fulfillment.FulfillmentStatus.REJECTED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.RELEASED;
import static io.throughline.domain.fulfillment.FulfillmentStatus.SHIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FulfillmentStatusTest {
    @Test
    void workGoesForwardAlongEitherWay() {
        assertForward(List.of(ALLOCATED, RELEASED, ACKNOWLEDGED, PICKING, PACKED, SHIPPED));
        assertForward(List.of(ALLOCATED, RELEASED, ACKNOWLEDGED, PICKING, PACKED, READY_FOR_PICKUP, PICKED_UP));
    }

    @Test
    void whatIsPackedIsNotYetReadyForPickup() {
        assertThat(PACKED.reached(READY_FOR_PICKUP)).isFalse();
        assertThat(PICKED_UP.reached(READY_FOR_PICKUP)).isTrue();
    }

    @Test
    void anEndNeverOpensAgain() {
        for (FulfillmentStatus end : List.of(SHIPPED, PICKED_UP, REJECTED, CANCELLED)) {
            assertThat(end.terminal()).isTrue();
            for (FulfillmentStatus next : FulfillmentStatus.values()) {
                assertThat(end.mayBecome(next)).as(end + " to " + next).isFalse();
            }
        }
    }

    @Test
    void whatEndedWithoutGoodsHasReachedNothing() {
        assertThat(REJECTED.reached(RELEASED)).isFalse();
        assertThat(CANCELLED.reached(ALLOCATED)).isFalse();
        assertThat(REJECTED.handedOver() || CANCELLED.handedOver()).isFalse();
        assertThat(SHIPPED.handedOver() && PICKED_UP.handedOver()).isTrue();
    }

    @Test
    void aPointIsSomewhereOnEarth() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GeoPoint(90.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeoPoint(0, -180.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeoPoint(Double.NaN, 0));
    }

    @Test
    void distancesAreThoseOfTheGreatCircle() {
        GeoPoint newark = new GeoPoint(40.74, -74.17);
        GeoPoint reno = new GeoPoint(39.53, -119.81);

        assertThat(newark.kilometresTo(reno)).isCloseTo(3830, within(40.0));
        assertThat(newark.kilometresTo(reno)).isEqualTo(reno.kilometresTo(newark), within(1e-9));
        assertThat(newark.kilometresTo(newark)).isZero();
        assertThat(new GeoPoint(0, 180).kilometresTo(new GeoPoint(0, -180))).isCloseTo(0, within(1e-6));
        assertThat(new GeoPoint(40.7128, -74.0060).coarse()).isEqualTo(new GeoPoint(40.7, -74.0));
    }

    private static void assertForward(List<FulfillmentStatus> way) {
        for (int from = 0; from < way.size(); from++) {
            for (int to = 0; to < way.size(); to++) {
                boolean open = !way.get(from).terminal();
                assertThat(way.get(from).mayBecome(way.get(to)))
                        .as(way.get(from) + " to " + way.get(to))
                        .isEqualTo(open && to > from);
                assertThat(way.get(from).reached(way.get(to))).isEqualTo(from >= to);
            }
        }
    }
}
