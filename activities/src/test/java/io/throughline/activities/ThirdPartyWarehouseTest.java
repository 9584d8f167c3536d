package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A warehouse that others run: it is asked for its work, and for giving it back, and may say no to either, or nothing. */
class ThirdPartyWarehouseTest {
    @ParameterizedTest
    @CsvSource({"NOT_FOUND, REJECTED, 1", "NO_CAPACITY, CAPACITY, 0", "OTHER, REJECTED, 0"})
    void whatItRejectsWithAReasonGoesElsewhereWithoutAPerson(Ground ground, RerouteCause cause, int lostOfEach) {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            FacilityId first = work(run).facility();
            rejects(run, FacilityAnswer.rejects(ground));
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(cause);
            assertThat(reroute.finding().excluded()).contains(first);
            run.order
                    .lines()
                    .forEach(line -> assertThat(run.retail.inventory.onHand(first, line.sku()))
                            .isEqualTo(9 - lostOfEach * line.quantity()));
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatAnybodyWouldRejectAPersonLooksAt() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            rejects(run, FacilityAnswer.NONE);
            run.await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_REJECTED);
        }
    }

    @Test
    void anOrderThatItDoesNotGiveBackGoesOnAndTheCancellationIsDeclined() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.facilitySystem.keeps(run.work(1));
            isCalledOff(run);
            run.await("the answer", () -> view(run).cancelDeclinedAt().isPresent());

            assertThat(view(run).cancelRequestedAt()).isEmpty();
            assertThat(work(run).kept()).isTrue();
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("withdraw"));
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("invoice"));
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void anOrderThatIsAskedForAgainAfterThatIsDeclinedAgain() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.facilitySystem.keeps(run.work(1));
            isCalledOff(run)
                    .await("the answer", () -> view(run).cancelDeclinedAt().isPresent());
            run.retail.orders.requestCancel(run.order.id(), "ada", "by letter");
            run.startAgain()
                    .await("the answer", () -> view(run).cancelRequestedAt().isEmpty());

            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void anOrderThatAPersonGivesUpGoesOnWhereItIsNotGivenBack() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.facilitySystem.keeps(run.work(1));
            run.passes(Duration.ofHours(49)).awaitReroute(1, RerouteStatus.KEPT);
            run.passes(Duration.ofHours(49))
                    .await("the case", () -> run.retail.cases.open().size() == 1);
            run.decides(Action.CANCEL)
                    .await("the answer", () -> view(run).cancelDeclinedAt().isPresent());

            assertThat(work(run).deadline().orElseThrow()).isAfter(run.now());
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whereTheMoneyHasGoneBackAlreadyAPersonDecides() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.facilitySystem.keeps(run.work(1));
            run.becomes(SampleOrders.twoLines(run.order.key().externalId())
                    .authorised()
                    .cancelledAt(run.order.version().plus(Duration.ofHours(1)))
                    .build());
            run.wake("order channel");
            run.await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.RECALL_REFUSED);
            assertThat(view(run).cancelDeclinedAt()).isEmpty();
            run.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.GOODS_OUTSTANDING);
        }
    }

    @Test
    void whatItGivesBackIsCancelledAsEver() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            isCalledOff(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertThat(view(run).cancelDeclinedAt()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aQuestionThatItLeavesOpenBecomesAPersonsWhenItsTimeIsOver() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.vendor.leavesOpen("recall");
            isCalledOff(run).passes(Duration.ofHours(5));
            awaitRefusedRecall(run);

            assertThat(run.retail.cases.open().getFirst().detail()).contains("has not answered");
            run.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.result()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void whatItGivesBackAfterItsTimeIsOverNeedsNoPerson() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.vendor.leavesOpen("recall");
            isCalledOff(run).passes(Duration.ofHours(5));
            awaitRefusedRecall(run);

            run.retail.vendor.answersAfterAll("recall", run.work(1).value());
            run.wake(run.work(1).value());
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** What it could not hear, it has not left open. */
    @Test
    void itsTimeToAnswerBeginsWhenItIsAsked() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.vendor.goesDown("recall");
            isCalledOff(run).passes(Duration.ofHours(5));
            run.retail.facilitySystem.isAskedBack(run.work(1), run.now());
            run.retail.vendor.leavesOpen("recall");
            run.retail.vendor.comesBack();
            run.passes(Duration.ofHours(1));
            assertThat(run.retail.cases.all()).noneMatch(one -> one.code() == FailureCode.RECALL_REFUSED);

            awaitRefusedRecall(run.passes(Duration.ofHours(5)));
        }
    }

    @Test
    void whoEndsAnOrderByACaseIsAskedAgainWhereThatCanNotBeHad() {
        try (OrderRun run = rerouting()) {
            run.retail.vendor.refuses("announce", FailureCode.ERP_REJECTED, "no such customer");
            run.start()
                    .awaitStatus(1, FulfillmentStatus.RELEASED)
                    .reports(1, FulfillmentStatus.ACKNOWLEDGED)
                    .awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.retail.facilitySystem.keeps(run.work(1));
            run.decides(Action.CANCEL)
                    .await("the answer", () -> view(run).cancelDeclinedAt().isPresent());

            run.decides(Action.RETRY).awaitEffect("announce").reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(2);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatItIsSlowWithAndDoesNotGiveBackStaysWithIt() {
        try (OrderRun run = rerouting()) {
            accepted(run);
            run.retail.facilitySystem.keeps(run.work(1));
            run.passes(Duration.ofHours(49)).awaitReroute(1, RerouteStatus.KEPT);
            assertThat(run.retail.cases.open()).isEmpty();
            assertThat(work(run).deadline().orElseThrow()).isAfter(run.now());
            run.passes(Duration.ofHours(49))
                    .await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_SILENT);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    private static OrderRun rerouting() {
        return OrderRun.under(SamplePolicies.REROUTING, SampleOrders.authorisedOnly());
    }

    private static void accepted(OrderRun run) {
        run.start()
                .awaitStatus(1, FulfillmentStatus.RELEASED)
                .awaitEffect("announce")
                .reports(1, FulfillmentStatus.ACKNOWLEDGED)
                .awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
        assertThat(work(run).facility()).isEqualTo(SampleFacilities.WH_EAST);
    }

    private static OrderRun isCalledOff(OrderRun run) {
        run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
        run.wake("order");
        return run;
    }

    private static void awaitRefusedRecall(OrderRun run) {
        run.await(
                "the case",
                () -> run.retail.cases.open().stream().anyMatch(open -> open.code() == FailureCode.RECALL_REFUSED));
    }

    private static void rejects(OrderRun run, FacilityAnswer answer) {
        run.retail.facilitySystem.report(
                run.work(1),
                new WorkProgress(Optional.of(FulfillmentStatus.REJECTED), Optional.empty(), Optional.of("no"))
                        .answering(answer));
        run.retail.work.hintAll(run.order.id());
        run.wake(run.work(1).value());
    }

    private static FulfillmentOrder work(OrderRun run) {
        return run.retail.work.get(run.work(1));
    }

    private static OrderView view(OrderRun run) {
        return run.retail.orders.view(run.order.id()).orElseThrow();
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.reroutes.ofOrder(run.order.id())).allMatch(Reroute::ended);
    }
}
