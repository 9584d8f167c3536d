package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Orders whose parcels get their labels from a carrier, and orders whose customers are late. */
class ParcelAndPickupTest {
    @Test
    void aPackedParcelGetsItsLabelBeforeItLeaves() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.labelledThenShipped(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence("release F1", "label F1", "consume F1", "tell SHIPPED F1", "invoice F1")
                    .doesNotContain("void label F1");
        }
    }

    @Test
    void aLabelThatIsRefusedIsTriedAgainWhenAPersonSaysSo() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("carrier.label", FailureCode.CARRIER_REFUSED);
            Paths.packedWithoutLabel(order).decidesOnceShown(Action.RETRY).awaitEffect("label F1");
            Paths.handedOver(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aStoreLabelsByItselfWhatTheCarrierRefuses() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("carrier.label", FailureCode.CARRIER_REFUSED);
            Paths.packedWithoutLabel(order).decidesOnceShown(Action.ACCEPT_DIFFERENCE);
            Paths.handedOver(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotContain("label F1");
        }
    }

    @Test
    void whatACarrierRefusesCanGoToAnotherStore() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("carrier.label", FailureCode.CARRIER_REFUSED);
            Paths.packedWithoutLabel(order).decidesOnceShown(Action.REROUTE).awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("recall F1", "void label F1", "invoice F2");
            assertThat(order.facts.work.get(order.work(1)).status()).isEqualTo(FulfillmentStatus.REJECTED);
        }
    }

    @Test
    void theLabelOfACancelledOrderIsGivenBack() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.labelledThenCancelled(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).containsSubsequence("label F1", "recall F1", "void label F1");
        }
    }

    @Test
    void aRunThatStartsAgainFindsTheLabelBought() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.packedWithoutLabel(order).awaitEffect("label F1").startAgain();
            Paths.handedOver(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("label F1");
        }
    }

    @Test
    void aCustomerIsRemindedOnceBeforeTheTimeIsOver() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.pickup())) {
            order.facts.remindsBefore(Duration.ofHours(24)).routes(1, ST_DOWNTOWN);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell READY_FOR_PICKUP F1");
            order.passes(Duration.ofHours(20));
            assertThat(order.facts.effects()).doesNotContain("remind F1");
            order.passes(Duration.ofHours(6)).awaitEffect("remind F1");
            order.reports(1, FulfillmentStatus.PICKED_UP);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.cases.all()).isEmpty();
        }
    }

    @Test
    void whoComesInTimeIsNotReminded() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.pickup())) {
            order.facts.remindsBefore(Duration.ofHours(24)).routes(1, ST_DOWNTOWN);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell READY_FOR_PICKUP F1");
            order.reports(1, FulfillmentStatus.PICKED_UP);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotContain("remind F1");
        }
    }
}
