package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.RoutingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, where a device of the facility tells us of the work, or the facility is paused. */
class StoreAppRunTest {
    @Test
    void whatADeviceReportsCarriesTheOrderOnAndItsTillIsToldAtTheEnd() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            reports(run, 1, FulfillmentStatus.ACKNOWLEDGED);
            reports(run, 1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).containsOnlyOnce("complete " + run.work(1));
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void aTillThatDoesNotTakeItInIsACaseAndTheMoneyIsTakenAllTheSame() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("complete", FailureCode.FACILITY_REFUSED, "given up at the till");
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            reports(run, 1, FulfillmentStatus.SHIPPED);
            run.awaitEffect("capture")
                    .awaitEffect("invoice")
                    .await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_NOT_TOLD);
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whatADeviceRejectsIsTakenFromItsTillAndDoneElsewhereWithoutAPerson() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            reports(run, 1, FulfillmentStatus.REJECTED);
            run.awaitStatus(2, FulfillmentStatus.RELEASED);
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertThat(run.retail.work.get(run.work(2)).facility())
                    .isNotEqualTo(run.retail.work.get(run.work(1)).facility());
            reports(run, 2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void fromTheFourthRejectionOnAPersonDecides() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start();
            for (int ordinal = 1; ordinal <= 4; ordinal++) {
                run.awaitStatus(ordinal, FulfillmentStatus.RELEASED);
                reports(run, ordinal, FulfillmentStatus.REJECTED);
            }

            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.FACILITY_REJECTED);
            assertThat(run.retail.work.ofOrder(run.order.id()))
                    .extracting(FulfillmentOrder::facility)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whatACustomerIsToCollectIsNotSentElsewhereWithoutAPerson() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            reports(run, 1, FulfillmentStatus.REJECTED);

            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_REJECTED);
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void aFacilityThatIsPausedLosesWhatItHasNotAcknowledgedAndGetsNothingNew() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            FulfillmentOrder first = run.retail.work.get(run.work(1));
            run.retail.pauses.pause(new Pause(first.facility(), OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
            run.retail.work.extend(run.work(1), run.now());
            run.wake("order " + run.work(1)).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertThat(run.retail.work.get(run.work(2)).facility()).isNotEqualTo(first.facility());
            assertThat(run.retail.cases.all()).isEmpty();
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whatIsToBeCollectedAtAPausedStoreIsAQuestionThatSaysSo() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            pause(run, SampleFacilities.ST_DOWNTOWN);
            run.start().await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).singleElement().satisfies(asked -> {
                assertThat(asked.code()).isEqualTo(FailureCode.FACILITY_PAUSED);
                assertThat(asked.detail()).contains("ST-DOWNTOWN").contains("is paused");
            });
            run.retail.pauses.resume(SampleFacilities.ST_DOWNTOWN, "ada");
            run.decides(Action.RETRY).awaitStatus(1, FulfillmentStatus.RELEASED);
            run.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitStatus(1, FulfillmentStatus.READY_FOR_PICKUP);
            run.reports(1, FulfillmentStatus.PICKED_UP);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void nobodyIsRemindedOfOrRefundedWhatCouldNotBeCollected() {
        try (OrderRun run = OrderRun.under(SamplePolicies.REMINDING, SampleOrders.pickup())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("ready");
            Instant first = run.retail.work.get(run.work(1)).deadline().orElseThrow();
            pause(run, SampleFacilities.ST_DOWNTOWN);
            run.passes(Duration.ofDays(8))
                    .await(
                            "it has its time anew",
                            () -> run.retail
                                    .work
                                    .get(run.work(1))
                                    .deadline()
                                    .filter(first::isBefore)
                                    .isPresent());
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.endsWith("/PICKUP_REMINDER"));
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().cancelRequestedAt())
                    .isEmpty();

            run.retail.pauses.resume(SampleFacilities.ST_DOWNTOWN, "ada");
            run.wake("order " + run.work(1)).passes(Duration.ofDays(7).minusHours(20));
            run.await(
                    "the reminder",
                    () -> run.retail.vendor.effects().stream().anyMatch(effect -> effect.endsWith("/PICKUP_REMINDER")));
            run.passes(Duration.ofDays(1));
            assertThat(run.result()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void whereTheEndOfThePauseIsKnownItIsWaitedFor() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            Instant until = run.now().plus(Duration.ofHours(9));
            run.retail.pauses.pause(
                    new Pause(SampleFacilities.ST_DOWNTOWN, OpenWork.WAIT, Optional.of(until), "ada"), "stocktaking");
            run.start()
                    .await(
                            "it waits",
                            () -> run.retail
                                    .orders
                                    .view(run.order.id())
                                    .flatMap(OrderView::routing)
                                    .flatMap(RoutingDecision::lookAgainAt)
                                    .filter(until::equals)
                                    .isPresent());
            assertThat(run.retail.cases.all()).isEmpty();

            run.retail.pauses.resume(SampleFacilities.ST_DOWNTOWN, "the clock");
            run.passes(Duration.ofHours(10)).awaitStatus(1, FulfillmentStatus.RELEASED);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatADeviceHandsOverWhileItsTillIsDownIsNotSentAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.retail.vendor.goesDown("recall");
            pause(run, run.retail.work.get(run.work(1)).facility());
            run.retail.work.extend(run.work(1), run.now());
            run.wake("order " + run.work(1)).await("the till is asked", () -> wasAskedBack(run));
            reports(run, 1, FulfillmentStatus.SHIPPED);
            run.retail.vendor.comesBack();

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id()))
                    .extracting(FulfillmentOrder::status)
                    .containsExactly(FulfillmentStatus.SHIPPED);
            run.awaitEffect("capture").awaitEffect("invoice");
            assertThat(run.retail.cases.open()).isEmpty();
        }
    }

    @Test
    void aFacilityThatIsResumedMayBeGivenAgainWhatItsPauseTookFromIt() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            FacilityId first = run.retail.work.get(run.work(1)).facility();
            SampleFacilities.ALL_IDS.forEach(facility -> pause(run, facility));
            run.retail.work.extend(run.work(1), run.now());
            run.wake("order " + run.work(1))
                    .await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.NO_FACILITY);

            run.retail.pauses.resume(first, "ada");
            run.decides(Action.RETRY).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(run.retail.work.get(run.work(2)).facility()).isEqualTo(first);
            reports(run, 2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    private static void pause(OrderRun run, FacilityId facility) {
        run.retail.pauses.pause(new Pause(facility, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
    }

    private static boolean wasAskedBack(OrderRun run) {
        return run.retail.ledger.ofSubject(run.work(1).value()).stream()
                .anyMatch(effect -> effect.key().operation().equals("recall"));
    }

    /** As the API writes it down, and the dispatcher tells. */
    private static void reports(OrderRun run, int ordinal, FulfillmentStatus status) {
        run.retail.work.report(run.work(ordinal), status);
        if (status == FulfillmentStatus.REJECTED) {
            run.retail.inventory.release(run.work(ordinal), true);
        }
        run.wake("order " + run.work(ordinal));
    }
}
