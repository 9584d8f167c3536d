package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowUpdateException;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import org.junit.jupiter.api.Test;

/** Decisions that come through Temporal itself. */
class DecisionTest {
    @Test
    void whatIsHarmlessIsCarriedOut() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.decidedByUpdate(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whatIsNotHarmlessIsOnlyProposed() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            String caseId = order.openCase().id().value();
            order.await("shown", () -> order.waitingFor().contains(caseId));

            assertThat(order.update(caseId, Action.CANCEL)).contains("proposed");
            assertThat(order.openCase().id().value()).isEqualTo(caseId);
            assertThat(order.facts.effects()).containsExactly("proposed CANCEL");
        }
    }

    @Test
    void anActionThatTheCaseDoesNotAllowIsRefusedBeforeItIsRecorded() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            String caseId = order.openCase().id().value();
            order.await("shown", () -> order.waitingFor().contains(caseId));

            assertThatThrownBy(() -> order.update(caseId, Action.RELEASE_HOLD))
                    .isInstanceOf(WorkflowUpdateException.class)
                    .rootCause()
                    .hasMessageContaining("allows");
            assertThat(order.facts.effects()).isEmpty();
        }
    }

    @Test
    void aCaseOfAnotherOrderIsRefused() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            order.openCase();

            assertThatThrownBy(() -> order.update("C-4711", Action.RETRY))
                    .isInstanceOf(WorkflowUpdateException.class)
                    .rootCause()
                    .hasMessageContaining("C-4711");
        }
    }

    @Test
    void aStalledStepMayBeTriedAgainToo() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).fails("erp.announce", 1000);
            order.start().awaitEffect("release F1");
            String caseId = order.stalls("erp.announce", FailureCode.SYSTEM_UNREACHABLE)
                    .id()
                    .value();
            order.await("shown", () -> order.waitingFor().contains(caseId));

            assertThat(order.update(caseId, Action.RETRY)).contains("RETRY is decided");
        }
    }

    /** Temporal's UI sends one text. */
    @Test
    void whatTheDetailsShowCanBePasted() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            String caseId = order.openCase().id().value();
            order.await("shown", () -> order.waitingFor().contains("`\"" + caseId + " RETRY\"`"));

            assertThat(order.updateWith(caseId + " RETRY")).contains("RETRY is decided");
            order.awaitEffect("release F1").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aSignalThatNobodyCanReadIsRefusedAndStopsNothing() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            String caseId = order.openCase().id().value();

            order.signal("propose", caseId + " RETRY please").awaitEffect("refused what can't be read");
            order.signal("propose", caseId, "NOTHING_KNOWN").signal("propose");
            order.signal("propose", caseId + " RETRY").awaitEffect("release F1").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aSignalDoesTheSame() {
        try (OrderScenario order = waiting(FailureCode.STOCK_MISSING)) {
            order.signal("propose", order.openCase().id().value(), Action.RETRY);
            order.awaitEffect("release F1").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    private static OrderScenario waiting(FailureCode code) {
        OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount());
        order.facts.routes(1, WH_EAST).refuses("order.allocate", code);
        return order.start();
    }
}
