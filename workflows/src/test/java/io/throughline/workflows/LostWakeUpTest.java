package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts that change, and are told, just after a step has read them and before it has answered. */
class LostWakeUpTest {
    @Test
    void aCancellationIsNotOverlooked() {
        try (OrderScenario order = OrderScenario.slow(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").awaitEffect("announce");
            order.facts.meanwhile("order.look", () -> {
                order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
                order.wake("order");
            });
            order.wake("order");

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.cases.all()).isEmpty();
        }
    }

    @Test
    void aCancellationThatComesBeforeItWaitsForStockIsNotOverlooked() {
        try (OrderScenario order = OrderScenario.slow(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.waitsForStock(null).meanwhile("order.screen", () -> {
                order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
                order.wake("order");
            });
            order.start();

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.cases.all()).isEmpty();
        }
    }

    @Test
    void aShipmentIsNotOverlooked() {
        try (OrderScenario order = OrderScenario.slow(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").awaitEffect("announce");
            Instant began = order.facts.clock.instant();
            order.facts.meanwhile("facility.observe", () -> {
                order.facts.report(order.work(1), FulfillmentStatus.SHIPPED, Optional.empty());
                order.wake(order.work(1).value());
            });
            order.wake(order.work(1).value());

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.closedAt())
                    .as("its deadline did not have to remind us")
                    .isBefore(began.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void aDecisionIsNotOverlooked() {
        try (OrderScenario order = OrderScenario.slow(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
            order.facts.meanwhile("case.decided", () -> order.decides(Action.RELEASE_HOLD));

            order.start().awaitEffect("release F1");
        }
    }
}
