package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.SampleOrders;
import org.junit.jupiter.api.Test;

/** Questions that are asked beside an order's way: it goes on once they are answered, and what they hold up is shown meanwhile. */
class OrderQuestionsTest {
    @Test
    void aDisputeHoldsTheWorkUntilSomebodyLetsItGo() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.disputedThenLetGo(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence("release F1", "hold F1", "let go F1", "invoice F1", "settle");
            assertAsked(order, FailureCode.PAYMENT_DISPUTED);
        }
    }

    @Test
    void moneyThatIsNotThereMuchLongerIsAQuestionOnce() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.authorisedOnly())) {
            Paths.authorisationAtRiskThenBorne(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertAsked(order, FailureCode.AUTHORISATION_AT_RISK);
        }
    }

    @Test
    void booksThatAreHeldUpBesideAnotherCaseDelayNothingElse() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.blockedBooksBesideARejection(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertAsked(order, FailureCode.FACILITY_REJECTED, FailureCode.ERP_REJECTED);
        }
    }

    @Test
    void wordsThatCanNotBeReadAreTracedAndStopNothing() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.unreadableThenDecided(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("refused what can't be read");
        }
    }

    private static void assertAsked(OrderScenario order, FailureCode... codes) {
        assertThat(order.facts.cases.all()).extracting(Case::code).containsExactly(codes);
        assertThat(order.facts.cases.open()).isEmpty();
    }
}
