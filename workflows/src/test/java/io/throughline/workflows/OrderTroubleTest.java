package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.workflows.OrderLifeTest.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.Story;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Orders that stop on the way, and how they go on. */
class OrderTroubleTest {
    @Test
    void anOrderThatIsStoppedInAllocationIsShownAsApprovedWithoutAWriteOfItsOwn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.allocate", FailureCode.STOCK_MISSING);
            order.start().openCase();
            order.await("the case", () -> order.searchAttributes().containsKey(Story.CASE_OPEN));

            assertThat(order.searchAttributes().get(Story.ORDER_STATUS)).isEqualTo("APPROVED");
            assertThat(order.writesOfAttributes()).isEqualTo(1);

            order.decides(Action.RETRY).awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().get(Story.ORDER_STATUS)).isEqualTo("COMPLETED");
            // That the case is open, that it is not, that the work is given out, and the end.
            assertThat(order.writesOfAttributes()).isEqualTo(4);
        }
    }

    @Test
    void aSilentFacilityIsWaitedForAgain() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").passes(Duration.ofHours(5));
            Case silent = order.openCase();
            assertThat(silent.code()).isEqualTo(FailureCode.FACILITY_SILENT);
            assertStalledAt(order, "facility.review", silent);

            order.decides(Action.RETRY)
                    .await("going on", () -> !order.searchAttributes().get(Story.CASE_OPEN));
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().containsKey(Story.STALLED_STEP)).isFalse();
            assertEnded(order);
        }
    }

    @Test
    void aSilentFacilityThatShipsAfterAllNeedsNobodysDecision() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST);
            order.start().awaitEffect("release F1").passes(Duration.ofHours(5));
            assertThat(order.openCase().code()).isEqualTo(FailureCode.FACILITY_SILENT);
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void aPaymentThatIsOnItsWayIsWaitedForWithoutACase() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.shippedThenPaid(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.cases.all()).isEmpty();
            assertThat(order.waitingFor()).doesNotContain("Waits for its payment");
            assertEnded(order);
        }
    }

    @Test
    void newsThatComeBetweenTheLookAtThePaymentAndTheWaitForItAreNotLost() {
        try (OrderScenario order = OrderScenario.slow(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts
                    .waitsForPayment(order.facts.clock.instant().plus(Duration.ofDays(7)))
                    .meanwhile("erp.settle", () -> {
                        order.facts.paymentComes();
                        order.wake("channel");
                    });
            Paths.shippedFromWarehouse(order);
            Instant began = order.facts.clock.instant();

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.closedAt()).isBefore(began.plus(Duration.ofDays(1)));
        }
    }

    @Test
    void aPaymentThatDoesNotComeInTimeIsACase() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.waitsForPayment(order.facts.clock.instant().plus(Duration.ofDays(7)));
            Paths.shippedFromWarehouse(order);
            order.await("the wait", () -> order.waitingFor().contains("Waits for its payment"));
            order.passes(Duration.ofDays(7).plusMinutes(1));

            assertThat(order.openCase().code()).isEqualTo(FailureCode.PAYMENT_MISSING);
            assertStalledAt(order, "erp.settle", order.openCase());
            order.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void aSilentFacilityLosesTheWork() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.silentThenRerouted(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence("release F1", "recall F1", "release F2", "invoice F2", "settle")
                    .doesNotContain("invoice F1");
            assertEnded(order);
        }
    }

    @Test
    void aRejectedPieceOfWorkGoesToTheNextFacility() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.rejectedThenRerouted(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotContain("recall F1", "invoice F1");
            assertThat(order.facts.cases.all()).extracting(Case::code).containsExactly(FailureCode.FACILITY_REJECTED);
            assertEnded(order);
        }
    }

    @Test
    void whereNoFacilityIsLeftAPersonFindsOne() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE);
            order.await(
                    "nobody left",
                    () -> order.facts.cases.open().stream().anyMatch(one -> one.code() == FailureCode.NO_FACILITY));
            order.facts.routes(1, WH_WEST);
            order.decides(Action.RETRY).awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void aFacilityThatRefusesTheReleaseIsLeftOut() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR, WH_EAST).refuses("facility.release", FailureCode.FACILITY_REFUSED);
            order.start().decides(Action.REROUTE).awaitEffect("release F2");
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).doesNotContain("release F1");
            assertEnded(order);
        }
    }

    @Test
    void aHeldOrderWaitsForItsRelease() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
            order.start();
            assertStalledAt(order, "order.screen", order.openCase());
            assertThat(order.facts.effects()).isEmpty();
            assertThat(order.searchAttributes().containsKey(Story.REJECTED_BY))
                    .as("a hold is nobody's refusal")
                    .isFalse();
            order.decides(Action.RELEASE_HOLD).awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void anOrderWaitsForItsStock() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.stockMissingThenRestocked(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsSubsequence("release F1", "invoice F1", "settle");
            assertEnded(order);
        }
    }

    @Test
    void moneyThatIsNotToBeHadIsBorneAndTheRestGoesOn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.authorisedOnly())) {
            Paths.captureDeclinedThenBorne(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .containsSubsequence("consume F1", "tell SHIPPED F1", "invoice F1", "settle")
                    .doesNotContain("capture");
            assertEnded(order);
        }
    }

    @Test
    void aMessageThatIsRefusedHoldsUpTheInvoiceUntilItIsDecided() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.messageRefusedThenBorne(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("invoice F1", "settle").doesNotContain("tell SHIPPED F1");
            assertEnded(order);
        }
    }

    @Test
    void anOrderRefusedByTheErpGoesOnWhenItWasMended() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.refusedByErpThenMended(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsOnlyOnce("invoice F1").endsWith("settle");
            assertEnded(order);
        }
    }

    @Test
    void theErpsRefusalOfTheDemandDoesNotHoldUpTheGoods() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("erp.announce", FailureCode.ERP_REJECTED);
            order.start().awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED).awaitEffect("tell SHIPPED F1");
            assertThat(order.facts.effects()).doesNotContain("announce", "invoice F1");
            order.decides(Action.RETRY);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).containsSubsequence("announce", "invoice F1", "settle");
        }
    }

    @Test
    void aDifferenceInTheBooksMayBeBorne() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("erp.settle", FailureCode.ERP_BOOKS_DIFFER);
            Paths.shippedFromWarehouse(order);
            order.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void aStepIsRefusedAgainAndAgainUntilItIsThrough() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts
                    .refuses("order.allocate", FailureCode.STOCK_MISSING)
                    .refuses("order.allocate", FailureCode.NO_FACILITY)
                    .routes(1, WH_EAST);
            order.start();
            Case first = order.openCase();
            order.decides(Action.RETRY)
                    .await("the second case", () -> order.facts.cases.all().size() == 2);
            assertThat(order.openCase().id()).isNotEqualTo(first.id());
            order.decides(Action.RETRY).awaitEffect("release F1");
            order.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aDecisionIsTakenInEvenWhenItsWakeUpWasLost() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
            order.start();
            order.facts.cases.decide(order.openCase().id(), Action.RELEASE_HOLD);
            order.wake("everything").awaitEffect("release F1");
        }
    }

    @Test
    void anOutageCostsTheSameFewEventsHoweverOftenAStepFails() {
        try (OrderScenario quick = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount());
                OrderScenario slow = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount())) {
            quick.facts.fails("erp.announce", 1);
            slow.facts.fails("erp.announce", 60);
            for (OrderScenario order : new OrderScenario[] {quick, slow}) {
                order.facts.routes(1, WH_EAST);
                order.start().awaitEffect("release F1").passes(Duration.ofHours(2));
                order.awaitEffect("announce").reports(1, FulfillmentStatus.SHIPPED);
                assertThat(order.result()).isEqualTo("COMPLETED");
            }
            assertThat(slow.history().getEvents())
                    .hasSizeLessThan(quick.history().getEvents().size() + 10);
        }
    }

    @Test
    void aStepThatStallsIsShownUntilItIsThrough() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).fails("erp.announce", 60);
            order.start().awaitEffect("release F1");
            order.signal("stalled", "erp.announce", "order", FailureCode.SYSTEM_UNREACHABLE, "C-1001");
            order.await("shown", () -> order.waitingFor().contains("SYSTEM_UNREACHABLE"));
            assertThat(order.searchAttributes().get(Story.STALLED_STEP)).isEqualTo("erp.announce");
            assertThat(order.searchAttributes().containsKey(Story.REJECTED_BY))
                    .as("nobody has refused anything")
                    .isFalse();
            order.passes(Duration.ofHours(2)).awaitEffect("announce");

            order.await("gone", () -> !order.waitingFor().contains("SYSTEM_UNREACHABLE"));
            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isFalse();
            assertThat(order.searchAttributes().containsKey(Story.STALLED_STEP)).isFalse();
        }
    }

    @Test
    void aFacilityThatCanNotBeReadIsShownUntilItIsReadAgain() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).fails("facility.observe", 60);
            order.start().awaitEffect("release F1");
            order.signal(
                    "stalled", "facility.observe", order.work(1).value(), FailureCode.SYSTEM_UNREACHABLE, "C-1001");
            order.await("shown", () -> order.waitingFor().contains("SYSTEM_UNREACHABLE"));
            order.passes(Duration.ofHours(2)).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.waitingFor()).doesNotContain("SYSTEM_UNREACHABLE");
            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isFalse();
        }
    }

    @Test
    void whoHasRefusedIsShownWithTheStallAndWhereTheBooksStand() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("erp.invoice", FailureCode.ERP_REJECTED);
            order.start().awaitEffect("release F1").reports(1, FulfillmentStatus.SHIPPED);
            assertStalledAt(order, "erp.invoice", order.openCase());

            assertThat(order.searchAttributes().get(Story.REJECTED_BY)).isEqualTo(TestingFacts.REFUSING.value());
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("BLOCKED");
            order.decides(Action.RETRY);
            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.searchAttributes().containsKey(Story.REJECTED_BY)).isFalse();
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("CONFIRMED");
        }
    }

    @Test
    void theBooksAreShownAsBlockedAlsoBesideAnotherCaseAndOnlyAsLongAsTheyAre() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoBags())) {
            order.facts
                    .routes(2, ST_HARBOR, WH_WEST)
                    .refuses("facility.release", FailureCode.FACILITY_REFUSED)
                    .refuses("erp.announce", FailureCode.ERP_REJECTED);
            order.start().await("two cases", () -> order.facts.cases.open().size() == 2);
            order.await(
                    "both shown",
                    () -> order.waitingFor().contains("C-1001")
                            && order.waitingFor().contains("C-1002"));
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("BLOCKED");
            Case books = order.facts.cases.open().stream()
                    .filter(open -> open.code() == FailureCode.ERP_REJECTED)
                    .findFirst()
                    .orElseThrow();
            order.facts.cases.decide(books.id(), Action.RETRY);
            order.wake(books.id().value())
                    .await(
                            "the books go on",
                            () -> !order.waitingFor().contains(books.id().value()));

            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isTrue();
            assertThat(order.searchAttributes().get(Story.FINANCIAL_POSTING)).isEqualTo("PENDING");
        }
    }

    @Test
    void twoCasesAreShownTogetherAndOneByOneTakenAway() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoBags())) {
            order.facts
                    .routes(2, ST_HARBOR, WH_WEST)
                    .refuses("facility.release", FailureCode.FACILITY_REFUSED)
                    .refuses("facility.release", FailureCode.FACILITY_REFUSED);
            order.start().await("two cases", () -> order.facts.cases.open().size() == 2);
            order.await(
                    "both shown",
                    () -> order.waitingFor().contains("C-1001")
                            && order.waitingFor().contains("C-1002"));
            Case first = order.facts.cases.open().getFirst();
            order.facts.cases.decide(first.id(), Action.RETRY);
            order.wake(first.id().value())
                    .await("one shown", () -> !order.waitingFor().contains("C-1001"));

            assertThat(order.waitingFor()).contains("C-1002");
            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isTrue();
            order.decides(Action.RETRY)
                    .await("none shown", () -> !order.waitingFor().contains("C-1002"));
            assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isFalse();
        }
    }

    private static void assertStalledAt(OrderScenario order, String step, Case open) {
        order.await("shown", () -> order.waitingFor().contains(open.id().value()));
        assertThat(order.waitingFor())
                .contains(step, open.code().name(), open.code().runbook());
        assertThat(order.searchAttributes().get(Story.STALLED_STEP)).isEqualTo(step);
        assertThat(order.searchAttributes().get(Story.STALLED_SINCE)).isNotNull();
        assertThat(order.searchAttributes().get(Story.CASE_OPEN)).isTrue();
    }
}
