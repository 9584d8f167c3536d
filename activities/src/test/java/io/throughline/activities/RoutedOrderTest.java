package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.Criterion;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.SampleRoutingPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, of orders that are routed by a policy of the test's: whom it chooses, and what else it may want. */
class RoutedOrderTest {
    private static final Set<FacilityId> EAST = Set.of(SampleFacilities.WH_EAST);
    private static final Duration SOON = Duration.ofMinutes(15);
    private static final Instant SOMEDAY = Instant.parse("2031-03-01T08:00:00Z");

    @Test
    void theDetailsTellHowAnOrderWasRouted() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.await("the story", () -> run.waitingFor().contains("by fewest-then-nearest of routing-1"));

            assertThat(run.waitingFor()).contains("**Routed:** WH-EAST (", "WH-EAST CHOSEN: ", "ST-HARBOR ");

            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void anOrderForWhichNobodyHasRoomWaitsAndIsTriedAgain() {
        try (OrderRun run = onlyEast(new AfterAction(AfterAction.Kind.WAIT, Optional.of(SOON), Optional.empty()))) {
            run.retail.inventory.busy(SampleFacilities.WH_EAST, new FacilityWork(4, 4));
            run.start().await("the wait", () -> run.waitingFor().contains("Waits for a facility"));

            assertThat(run.waitingFor())
                    .contains("no facility can do this delivery by only-east of routing-2", "tried again at");
            assertThat(run.retail.cases.all()).isEmpty();
            run.passes(Duration.ofHours(2));
            assertThat(work(run)).isEmpty();

            run.retail.inventory.busy(SampleFacilities.WH_EAST, FacilityWork.none());
            run.passes(SOON.plusMinutes(1)).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(work(run)).extracting(FulfillmentOrder::facility).containsExactly(SampleFacilities.WH_EAST);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aRunThatIsStartedAgainWaitsOn() {
        try (OrderRun run = onlyEast(new AfterAction(AfterAction.Kind.WAIT, Optional.of(SOON), Optional.empty()))) {
            run.retail.inventory.busy(SampleFacilities.WH_EAST, new FacilityWork(4, 4));
            run.start().await("the wait", () -> run.waitingFor().contains("Waits for a facility"));
            run.startAgain().await("the wait", () -> run.waitingFor().contains("Waits for a facility"));
            run.retail.inventory.busy(SampleFacilities.WH_EAST, FacilityWork.none());
            run.wake("order").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whatHasWaitedForAsLongAsItsRuleAllowsIsCancelled() {
        try (OrderRun run = onlyEast(
                new AfterAction(AfterAction.Kind.CANCEL, Optional.of(SOON), Optional.of(Duration.ofDays(2))))) {
            run.retail.inventory.busy(SampleFacilities.WH_EAST, new FacilityWork(4, 4));
            run.start().await("the wait", () -> run.waitingFor().contains("cancelled if that has not come by"));
            run.passes(Duration.ofDays(1));
            assertThat(run.running()).isTrue();
            run.passes(Duration.ofDays(2));

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aRuleThatFindsNobodyMayAskAPerson() {
        try (OrderRun run = onlyEast(AfterAction.of(AfterAction.Kind.CASE))) {
            run.retail.inventory.busy(SampleFacilities.WH_EAST, new FacilityWork(4, 4));
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.NO_FACILITY);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().routing())
                    .hasValueSatisfying(decision -> assertThat(decision.considered())
                            .contains("only-east, WH-EAST FULL: 4 of 4 within the hour"));

            run.retail.inventory.busy(SampleFacilities.WH_EAST, FacilityWork.none());
            run.decides(Action.RETRY).reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    /** Its order may have changed, or a facility may serve it by now: whoever wakes it need not know. */
    @Test
    void newsOfAnOrderWithoutAFacilityHaveItRoutedAgain() {
        try (OrderRun run = onlyEast(AfterAction.of(AfterAction.Kind.CASE))) {
            run.retail.inventory.busy(SampleFacilities.WH_EAST, new FacilityWork(4, 4));
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            CaseId asked = run.retail.cases.open().getFirst().id();

            run.retail.inventory.busy(SampleFacilities.WH_EAST, FacilityWork.none());
            run.wake("order").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.outcome(asked))
                    .contains("its cause has gone: there is a facility for it, or it may wait for one");
        }
    }

    /** There is stock elsewhere, but the rule wants the east to do it. */
    @Test
    void whatTheRulesFacilitiesDoNotHaveIsWaitedFor() {
        try (OrderRun run = onlyEast(AfterAction.of(AfterAction.Kind.BACKORDER), SamplePolicies.WAITING)) {
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 0);
            run.retail.inventory.expect(SOMEDAY, SampleOrders.TEE, SampleOrders.CAP);
            run.start().await("the wait", () -> run.waitingFor().contains("for supply that is expected at"));
            assertThat(run.retail.cases.all()).isEmpty();

            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 5);
            run.wake("order stock").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(work(run)).extracting(FulfillmentOrder::facility).containsExactly(SampleFacilities.WH_EAST);
        }
    }

    /** Caps lie in Harbor, which is not to ship them; nothing of them is reserved there, only to find nobody afterwards. */
    @Test
    void whatIsSwitchedOffWhereItLiesIsWaitedForWhereItIsNot() {
        try (OrderRun run = OrderRun.under(SamplePolicies.WAITING, SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.retail.offersBy(withoutCapsOf(Set.of(SampleFacilities.ST_HARBOR)));
            SampleFacilities.ALL_IDS.stream()
                    .filter(facility -> !facility.equals(SampleFacilities.ST_HARBOR))
                    .forEach(facility -> run.retail.inventory.stock(facility, SampleOrders.CAP, 0));
            run.retail.inventory.expect(SOMEDAY, SampleOrders.TEE, SampleOrders.CAP);
            run.start()
                    .await(
                            "the wait",
                            () -> run.waitingFor().contains("1 × NW-CAP-NVY for supply that is expected at"));
            assertThat(run.retail.cases.all()).isEmpty();

            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 5);
            run.wake("order stock").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(work(run)).extracting(FulfillmentOrder::facility).containsExactly(SampleFacilities.WH_WEST);
        }
    }

    @Test
    void whatNobodyMayShipIsToldAtOnceAndNothingIsReservedForIt() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.retail.offersBy(withoutCapsOf(Set.copyOf(SampleFacilities.ALL_IDS)));
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);

            Case nobody = run.retail.cases.open().getFirst();
            assertThat(nobody.code()).isEqualTo(FailureCode.NO_FACILITY);
            assertThat(nobody.detail()).contains("no facility may do NW-CAP-NVY for northwind", "stock-2");
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();

            run.retail.offersBy(withoutCapsOf(EAST));
            run.decides(Action.RETRY).reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(work(run)).extracting(FulfillmentOrder::facility).doesNotContain(SampleFacilities.WH_EAST);
        }
    }

