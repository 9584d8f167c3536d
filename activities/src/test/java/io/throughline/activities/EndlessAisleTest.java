package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, of an order that a store has sold for others to ship. */
class EndlessAisleTest {
    /** All others but one store have none of it. */
    private static final List<FacilityId> EMPTY =
            List.of(SampleFacilities.WH_WEST, SampleFacilities.ST_DOWNTOWN, SampleFacilities.ST_DUBLIN);

    @Test
    void othersShipWhatAStoreHasSoldHoweverMuchOfItLiesThere() {
        try (OrderRun run = OrderRun.under(SamplePolicies.REROUTING, soldInHarbor())) {
            EMPTY.forEach(place -> empty(run, place));
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            assertThat(run.retail.work.get(run.work(1)).facility()).isEqualTo(SampleFacilities.WH_EAST);
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_HARBOR, SampleOrders.TEE))
                    .isEqualTo(9);
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("tell "));
        }
    }

    @Test
    void norDoesItGoToThatStoreWhenSomebodyElseSaysNo() {
        try (OrderRun run = OrderRun.under(SamplePolicies.REROUTING, soldInHarbor())) {
            EMPTY.forEach(place -> empty(run, place));
            run.start().reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.OFFERED);

            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    private static Order soldInHarbor() {
        return SampleOrders.authorisedOnly().withSoldAt(SampleFacilities.ST_HARBOR);
    }

    private static void empty(OrderRun run, FacilityId place) {
        run.order.lines().forEach(line -> run.retail.inventory.stock(place, line.sku(), 0));
    }
}
