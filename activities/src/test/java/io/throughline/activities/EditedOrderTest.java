package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertCompletedByItself;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An order that is edited at its channel once its work is given out. */
class EditedOrderTest {
    private int edits;

    @Test
    void whatIsAddedGoesOutBesideWhatWasGivenOut() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            becomes(run, 3, 2);
            run.awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(quantities(run, 1)).containsExactly(2, 1);
            assertThat(quantities(run, 2)).containsExactly(1, 1);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            shipsAll(run);
            assertCompletedByItself(run);
        }
    }

    /** The same news comes twice, as webhooks do. */
    @Test
    void whatIsTakenOffComesBackAndTheRestGoesOnWhereItWas() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 3, 1)) {
            becomes(run, 1, 1);
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            reads(run);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(RerouteCause.EDITED);
            assertThat(quantities(run, 2)).containsExactly(1, 1);
            assertThat(run.retail.work.get(run.work(2)).facility())
                    .isEqualTo(run.retail.work.get(run.work(1)).facility());
            assertThat(run.retail.work.get(run.work(1)).reason()).contains(FulfillmentOrder.EDITED);
            assertThat(run.retail.inventory.reservedFor(run.order.id()))
                    .as("what is wanted, and nothing more")
                    .isEqualTo(2);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            shipsAll(run);
            assertCompletedByItself(run);
        }
    }

    @Test
    void aLineThatIsTakenOffWholeIsFreeForOthersWhileTheRestGoesOn() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            becomes(run, 2, 0);
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(quantities(run, 2)).containsExactly(2);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isEqualTo(2);
            shipsAll(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void oneLineLessAndAnotherMoreAreBothSeenTo() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            becomes(run, 1, 3);
            run.awaitReroute(1, RerouteStatus.REROUTED);
            run.await("all that is wanted is released", () -> given(run, "L1") == 1 && given(run, "L2") == 3);

            shipsAll(run);
            assertCompletedByItself(run);
        }
    }

    /** As an edit of a client's order does, which asks work back in its own transaction, before its process has read it. */
    @Test
    void whatWasAskedBackBeforeItsEditIsReadIsLessInTheEnd() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 3, 1)) {
            run.retail.vendor.goesDown("recall");
            run.retail.reroutes.open(run.work(1), RerouteCause.EDITED);
            becomes(run, 1, 1);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(quantities(run, 2)).containsExactly(1, 1);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            shipsAll(run);
            assertCompletedByItself(run);
        }
    }

    /** Even where its work was given out again before. */
    @Test
    void aRecallThatIsQuickerThanTheReadingOfItsEditIsFollowedByAnother() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 3, 1)) {
            run.retail.reroutes.open(run.work(1), RerouteCause.EDITED);
            run.wake("channel");
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            becomes(run, 1, 1);
            run.awaitReroute(2, RerouteStatus.REROUTED).awaitStatus(3, FulfillmentStatus.RELEASED);

            assertThat(quantities(run, 3)).containsExactly(1, 1);
            shipsAll(run);
            assertCompletedByItself(run);
        }
    }

    @Test
    void onlyOfWhatIsPackedAPersonIsAsked() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            becomes(run, 1, 2);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            Case open = run.retail.cases.open().getFirst();
            assertThat(open.code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
            assertThat(open.detail())
                    .contains("NW-TEE-BLK-M 1 wanted, 2 given out")
                    .doesNotContain("NW-CAP");
            run.decides(Action.ACCEPT_DIFFERENCE);
            run.await("what was added goes out all the same", () -> given(run, "L2") == 2);
            // What was added leaves before what is packed, and no version has both.
            run.reports(2, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            shipsAll(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    /** Between the edit and the taking away it is packed. */
    @Test
    void whoPacksItMeanwhileKeepsItAndAPersonIsAsked() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            run.retail.vendor.goesDown("recall");
            becomes(run, 1, 1);
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.KEPT);
            run.await(
                    "a case",
                    () -> run.retail.cases.open().stream()
                            .anyMatch(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT));

            run.decides(Action.ACCEPT_DIFFERENCE);
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    /** Its facility rejects it, nobody else has it, and while it waits for supply units are taken off, and another line is added to. */
    @Test
    void anEditThatIsReadWhileARerouteIsUnderWayIsLookedAtWhenItEnds() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            run.retail.vendor.goesDown("recall");
            run.retail.reroutes.open(run.work(1), RerouteCause.SHORT);
            becomes(run, 3, 1);
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED);
            run.await("all that is wanted is given out", () -> given(run, "L1") == 3 && given(run, "L2") == 1);

            shipsAll(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).allMatch(one -> one.code() != FailureCode.CHANGED_AFTER_SHIPMENT);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatIsAddedAndShortWaitsForItsSupplyWhileTheRestLeaves() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            SampleFacilities.ALL_IDS.forEach(id -> run.retail.inventory.stock(id, SampleOrders.CAP, 0));
            run.retail.inventory.expect(run.now().plus(Duration.ofDays(2)), SampleOrders.TEE, SampleOrders.CAP);
            becomes(run, 2, 2);
            run.reports(1, FulfillmentStatus.SHIPPED);
            run.await("it waits", () -> run.waitingFor().contains("Waits for stock"));
            assertThat(run.running()).isTrue();

            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 5);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertCompletedByItself(run);
        }
    }

    @Test
    void whatIsAddedAndCanNeverBeHadIsAskedAboutBesideTheWork() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 2, 1)) {
            SampleFacilities.ALL_IDS.forEach(id -> run.retail.inventory.stock(id, SampleOrders.CAP, 0));
            becomes(run, 2, 2);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.STOCK_MISSING);
            run.reports(1, FulfillmentStatus.SHIPPED);
            run.awaitEffect("invoice");

            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 5);
            run.decides(Action.RETRY).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void ofWhatItsCustomerCollectsTheSameStoreKeepsTheRest() {
        OrderBuilder mugs = mugs(2);
        try (OrderRun run = OrderRun.under(SamplePolicies.EDITABLE, mugs.paid().build())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            edit(run, mugs(1));
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            FulfillmentOrder second = run.retail.work.get(run.work(2));
            assertThat(second.facility()).isEqualTo(SampleFacilities.ST_DOWNTOWN);
            assertThat(second.method()).isEqualTo(DeliveryMethod.PICKUP);
            run.reports(2, FulfillmentStatus.READY_FOR_PICKUP).awaitStatus(2, FulfillmentStatus.READY_FOR_PICKUP);
            run.reports(2, FulfillmentStatus.PICKED_UP);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** The same goods once more, in an item of their own, from the store that has just said that it has none. */
    @Test
    void whatIsAddedToWhatIsBeingOfferedElsewhereWaitsForTheAnswer() {
        try (OrderRun run =
                OrderRun.under(SamplePolicies.EDITABLE, collected(false).paid().build())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.OFFERED);
            edit(run, collected(true));
            run.await("what is shipped goes out", () -> given(run, "L2") == 1);
            reads(run);

            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.reroutes.latest(run.work(1)).orElseThrow().status())
                    .isEqualTo(RerouteStatus.OFFERED);
            assertThat(given(run, "L1")).isZero();

            run.retail.reroutes.answer(
                    run.retail.reroutes.latest(run.work(1)).orElseThrow().id(),
                    new Offer.Answer(OfferChoice.SHIP, Optional.empty(), "ada", run.now()),
                    "k-1");
            run.awaitReroute(1, RerouteStatus.REROUTED);
            run.await(
                    "then it is a question",
                    () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.NO_FACILITY));
        }
    }

    private static OrderBuilder collected(boolean more) {
        OrderBuilder order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000813"), "USD")
                .line(SampleOrders.MUG, more ? 2 : 1, more ? "10.00" : "18.00")
                .line(SampleOrders.CAP, more ? 1 : 0, more ? "8.00" : "0.00")
                .destination("US", 40.7, -74.0)
                .delivery(mugToCollect("813"));
        return more
                ? order.delivery(mugToCollect("814"))
                        .delivery(new Delivery(
                                DeliveryMethod.SHIPPING,
                                Optional.empty(),
                                Optional.of("gid://shopify/FulfillmentOrder/815"),
                                List.of(new LineQuantity("L2", SampleOrders.CAP, 1))))
                : order;
    }

    private static Delivery mugToCollect(String item) {
        return new Delivery(
                DeliveryMethod.PICKUP,
                Optional.of(SampleFacilities.ST_DOWNTOWN),
                Optional.of("gid://shopify/FulfillmentOrder/" + item),
                List.of(new LineQuantity("L1", SampleOrders.MUG, 1)));
    }

    @Test
    void byAVersionThatSaysNothingOfItAPersonIsAskedAsBefore() {
        try (OrderRun run = released(SamplePolicies.REROUTING, 2, 1)) {
            becomes(run, 3, 1);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);

            run.decides(Action.ACCEPT_DIFFERENCE);
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void anotherRunOfBothProcessesEndsTheSame() {
        try (OrderRun run = released(SamplePolicies.EDITABLE, 3, 1)) {
            run.retail.vendor.goesDown("recall");
            becomes(run, 1, 2);
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.startAgainWith(
                    run.retail.reroutes.latest(run.work(1)).orElseThrow().id());
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED);
            run.await("all that is wanted is given out", () -> given(run, "L1") == 1 && given(run, "L2") == 2);

            shipsAll(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    private static OrderRun released(OrderPolicy policy, int tees, int caps) {
        OrderRun run = OrderRun.under(policy, order(tees, caps).paid().build());
        return run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    /** It comes to the same however many they are, so what was paid stays right. */
    private static OrderBuilder order(int tees, int caps) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000811"), "USD")
                .line(SampleOrders.TEE, tees, caps == 0 ? "85.00" : "60.00")
                .line(SampleOrders.CAP, caps, caps == 0 ? "0.00" : "25.00")
                .destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/811"));
    }

    private static OrderBuilder mugs(int mugs) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000812"), "USD")
                .line(SampleOrders.MUG, mugs, "18.00")
                .deliver(
                        DeliveryMethod.PICKUP,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/812"));
    }

    private void becomes(OrderRun run, int tees, int caps) {
        edit(run, order(tees, caps));
    }

    private void edit(OrderRun run, OrderBuilder edited) {
        edits++;
        Order order = edited.version(run.order.version().plusSeconds(60L * edits))
                .paid()
                .build();
        run.retail.hears(order);
        run.wake("channel");
        run.await(
                "it is read",
                () -> run.retail.orders.find(order.id()).orElseThrow().equals(order));
    }

    private static void reads(OrderRun run) {
        run.wake("channel").passes(Duration.ofSeconds(5));
    }

    private static List<Integer> quantities(OrderRun run, int ordinal) {
        return run.retail.work.get(run.work(ordinal)).lines().stream()
                .map(LineQuantity::quantity)
                .toList();
    }

    private static int given(OrderRun run, String line) {
        return run.retail.work.ofOrder(run.order.id()).stream()
                .filter(one -> !one.status().terminal() || one.status().handedOver())
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(line))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static void shipsAll(OrderRun run) {
        int known = run.retail.work.ofOrder(run.order.id()).size();
        for (int ordinal = 1; ordinal <= known; ordinal++) {
            if (!run.retail.work.get(run.work(ordinal)).status().terminal()) {
                run.reports(ordinal, FulfillmentStatus.SHIPPED);
            }
        }
    }
}
