package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What facilities do not do, or do unasked. */
class RejectedOrderTest {
    @Test
    void aRejectionIsRoutedToTheNextFacility() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id()))
                    .extracting(FulfillmentOrder::facility)
                    .containsExactly(SampleFacilities.WH_EAST, SampleFacilities.ST_HARBOR);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aRejectionIsStillRoutedByARunThatIsStartedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.startAgain().decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("invoice"));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatAFacilityCallsOffByItselfIsRoutedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.CANCELLED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.FACILITY_REJECTED);
            run.decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void theLastPiecesAreRoutedAgainAlthoughTheReplyOfTheRoutingWasLost() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            for (var facility : SampleFacilities.ALL_IDS) {
                boolean last = facility.equals(SampleFacilities.ST_DUBLIN);
                run.order.lines().forEach(line -> {
                    if (!facility.equals(SampleFacilities.WH_EAST)) {
                        run.retail.inventory.stock(facility, line.sku(), last ? line.quantity() : 0);
                    }
                });
            }
            run.retail.fulfillment.reroute(run.work(1));
            run.decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    /** Its messages came while nobody knew the work, and were let go. */
    @Test
    void whatAFacilityDidBeforeItsReleaseWasFoundIsReadAtOnce() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply("release");
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            Instant began = run.now();
            run.start();

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.closedAt()).as("long before it would be late").isBefore(began.plus(Duration.ofMinutes(30)));
        }
    }

    @Test
    void aSilentFacilityThatAnswersLateNeedsNobody() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitEffect("release").passes(Duration.ofHours(5));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }
}
