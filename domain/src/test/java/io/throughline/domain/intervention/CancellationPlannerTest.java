package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkCopy;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CancellationPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final CancellationPlanner planner =
            new CancellationPlanner(Set.of(order.key().account()));

    @Test
    void onceSomethingHasLeftNothingIsUndoneAndSomebodyIsAsked() {
        ChangePlan plan = plan(planner, work(1, FulfillmentStatus.SHIPPED), work(2, FulfillmentStatus.PICKING));

        assertThat(plan.asksFirst()).isTrue();
        assertThat(plan.steps())
                .extracting(PlannedStep::kind)
                .containsExactly(PlannedStep.Kind.KEEP, PlannedStep.Kind.ASK, PlannedStep.Kind.STOP_WAITING);
    }

    @Test
    void workIsAskedBackFromWhoHasHeardOfIt() {
        ChangePlan plan = plan(
                planner,
                work(1, FulfillmentStatus.ALLOCATED),
                work(2, FulfillmentStatus.RELEASED),
                work(3, FulfillmentStatus.REJECTED));

        assertThat(about(plan, PlannedStep.Kind.DROP)).containsExactly(order.id() + "-F1");
        assertThat(about(plan, PlannedStep.Kind.RECALL)).containsExactly(order.id() + "-F2");
    }

    @Test
    void whereNobodyGivesItBackNothingIsUndone() {
        ChangePlan plan =
                plan(planner, work(1, FulfillmentStatus.REJECTED), kept(all(work(2, FulfillmentStatus.ACKNOWLEDGED))));

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.kind()).isEqualTo(PlannedStep.Kind.KEEP);
            assertThat(step.words()).contains("WH-EAST").contains("declined");
        });
        assertThat(about(
                        plan(
                                planner,
                                kept(all(work(1, FulfillmentStatus.ACKNOWLEDGED))),
                                work(2, FulfillmentStatus.RELEASED)),
                        PlannedStep.Kind.RECALL))
                .hasSize(2);
    }

    /** What nobody was given yet can be had: then all of it is to end, as its process has it. */
    @Test
    void aPartThatIsNotGivenBackDoesNotKeepTheRest() {
        assertThat(about(plan(planner, kept(work(1, FulfillmentStatus.ACKNOWLEDGED))), PlannedStep.Kind.RECALL))
                .containsExactly(order.id() + "-F1");
    }

    private FulfillmentOrder all(FulfillmentOrder one) {
        return WorkCopy.of(one)
                .lines(order.deliveries().stream()
                        .flatMap(part -> part.lines().stream())
                        .toList())
                .build();
    }

    private static FulfillmentOrder kept(FulfillmentOrder one) {
        return WorkCopy.of(one).answer(FacilityAnswer.keepsIt()).build();
    }

    @Test
    void whatIsReservedIsFreeAgainAndWhatWaitsWaitsNoMore() {
        ChangePlan plan = plan(planner);

        assertThat(about(plan, PlannedStep.Kind.RELEASE)).containsExactly("NW-TEE-BLK-M at WH-EAST");
        assertThat(plan.units(PlannedStep.Kind.RELEASE)).isEqualTo(2);
        assertThat(about(plan, PlannedStep.Kind.STOP_WAITING)).containsExactly("NW-CAP-NVY at UNROUTED");
    }

    @Test
    void aChannelThatIsNotAskedGivesNothingBackByItself() {
        ChangePlan plan = plan(new CancellationPlanner(Set.of()));

        assertThat(about(plan, PlannedStep.Kind.END_AT_CHANNEL)).isEmpty();
        assertThat(plan.steps())
                .filteredOn(step -> step.kind() == PlannedStep.Kind.REFUND)
                .singleElement()
                .satisfies(step -> assertThat(step.words()).contains("REFUND_MISSING"));
        assertThat(about(plan(planner), PlannedStep.Kind.END_AT_CHANNEL)).hasSize(1);
    }

    @Test
    void whatIsOnItsWayToWhereItIsCollectedIsFreeOnlyThere() {
        ChangePlan plan = plan(planner, List.of(new Reserved("1", SampleOrders.TEE, "ST-DOWNTOWN", 2, "IN_TRANSIT")));

        assertThat(plan.steps())
                .filteredOn(step -> step.kind() == PlannedStep.Kind.RELEASE)
                .singleElement()
                .satisfies(
                        step -> assertThat(step.words()).contains("ST-DOWNTOWN").contains("once they arrive"));
    }

    private ChangePlan plan(CancellationPlanner by, FulfillmentOrder... work) {
        return plan(
                by,
                List.of(
                        new Reserved("1", SampleOrders.TEE, "WH-EAST", 2, "CONFIRMED"),
                        new Reserved("2", SampleOrders.CAP, "UNROUTED", 1, "BACKORDERED"),
                        new Reserved("2", SampleOrders.CAP, "UNROUTED", 1, "RELEASED")),
                work);
    }

    private ChangePlan plan(CancellationPlanner by, List<Reserved> reservations, FulfillmentOrder... work) {
        return by.plan(new CancellationFacts(
                new OrderView(
                        order.id(),
                        order.key(),
                        order.name(),
                        order.channel(),
                        OrderStatus.IN_FULFILLMENT,
                        PaymentStatus.CAPTURED,
                        PostingStatus.PENDING,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        NOW,
                        NOW,
                        List.of(work)),
                Optional.of(order),
                reservations,
                List.of(),
                false));
    }

    private FulfillmentOrder work(int ordinal, FulfillmentStatus status) {
        return new FulfillmentOrder(
                FulfillmentOrderId.of(order.id(), ordinal),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                status,
                List.of(new LineQuantity("1", SampleOrders.TEE, 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static List<String> about(ChangePlan plan, PlannedStep.Kind kind) {
        return plan.steps().stream()
                .filter(step -> step.kind() == kind)
                .map(PlannedStep::about)
                .toList();
    }
}
