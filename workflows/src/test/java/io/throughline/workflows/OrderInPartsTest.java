package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.workflows.OrderLifeTest.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.SampleOrders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders of which a part goes out at once, and the rest when it comes. */
class OrderInPartsTest {
    @Test
    void eachPartIsShippedAndInvoicedAndTheOrderEndsWithTheLast() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.firstPartShipped(order);
            assertThat(hasEnded(order)).isFalse();
            order.await("the wait", () -> order.waitingFor().contains("Waits for stock"));

            order.facts.stockComes();
            order.wake("order stock").awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("invoice F1", "invoice F2");
            assertEnded(order);
        }
    }

    @Test
    void whatComesWhileTheFirstPartIsUnderWayGoesOutBesideIt() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST, WH_EAST).waitsForRest();
            order.start().awaitEffect("release F1");
            order.facts.stockComes();
            order.wake("stock").awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED).awaitEffect("invoice F2");
            assertThat(hasEnded(order)).isFalse();
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void aPromiseThatMovesIsToldOnce() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).waitsForStock(null);
            order.start().await("the wait", () -> order.waitingFor().contains("Waits for stock"));
            order.facts.promiseMoves();
            order.wake("order stock").awaitEffect("tell promise");
            order.facts.stockComes();
            order.wake("order stock").awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("tell promise");
        }
    }

    /** A message that can't be sent keeps nobody from his goods. */
    @Test
    void stockIsTakenWhileAMessageWaitsForAPerson() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.firstPartShipped(order);
            order.facts.promiseMoves().refuses("customer.tell-promise", FailureCode.MESSAGE_REFUSED);
            order.wake("order stock").openCase();
            order.facts.stockComes();
            order.wake("order stock").awaitEffect("release F2");
        }
    }

    @Test
    void aRunThatIsStartedAgainFollowsTheRest() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.firstPartShipped(order);
            order.startAgain();
            order.facts.stockComes();
            order.wake("order stock").awaitEffect("release F2").startAgain();
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("release F1", "release F2", "invoice F1", "invoice F2");
            assertEnded(order);
        }
    }

    @Test
    void whatIsCalledOffBetweenItsPartsKeepsWhatHasLeft() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.cancelledBetweenItsParts(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("give up the rest").doesNotContain("recall F1", "release F2");
            List<FailureCode> asked =
                    order.facts.cases.all().stream().map(one -> one.code()).toList();
            assertThat(asked).containsExactly(FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    @Test
    void whatIsCalledOffBeforeAnythingHasLeftEndsWhole() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR).waitsForRest();
            order.start().awaitEffect("release F1").awaitEffect("announce");
            order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
            order.wake("order");

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).contains("recall F1", "release stock");
            assertEnded(order);
        }
    }

    @Test
    void anOrderInPartsThatIsWokenForWeeksGoesOnInANewRun() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.firstPartShipped(order);
            order.wakeUntilAnotherRun();
            order.facts.stockComes();
            order.wake("order stock").awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    private static boolean hasEnded(OrderScenario order) {
        return order.facts.orders.view(order.facts.id()).orElseThrow().status().ended();
    }
}
