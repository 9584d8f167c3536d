package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders to which nothing bad happens. */
class OrderLifeTest {
    @Test
    void onlyAMarketplaceHearsThatItsOrderIsTakenOnAndBeforeAnythingLeaves() {
        try (OrderScenario order = OrderScenario.sold(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("acknowledge");
            assertThat(order.facts.effects().indexOf("acknowledge"))
                    .isLessThan(order.facts.effects().indexOf("release F1"))
                    .isNotNegative();
        }
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotContain("acknowledge");
        }
    }

    @Test
    void anOrderIsShippedFromAWarehouse() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsExactlyInAnyOrder(
                            "announce",
                            "assign F1",
                            "release F1",
                            "consume F1",
                            "tell SHIPPED F1",
                            "invoice F1",
                            "settle");
            assertEnded(order);
            assertThat(order.history().getEvents()).hasSizeLessThanOrEqualTo(50);
            assertThat(order.history().getHistory().getSerializedSize()).isLessThan(32 * 1024);
        }
    }

    @Test
    void newsOfSeveralThingsComeInOneWakeUp() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").awaitEffect("announce");
            order.facts.report(order.work(1), FulfillmentStatus.SHIPPED, Optional.empty());
            order.facts.changeAtChannel(
                    SampleOrders.twoLines(order.facts.atChannel().key().externalId())
                            .version(order.facts.clock.instant().plus(Duration.ofMinutes(1)))
                            .paid()
                            .build());
            order.wake("channel " + order.work(1).value());

            assertThat(order.result()).isEqualTo("COMPLETED");
            OrderView view = order.facts.orders.view(order.facts.id()).orElseThrow();
            assertThat(view.channelChanged()).as("the channel was read again").isFalse();
            assertThat(order.history().getEvents()).hasSizeLessThanOrEqualTo(42);
        }
    }

    @Test
    void anOrderIsShippedWithEverythingByQueues() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.authorisedOnly())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("capture", "invoice F1", "settle");
            assertEnded(order);
        }
    }

    @Test
    void aQueuedStepWhoseProcessDiesIsMissedWithinSeconds() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.authorisedOnly())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.history().getEvents())
                    .filteredOn(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                    .isNotEmpty()
                    .allMatch(event -> event.getActivityTaskScheduledEventAttributes()
                                    .getHeartbeatTimeout()
                                    .getSeconds()
                            == 20);
        }
    }

    @Test
    void theMoneyIsTakenWhenGoodsHaveLeftAndBeforeTheInvoice() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.authorisedOnly())) {
            Paths.shippedFromWarehouse(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsSubsequence("consume F1", "capture", "invoice F1", "settle");
        }
    }

    @Test
    void anOrderIsPickedUpInAStore() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.pickup())) {
            Paths.pickedUp(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence(
                            "assign F1",
                            "release F1",
                            "ready F1",
                            "tell READY_FOR_PICKUP F1",
                            "consume F1",
                            "handover F1",
                            "tell PICKED_UP F1",
                            "invoice F1",
                            "settle");
            assertEnded(order);
        }
    }

    @Test
    void aTillSaleIsOnlyBooked() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.tillSale())) {
            Paths.takenAwayAtTheTill(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .contains("consume F1", "invoice F1", "settle")
                    .doesNotContain("release F1", "assign F1", "handover F1");
        }
    }

    @Test
    void anOrderOfWhichNothingIsShippedIsCapturedAndBooked() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.onlyAGiftCard())) {
            Paths.nothingToShip(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence("capture", "invoice F1", "settle")
                    .doesNotContain("release F1", "assign F1", "handover F1");
        }
    }

    @Test
    void twoFacilitiesShareAnOrder() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoBags())) {
            Paths.splitInTwo(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .contains("release F1", "release F2", "invoice F1", "invoice F2")
                    .endsWith("settle");
            assertEnded(order);
        }
    }

    @Test
    void oneFacilityBeingLateDoesNotHoldUpTheOther() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoBags())) {
            order.facts.routes(2, ST_HARBOR, WH_WEST);
            order.start().awaitEffect("release F1").awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED).awaitEffect("invoice F2");

            assertThat(order.facts.effects()).doesNotContain("invoice F1", "settle");
            order.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void wakeUpsThatMeanNothingChangeNothing() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1");
            order.wake("order").wake("C-9999").wake("nonsense").wake(Wakes.EVERYTHING);
            order.wake(order.work(1).value()).wake(order.work(7).value());
            order.reports(1, FulfillmentStatus.SHIPPED).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotHaveDuplicates();
            assertThat(order.facts.cases.all()).isEmpty();
        }
    }

    @Test
    void newsIsTakenInEvenWhenItsOwnWakeUpWasLost() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1");
            order.facts.report(order.work(1), FulfillmentStatus.SHIPPED, java.util.Optional.empty());
            order.wake(Wakes.EVERYTHING);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void anOperatorReadsWhereItStands() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.pickup())) {
            order.facts.routes(1, ST_DOWNTOWN);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell READY_FOR_PICKUP F1");
            order.wake("order").await("the story", () -> order.waitingFor().contains("READY_FOR_PICKUP"));

            assertThat(order.waitingFor()).contains("IN_FULFILLMENT", "PICKUP from ST-DOWNTOWN", "due 20");
            assertThat(order.searchAttributes().get(Story.ORDER_STATUS)).isEqualTo("IN_FULFILLMENT");
            assertThat(order.searchAttributes().get(Story.FACILITIES)).containsExactly("ST-DOWNTOWN");
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("PENDING");
            order.reports(1, FulfillmentStatus.PICKED_UP);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().get(Story.ORDER_STATUS)).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("CONFIRMED");
            assertThat(order.searchAttributes().containsKey(Story.CASE_OPEN)).isFalse();
        }
    }

    @Test
    void aChangeAtTheChannelIsTakenInWhileTheOrderIsUnderWay() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1");
            Paths.changeAtChannel(order);

            order.await(
                    "the new version",
                    () -> order.facts
                            .orders
                            .find(order.facts.id())
                            .filter(known -> known.tags().contains("vip"))
                            .isPresent());
            assertThat(order.facts.orders.view(order.facts.id()).orElseThrow().channelChanged())
                    .isFalse();
            order.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aPaymentThatWasAuthorisedOnTheWayIsTakenToo() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1");
            order.facts.changeAtChannel(
                    SampleOrders.twoLines(order.facts.atChannel().key().externalId())
                            .version(order.facts.clock.instant().plus(Duration.ofMinutes(1)))
                            .authorised()
                            .build());
            order.wake("order")
                    .await(
                            "the authorisation",
                            () -> !order.facts
                                    .orders
                                    .view(order.facts.id())
                                    .orElseThrow()
                                    .channelChanged());
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("capture");
        }
    }

    static void assertEnded(OrderScenario order) {
        assertThat(order.status()).isNotEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        assertThat(order.somethingPending()).isFalse();
        assertThat(order.facts.cases.open()).isEmpty();
        assertThat(order.facts.work.ofOrder(order.facts.id()))
                .allMatch(work -> work.status().terminal());
    }
}
