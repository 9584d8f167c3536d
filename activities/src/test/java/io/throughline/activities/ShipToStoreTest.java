package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.StockPolicy.TransferRule;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.transfer.TestingOrderTransfers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real processes over the real steps, of an order that is collected in a store which has not the goods: they are sent there first. */
class ShipToStoreTest {
    private static final Duration SEND_WITHIN = Duration.ofHours(12);

    @Test
    void goodsAreSentToTheStoreAndCollectedThere() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));

            FulfillmentOrder waiting = run.retail.work.get(run.work(1));
            assertThat(waiting.facility()).isEqualTo(SampleFacilities.ST_DOWNTOWN);
            assertThat(waiting.inbound().orElseThrow().from()).isEqualTo(SampleFacilities.WH_WEST);
            assertThat(waiting.deadline()).isPresent();
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("release "));

            run.retail.transfers.send(run.work(1));
            run.wake(run.work(1).value()).passes(Duration.ofHours(1));
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.ALLOCATED);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isEqualTo(1);
            run.retail.transfers.receive(run.work(1));
            run.wake(run.work(1).value()).awaitStatus(1, FulfillmentStatus.RELEASED);
            collects(run, 1);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_WEST, SampleOrders.MUG))
                    .isEqualTo(8);
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_DOWNTOWN, SampleOrders.MUG))
                    .isZero();
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatLiesInTheStoreIsNotSentThere() {
        try (OrderRun run = OrderRun.under(SamplePolicies.REROUTING, SampleOrders.pickup())) {
            run.retail.sends(toDowntown());
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);

            assertThat(run.retail.work.get(run.work(1)).inbound()).isEmpty();
        }
    }

    @Test
    void whoDoesNotSendItInTimeIsPassedOverAndAnotherSendsIt() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.passes(SEND_WITHIN.plusHours(1)).awaitReroute(1, RerouteStatus.REROUTED);

            assertThat(run.retail.reroutes.latest(run.work(1)).orElseThrow().cause())
                    .isEqualTo(RerouteCause.SILENT);
            assertThat(run.retail.work.get(run.work(2)).inbound().orElseThrow().from())
                    .isEqualTo(SampleFacilities.WH_EAST);
            run.retail.transfers.send(run.work(2));
            run.retail.transfers.receive(run.work(2));
            run.wake(run.work(2).value());
            collects(run, 2);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    /** The pause, and the step that finds it late, were on their way at once. */
    @Test
    void whoIsPausedIsNotPassedOverForNotSendingIt() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            FacilityId sender =
                    run.retail.work.get(run.work(1)).inbound().orElseThrow().from();
            run.retail.pauses.pause(new Pause(sender, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
            Instant before = run.retail.work.get(run.work(1)).deadline().orElseThrow();
            run.passes(SEND_WITHIN.plusHours(1));
            run.await(
                    "its time anew",
                    () -> run.retail
                            .work
                            .get(run.work(1))
                            .deadline()
                            .filter(before::isBefore)
                            .isPresent());

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            run.retail.pauses.resume(sender, "ada");
            run.retail.transfers.send(run.work(1));
            run.retail.transfers.receive(run.work(1));
            run.wake(run.work(1).value());
            collects(run, 1);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whoSaysNoIsPassedOverAndWhereNobodyElseHasItAPersonDecides() {
        try (OrderRun run = nothingDowntown(SamplePolicies.STANDARD)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.transfers.refuse(run.work(1));
            run.wake(run.work(1).value()).awaitReroute(1, RerouteStatus.REROUTED);
            run.retail.transfers.refuse(run.work(2));
            run.wake(run.work(2).value())
                    .await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.NO_FACILITY);
            run.retail.inventory.stock(SampleFacilities.ST_DOWNTOWN, SampleOrders.MUG, 1);
            run.decides(Action.RETRY).awaitStatus(3, FulfillmentStatus.RELEASED);
            assertThat(run.retail.work.get(run.work(3)).inbound()).isEmpty();
            collects(run, 3);

            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whatIsLostOnItsWayIsAPersonsToWaitForOrToReplace() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.transfers.send(run.work(1));
            run.wake(run.work(1).value()).passes(TestingOrderTransfers.WITHIN.plusHours(1));
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            Case late = run.retail.cases.open().getFirst();
            assertThat(late.code()).isEqualTo(FailureCode.FACILITY_SILENT);
            assertThat(late.detail()).contains("was sent and has not arrived at ST-DOWNTOWN");
            run.decides(Action.RETRY)
                    .await("more time", () -> run.retail.cases.open().isEmpty());
            run.passes(TestingOrderTransfers.WITHIN.plusHours(1));
            run.decides(Action.REROUTE).awaitReroute(1, RerouteStatus.REROUTED);

            run.retail.transfers.send(run.work(2));
            run.retail.transfers.receive(run.work(2));
            run.wake(run.work(2).value());
            collects(run, 2);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void anOrderThatIsCancelledWhileItsGoodsAreAwaitedLeavesNothingReserved() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.orders.requestCancel(run.order.id(), "ada", "she has changed her mind");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("release "));
        }
    }

    @Test
    void aRunThatIsStartedAgainWaitsOn() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.startAgain().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.transfers.send(run.work(1));
            run.startAgain().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.transfers.receive(run.work(1));
            run.startAgain().awaitStatus(1, FulfillmentStatus.RELEASED);
            collects(run, 1);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    /** As when it is taken back to a point from before: it looks again, and the facts have gone on since. */
    @Test
    void aRunThatMissedTheArrivalTakesUpTheWorkWhereItIsByNow() {
        try (OrderRun run = nothingDowntown(SamplePolicies.REROUTING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("its goods are to be sent there"));
            run.retail.transfers.send(run.work(1));
            run.retail.transfers.receive(run.work(1));
            run.retail.work.released(run.work(1), SampleAccounts.POS, "W-1", run.retail.work.now());
            run.wake(run.work(1).value());
            collects(run, 1);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("invoice "));
        }
    }

    private static OrderRun nothingDowntown(OrderPolicy policy) {
        OrderRun run = OrderRun.under(policy, SampleOrders.pickup());
        run.retail.inventory.stock(SampleFacilities.ST_DOWNTOWN, SampleOrders.MUG, 0);
        run.retail.sends(toDowntown());
        return run;
    }

    private static TransferRule toDowntown() {
        return new TransferRule(
                "to-downtown",
                Set.of(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST),
                Set.of(SampleFacilities.ST_DOWNTOWN),
                TestingOrderTransfers.WITHIN,
                2,
                0,
                Optional.of(SEND_WITHIN));
    }

    private static void collects(OrderRun run, int ordinal) {
        run.reports(ordinal, FulfillmentStatus.READY_FOR_PICKUP)
                .awaitStatus(ordinal, FulfillmentStatus.READY_FOR_PICKUP)
                .reports(ordinal, FulfillmentStatus.PICKED_UP);
    }
}
