package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.workflows.OrderLifeTest.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that find the facts of an earlier run: after a reset, when retention has forgotten it, or because its history grew long. */
class OrderStartedAgainTest {
    @Test
    void aCompletedOrderStaysAsItIs() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.authorisedOnly())) {
            Paths.shippedFromWarehouse(order);
            assertThat(order.result()).isEqualTo("COMPLETED");
            List<String> before = order.facts.effects();

            assertThat(order.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).isEqualTo(before);
            assertEnded(order);
        }
    }

    @Test
    void aReleasedOrderIsFollowedOn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").startAgain();
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("release F1");
        }
    }

    @Test
    void whatAFacilityRejectedIsStillToBeRouted() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR, WH_EAST);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.REJECTED).openCase();
            order.startAgain().decides(Action.REROUTE).awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("invoice F2");
            assertEnded(order);
        }
    }

    @Test
    void whatWasRoutedAgainIsNotAskedAboutTwice() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.rejectedThenRerouted(order);
            assertThat(order.result()).isEqualTo("COMPLETED");

            assertThat(order.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(order.facts.cases.all()).hasSize(1);
        }
    }

    @Test
    void aReleasedOrderThatWasCancelledMeanwhileIsTakenBackFromItsFacility() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR);
            order.start().awaitEffect("release F1").awaitEffect("announce");
            order.facts.orders.requestCancel(order.facts.id(), "channel", "cancelled at the channel");
            order.startAgain();

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).contains("recall F1", "withdraw", "release stock");
            assertEnded(order);
        }
    }

    @Test
    void aCancelledOrderStaysAsItIs() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.cancelledWhileReleased(order);
            assertThat(order.result()).isEqualTo("CANCELLED");
            List<String> before = order.facts.effects();

            assertThat(order.startAgain().result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).isEqualTo(before);
        }
    }

    @Test
    void anOrderThatIsWokenForWeeksGoesOnInANewRun() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.wokenForWeeks(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("release F1", "announce", "invoice F1");
            assertEnded(order);
            assertReplays(order.history());
        }
    }

    @Test
    void aCaseThatIsOpenForWeeksIsShownByTheNewRunAndDecidedThere() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
            String caseId = order.start().openCase().id().value();
            order.await("the case in the story", () -> order.waitingFor().contains(caseId));
            OffsetDateTime since = order.searchAttributes().get(Story.STALLED_SINCE);
            order.wakeUntilAnotherRun();

            assertThat(order.openCase().id().value()).isEqualTo(caseId);
            order.await(
                    "the case in the new run's story", () -> order.waitingFor().contains(caseId));
            assertThat(order.searchAttributes().get(Story.STALLED_SINCE)).isEqualTo(since);
            order.decides(Action.RELEASE_HOLD).awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isFalse();
            assertReplays(order.history());
        }
    }

    /** The first run's. */
    private static void assertReplays(WorkflowExecutionHistory history) {
        assertThat(history.getEvents()).hasSizeGreaterThanOrEqualTo(2_000);
        assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, OrderToCashWorkflowImpl.class))
                .doesNotThrowAnyException();
    }
}
