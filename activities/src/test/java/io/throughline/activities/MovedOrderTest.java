package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertCompletedByItself;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.ChannelItem;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An order whose work items people move, split and merge at its channel while stores have the work. */
class MovedOrderTest {
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final FacilityId DOWNTOWN = SampleFacilities.ST_DOWNTOWN;

    @Test
    void workThatSomebodyMovesGoesToTheStoreWhereItLiesNow() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(run, all(run, "FO-1", at(DOWNTOWN)));
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(RerouteCause.MOVED);
            FulfillmentOrder second = run.retail.work.get(run.work(2));
            assertThat(second.facility()).isEqualTo(DOWNTOWN);
            assertThat(second.lines())
                    .isEqualTo(run.retail.work.get(run.work(1)).lines());

            // Our own doing comes back, and the move is read once more.
            reads(run);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertCompletedByItself(run);
        }
    }

    /** To the facility that has lost it first: it has not failed anybody. */
    @Test
    void whatIsMovedBackGoesBack() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(run, all(run, "FO-1", at(DOWNTOWN)));
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            moves(run, all(run, "FO-1", at(HARBOR)));
            run.awaitReroute(2, RerouteStatus.REROUTED).awaitStatus(3, FulfillmentStatus.RELEASED);

            assertThat(run.retail.work.get(run.work(3)).facility()).isEqualTo(HARBOR);
            run.reports(3, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatIsPackedStaysAndAPersonIsTold() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            moves(run, all(run, "FO-1", at(DOWNTOWN)));

            assertStays(run, "it is packed at ST-HARBOR");
        }
    }

    /** Between the look and the taking away it was packed. */
    @Test
    void whoPacksItMeanwhileKeepsItAndIsNotAskedAgain() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            run.retail.vendor.goesDown("recall");
            moves(run, all(run, "FO-1", at(DOWNTOWN)));
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.KEPT);
            reads(run);

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertStays(run, "was quicker");
        }
    }

    @Test
    void whereNobodyOfOursIsOrNobodyCanDoItItStays() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(run, all(run, "FO-1", "1"));
            assertStays(run, "no facility of ours is there");
        }
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            run.retail.pauses.pause(new Pause(DOWNTOWN, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
            moves(run, all(run, "FO-1", at(DOWNTOWN)));
            assertStays(run, "that can't do it now");
        }
    }

    @Test
    void whatItsCustomerCollectsIsHadAtTheStoreWhereItLiesNow() {
        try (OrderRun run = toCollect()) {
            moves(run, all(run, "FO-1", at(HARBOR)));
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            FulfillmentOrder second = run.retail.work.get(run.work(2));
            assertThat(second.facility()).isEqualTo(HARBOR);
            assertThat(second.method()).isEqualTo(DeliveryMethod.PICKUP);
            assertThat(unitsAt(run, DOWNTOWN)).isZero();
            assertThat(unitsAt(run, HARBOR)).isEqualTo(3);
            reads(run);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);

            collects(run, 2);
            assertCompletedByItself(run);
        }
    }

    @Test
    void whatLiesReadyForItsCustomerStaysWhereThatWasToldToCome() {
        try (OrderRun run = toCollect()) {
            run.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitStatus(1, FulfillmentStatus.READY_FOR_PICKUP);
            moves(run, all(run, "FO-1", at(HARBOR)));

            assertIsTold(run, "it lies ready at ST-DOWNTOWN, and its customer was told so");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
            run.reports(1, FulfillmentStatus.PICKED_UP);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatAStoreHasNotIsNotTakenFromTheStoreWhichHasIt() {
        try (OrderRun run = toCollect()) {
            run.retail.inventory.stock(HARBOR, SampleOrders.MUG, 0);
            moves(run, all(run, "FO-1", at(HARBOR)));

            assertIsTold(run, "that can't do it now");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            collects(run, 1);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Between the look and the giving out somebody else has bought it there. */
    @Test
    void whatCantBeHadThereAnyMoreIsCollectedWhereItWasPromised() {
        try (OrderRun run = toCollect()) {
            run.retail.vendor.goesDown("recall");
            moves(run, all(run, "FO-1", at(HARBOR)));
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.retail.inventory.stock(HARBOR, SampleOrders.MUG, 0);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(run.retail.work.get(run.work(2)).facility()).isEqualTo(DOWNTOWN);
            assertIsTold(run, "goes on as if it had not been moved");
            collects(run, 2);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** The news comes twice, and each process has another run. */
    @Test
    void ofAPickupThatIsMovedInPartEachStoreHandsItsOwnPartOver() {
        try (OrderRun run = toCollect()) {
            run.retail.vendor.goesDown("recall");
            moves(
                    run,
                    new ChannelItem("FO-1", Optional.of(at(DOWNTOWN)), Map.of("L1", 2)),
                    new ChannelItem("FO-2", Optional.of(at(HARBOR)), Map.of("L1", 1)));
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.startAgainWith(
                    run.retail.reroutes.latest(run.work(1)).orElseThrow().id());
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED)
                    .awaitStatus(2, FulfillmentStatus.RELEASED)
                    .awaitStatus(3, FulfillmentStatus.RELEASED);
            reads(run);

            assertThat(given(run)).containsExactly("ST-DOWNTOWN 2", "ST-HARBOR 1");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertThat(unitsAt(run, DOWNTOWN)).isEqualTo(2);
            assertThat(unitsAt(run, HARBOR)).isEqualTo(1);
            collects(run, 3);
            assertThat(run.running()).isTrue();
            collects(run, 2);
            assertCompletedByItself(run);
        }
    }

    @Test
    void aPartThatIsMovedIsDoneThereAndTheRestWhereItWas() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(
                    run,
                    new ChannelItem("FO-1", Optional.of(at(HARBOR)), Map.of("L1", 1, "L2", 1)),
                    new ChannelItem("FO-2", Optional.of(at(DOWNTOWN)), Map.of("L1", 1)));
            run.awaitReroute(1, RerouteStatus.REROUTED)
                    .awaitStatus(2, FulfillmentStatus.RELEASED)
                    .awaitStatus(3, FulfillmentStatus.RELEASED);

            assertThat(given(run)).containsExactly("ST-HARBOR 2", "ST-DOWNTOWN 1");
            reads(run);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            run.reports(2, FulfillmentStatus.SHIPPED).reports(3, FulfillmentStatus.SHIPPED);
            assertCompletedByItself(run);
        }
    }

    @Test
    void aPartThatLiesWhereNobodyOfOursIsLeavesItWhole() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(
                    run,
                    new ChannelItem("FO-1", Optional.of(at(HARBOR)), Map.of("L1", 1, "L2", 1)),
                    new ChannelItem("FO-2", Optional.of("1"), Map.of("L1", 1)));
            assertStays(run, "a part of it lies elsewhere");
        }
    }

    /** Between the look and the taking away it was packed. */
    @Test
    void whoPacksItMeanwhileKeepsAlsoThePartThatWasMoved() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            run.retail.vendor.goesDown("recall");
            moves(
                    run,
                    new ChannelItem("FO-1", Optional.of(at(HARBOR)), Map.of("L1", 1, "L2", 1)),
                    new ChannelItem("FO-2", Optional.of(at(DOWNTOWN)), Map.of("L1", 1)));
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.KEPT);
            reads(run);

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertStays(run, "was quicker");
        }
    }

    @Test
    void whatIsSplitOrMergedWhereItLiesGoesOnUnderTheItemOfNow() {
        try (OrderRun run = atHarbor(SamplePolicies.FOLLOWING)) {
            moves(
                    run,
                    new ChannelItem("FO-8", Optional.of(at(HARBOR)), Map.of("L1", 1)),
                    new ChannelItem("FO-9", Optional.of(at(HARBOR)), Map.of("L1", 1, "L2", 1)));
            assertThat(run.retail.work.get(run.work(1)).channelWork()).contains("FO-8");

            moves(run, all(run, "FO-10", at(HARBOR)));
            assertThat(run.retail.work.get(run.work(1)).channelWork()).contains("FO-10");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            ship(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void byAVersionThatSaysNothingOfItItIsDoneWhereItWasGiven() {
        try (OrderRun run = atHarbor(SamplePolicies.STANDARD)) {
            moves(run, all(run, "FO-1", at(DOWNTOWN)));
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            ship(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static OrderRun atHarbor(OrderPolicy policy) {
        OrderRun run = OrderRun.under(
                policy,
                SampleOrders.twoLines("6500000000401")
                        .destination("US", 42.4, -71.1)
                        .paid()
                        .build());
        run.retail.pauses.pause(
                new Pause(SampleFacilities.WH_EAST, OpenWork.REROUTE, Optional.empty(), "ada"), "only stores");
        run.retail.pauses.pause(
                new Pause(SampleFacilities.WH_WEST, OpenWork.REROUTE, Optional.empty(), "ada"), "only stores");
        run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
        assertThat(run.retail.work.get(run.work(1)).facility()).isEqualTo(HARBOR);
        run.retail.shop.laysOut(all(run, "FO-1", at(HARBOR)));
        reads(run);
        assertThat(run.retail.reroutes.ofOrder(run.order.id()))
                .as("what we have moved ourselves")
                .isEmpty();
        return run;
    }

    /** Three mugs that are to be collected downtown. */
    private static OrderRun toCollect() {
        OrderRun run = OrderRun.under(
                SamplePolicies.FOLLOWING,
                new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000402"), "USD")
                        .line(SampleOrders.MUG, 3, "54.00")
                        .deliver(DeliveryMethod.PICKUP, Optional.of(DOWNTOWN), Optional.of("FO-1"))
                        .paid()
                        .build());
        return run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static void collects(OrderRun run, int ordinal) {
        run.reports(ordinal, FulfillmentStatus.READY_FOR_PICKUP)
                .awaitStatus(ordinal, FulfillmentStatus.READY_FOR_PICKUP);
        run.await(
                "its customer is told",
                () -> run.retail.vendor.effects().stream()
                        .anyMatch(effect -> effect.startsWith("tell ")
                                && effect.contains(run.work(ordinal).value())));
        run.reports(ordinal, FulfillmentStatus.PICKED_UP).awaitStatus(ordinal, FulfillmentStatus.PICKED_UP);
    }

    private static int unitsAt(OrderRun run, FacilityId facility) {
        return run.retail.work.ofOrder(run.order.id()).stream()
                .filter(one -> !one.status().terminal() && one.facility().equals(facility))
                .flatMap(one -> one.lines().stream())
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** Who has how many units. */
    private static List<String> given(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id()).stream()
                .filter(one -> !one.status().terminal())
                .map(one -> one.facility() + " "
                        + one.lines().stream().mapToInt(LineQuantity::quantity).sum())
                .toList();
    }

    private static String at(FacilityId facility) {
        return new SampleFacilities().get(facility).locations().get(SampleAccounts.SHOP);
    }

    private static ChannelItem all(OrderRun run, String item, String location) {
        return new ChannelItem(
                item,
                Optional.of(location),
                run.retail.work.get(run.work(1)).lines().stream()
                        .collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity)));
    }

    private static void moves(OrderRun run, ChannelItem... items) {
        run.retail.shop.laysOut(items);
        reads(run);
    }

    /** Twice, for webhooks come twice. */
    private static void reads(OrderRun run) {
        Stream.of(1, 2).forEach(time -> run.wake("channel").passes(Duration.ofSeconds(5)));
    }

    private static void assertIsTold(OrderRun run, String why) {
        run.await("a case", () -> !run.retail.cases.open().isEmpty());
        assertThat(run.retail.cases.all()).singleElement().satisfies(told -> {
            assertThat(told.code()).isEqualTo(FailureCode.WORK_MOVED);
            assertThat(told.detail()).contains(why);
        });
    }

    private static void assertStays(OrderRun run, String why) {
        assertIsTold(run, why);
        assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        run.reports(1, FulfillmentStatus.SHIPPED);
        assertThat(run.result()).isEqualTo("COMPLETED");
        assertNothingIsLeft(run);
    }
}