    /** A shop sells what may be collected or sent, and can't tell which; what it has sold for collection is promised. */
    @Test
    void whatWasPromisedForCollectionIsCollectedThoughItIsSwitchedOff() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            run.retail.offersBy(SampleStockPolicies.leaving(
                    "stock-2",
                    Map.of(),
                    List.of(),
                    List.of(new SwitchRule("off", new Scope(Set.copyOf(SampleFacilities.ALL_IDS), Set.of()), false))));
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);

            assertThat(work(run)).extracting(FulfillmentOrder::facility).containsExactly(SampleFacilities.ST_DOWNTOWN);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static StockPolicy withoutCapsOf(Set<FacilityId> places) {
        return SampleStockPolicies.leaving(
                "stock-2",
                Map.of(),
                List.of(new SwitchRule("no-caps", new Scope(places, Set.of(SampleOrders.CAP)), false)),
                List.of());
    }

    @Test
    void anOrderThatMayNotWaitIsNotBackordered() {
        try (OrderRun run = onlyEast(AfterAction.of(AfterAction.Kind.BACKORDER))) {
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 0);
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open().getFirst().detail()).endsWith("; it may not wait");
        }
    }

    @Test
    void whoSaidNoIsToldSo() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().routing())
                    .hasValueSatisfying(decision -> assertThat(decision.considered())
                            .contains("fewest-then-nearest, WH-EAST SAID_NO: it gave this work back"));
        }
    }

    private static OrderRun onlyEast(AfterAction otherwise) {
        return onlyEast(otherwise, SamplePolicies.STANDARD);
    }

    private static OrderRun onlyEast(AfterAction otherwise, OrderPolicy policy) {
        RoutingRule rule = new RoutingRule(
                "only-east",
                Concerns.everything(),
                new Candidates(EAST, false, Optional.empty(), 0, Optional.empty(), Optional.empty(), false),
                List.of(Criterion.SPLITS, Criterion.DISTANCE),
                Optional.empty(),
                otherwise);
        RoutingPolicy routing = SampleRoutingPolicies.limited("routing-2", 4, EAST, rule);
        return OrderRun.under(policy, routing, SampleOrders.twoLinesWithTaxAndDiscount());
    }

    private static List<FulfillmentOrder> work(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id());
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
    }
}
