package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes.Answering;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real processes of an order and of its reroutes over the real steps: each cause, and what comes where nobody can do it. */
class RerouteRunTest {
    private static final Instant SOMEDAY = Instant.parse("2031-03-01T08:00:00Z");
    private static final Duration ANSWER_WITHIN = Duration.ofDays(1);

    /** What another address, a move, or an edit leads to is told by tests of their own: there the same facility may get it again. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ADDRESS", "MOVED", "EDITED"})
    void workGoesElsewhereWhateverTheCauseAndTheOrderIsCompleted(RerouteCause cause) {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            FacilityId first = run.retail.work.get(run.work(1)).facility();
            happens(run, cause);
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(cause);
            assertThat(reroute.replacedBy()).containsExactly(run.work(2));
            assertThat(reroute.finding().considered()).isNotEmpty();
            if (cause != RerouteCause.PAUSED) {
                assertThat(reroute.finding().excluded()).contains(first);
            }
            assertThat(run.retail.work.get(run.work(2)).facility()).isNotEqualTo(first);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.ended(reroute.id())).isEqualTo("REROUTED");
            assertNothingIsLeft(run);
        }
    }

    private static void happens(OrderRun run, RerouteCause cause) {
        switch (cause) {
            case REJECTED -> run.reports(1, FulfillmentStatus.REJECTED);
            case SILENT -> run.passes(Duration.ofHours(5));
            case PAUSED -> {
                run.retail.pauses.pause(
                        new Pause(
                                run.retail.work.get(run.work(1)).facility(), OpenWork.REROUTE, Optional.empty(), "ada"),
                        "flooded");
                run.retail.work.extend(run.work(1), run.now());
                run.wake("order " + run.work(1));
            }
            // A store tells these with what it gives back, a carrier's system by itself; both write the fact down.
            case SHORT, CAPACITY, CARRIER, REFUSED -> run.retail.reroutes.open(run.work(1), cause);
            case ADDRESS, MOVED, EDITED -> throw new IllegalArgumentException(cause + " has tests of its own");
        }
    }

    @Test
    void theErpLearnsFromWhereTheGoodsGoThen() {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitEffect("announce");
            run.reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.REROUTED);
            run.awaitEffect("move");
            FacilityId second = run.retail.work.get(run.work(2)).facility();

            assertThat(run.retail.vendor.effects()).containsOnlyOnce("move " + run.order.id() + " to " + second);
            assertThat(run.ended(latest(run).id())).isEqualTo("REROUTED");
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Once something of it is invoiced an ERP keeps the place; that is its own answer, and nobody is asked. */
    @Test
    void anErpThatKeepsThePlaceHoldsNothingUp() {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("move", FailureCode.ERP_REJECTED, "it keeps its warehouse");
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitEffect("announce");
            run.reports(1, FulfillmentStatus.REJECTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            // Before time is skipped for anybody: it would be silent else.
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.ended(latest(run).id())).isEqualTo("REROUTED");
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("move"));
            assertNothingIsLeft(run);
        }
    }

    /** The east has not all tees, which the west has; and the west has no caps after all, which the east has. */
    @Test
    void whoHasRejectedOneThingMayStillDoAnother() {
        try (OrderRun run = OrderRun.under(SamplePolicies.REROUTING, SampleOrders.authorisedOnly())) {
            SampleFacilities.ALL_IDS.forEach(facility -> List.of(SampleOrders.TEE, SampleOrders.CAP)
                    .forEach(sku -> run.retail.inventory.stock(facility, sku, 0)));
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 9);
            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 9);
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitStatus(2, FulfillmentStatus.RELEASED);
            int east = run.retail.work.get(run.work(1)).facility().equals(SampleFacilities.WH_EAST) ? 1 : 2;
            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.TEE, 9);
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 9);
            LineQuantity tees = run.retail.work.get(run.work(east)).lines().getFirst();
            LineQuantity one = new LineQuantity(tees.lineId(), tees.sku(), 1);
            FulfillmentOrderId missing = run.retail.work.pickShort(run.work(east), List.of(one), List.of(one));
            run.retail.inventory.passOn(run.work(east), missing, List.of(one));
            run.retail.inventory.release(missing, true);
            run.retail.reroutes.gives(missing, RerouteCause.SHORT, StoreReport.Scope.ITEM);
            run.wake("order " + missing).awaitReroute(3, RerouteStatus.REROUTED);
            assertThat(run.retail.work.get(run.work(4)).facility()).isEqualTo(SampleFacilities.WH_WEST);

            run.reports(3 - east, FulfillmentStatus.REJECTED).awaitReroute(3 - east, RerouteStatus.REROUTED);

            assertThat(run.retail.work.get(run.work(5)).facility()).isEqualTo(SampleFacilities.WH_EAST);
        }
    }

    @Test
    void whatIsPackedStaysHoweverLateAndAPersonIsAsked() {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            run.passes(Duration.ofDays(3))
                    .await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_SILENT);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    /** Two tees: one is not found, and goes elsewhere; later the other one does. */
    @Test
    void eachRerouteNamesWhoDoesItsOwnUnits() {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            List<LineQuantity> all = run.retail.work.get(run.work(1)).lines();
            LineQuantity tees = all.getFirst();
            LineQuantity one = new LineQuantity(tees.lineId(), tees.sku(), 1);
            FulfillmentOrderId missing =
                    run.retail.work.pickShort(run.work(1), List.of(one, all.getLast()), List.of(one));
            run.retail.inventory.passOn(run.work(1), missing, List.of(one));
            run.retail.inventory.release(missing, true);
            run.retail.reroutes.open(missing, RerouteCause.SHORT);
            run.wake("order " + missing).awaitReroute(2, RerouteStatus.REROUTED);
            run.awaitStatus(3, FulfillmentStatus.RELEASED).reports(1, FulfillmentStatus.REJECTED);
            run.awaitReroute(1, RerouteStatus.REROUTED);

            assertThat(run.retail.reroutes.latest(missing).orElseThrow().replacedBy())
                    .containsExactly(run.work(3));
            assertThat(latest(run).replacedBy()).isNotEmpty().doesNotContain(run.work(3));
        }
    }

    @Test
    void aPersonIsAskedAboutTheSilenceOfWhomThePolicyExcepts() {
        try (OrderRun run = OrderRun.under(SamplePolicies.ASKING_EAST, SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            assertThat(run.retail.work.get(run.work(1)).facility()).isEqualTo(SampleFacilities.WH_EAST);
            run.passes(Duration.ofHours(5))
                    .await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.FACILITY_SILENT);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            run.decides(Action.REROUTE).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.passes(Duration.ofHours(5)).awaitReroute(2, RerouteStatus.REROUTED);

            assertThat(run.retail.reroutes.latest(run.work(2)).orElseThrow().cause())
                    .isEqualTo(RerouteCause.SILENT);
            assertThat(run.retail.cases.open()).isEmpty();
        }
    }

    @Test
    void whatASystemDoesNotTakeInAPersonSendsElsewhere() {
        try (OrderRun run = rerouting(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("release", FailureCode.FACILITY_REFUSED, "it does not know the product");
            run.start().decides(Action.REROUTE).awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(run.retail.reroutes.latest(run.work(1)).orElseThrow().cause())
                    .isEqualTo(RerouteCause.REFUSED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void theOperatorReadsTheStoryOfAReroute() {
        try (OrderRun run = nobodyElse(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.OFFERED);
            RerouteId id = run.retail.reroutes.latest(run.work(1)).orElseThrow().id();
            run.await("the story", () -> run.storyOf(id).contains("OFFERED, until"));

            assertThat(run.storyOf(id))
                    .contains("**Reroute:** REJECTED at WH-EAST: ", "no facility can do this delivery by");
        }
    }

    @Test
    void whatNobodyHasWaitsForItsSupplyAndGoesOutThen() {
        try (OrderRun run = backordered()) {
            assertThat(run.retail.cases.open()).isEmpty();
            run.wake("everything").passes(Duration.ofHours(1)).awaitReroute(1, RerouteStatus.WAITING);

            supplyComes(run);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whoWaitsForSupplyIsToldSoAndTwiceByNobody() {
        try (OrderRun run = backordered()) {
            RerouteId id = latest(run).id();
            String told = "tell " + id + "/BACKORDERED";
            run.await("the message", () -> run.retail.vendor.effects().contains(told));
            run.retail.inventory.expect(SOMEDAY.plus(Duration.ofDays(3)), SampleOrders.TEE, SampleOrders.CAP);
            run.startAgainWith(id).passes(Duration.ofHours(1));

            supplyComes(run);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).containsOnlyOnce(told);
            assertNothingIsLeft(run);
        }
    }

    /** As a purchase order that is put off, or called off, moves it. */
    @Test
    void whoWaitsIsToldWhenTheDayMovesOrIsNotKnownAnyMore() {
        try (OrderRun run = backordered()) {
            run.await("the message", () -> told(run, "BACKORDERED") == 1);
            expects(run, SOMEDAY.plus(Duration.ofDays(3)));
            run.wake("order stock").await("the first day", () -> told(run, "REPROMISED") == 1);
            run.wake("order stock");
            expects(run, Instant.MAX);
            run.wake("order stock").await("no day", () -> told(run, "REPROMISED") == 2);

            supplyComes(run);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(told(run, "REPROMISED")).isEqualTo(2);
            assertNothingIsLeft(run);
        }
    }

    /** Beyond what was promised first a person is asked, beside the wait; supply that comes after all asks nobody any more. */
    @Test
    void aDayThatMovesTooFarIsAPersonsToBear() {
        try (OrderRun run = backordered(SamplePolicies.IMPATIENT)) {
            run.await("the message", () -> told(run, "BACKORDERED") == 1);
            expects(run, SOMEDAY.plus(Duration.ofDays(3)));
            run.wake("order stock").await("the first day", () -> told(run, "REPROMISED") == 1);
            assertThat(run.retail.cases.open()).as("within its patience").isEmpty();

            expects(run, SOMEDAY.plus(Duration.ofDays(9)));
            run.wake("order stock")
                    .await("the question", () -> !run.retail.cases.open().isEmpty());
            run.await("the second day", () -> told(run, "REPROMISED") == 2);
            assertThat(run.retail.cases.open())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.code()).isEqualTo(FailureCode.STOCK_MISSING))
                    .satisfies(asked -> assertThat(asked.detail()).contains("more than PT168H after " + SOMEDAY));
            run.decides(Action.RETRY).wake("order stock").passes(Duration.ofHours(1));
            assertThat(run.retail.cases.open()).as("it is borne").isEmpty();

            expects(run, SOMEDAY.plus(Duration.ofDays(12)));
            run.wake("order stock")
                    .await("another question", () -> !run.retail.cases.open().isEmpty());
            supplyComes(run);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** What has left can't be called back by that; what is given out elsewhere goes on. */
    @Test
    void whoWaitsNoLongerForTheRestGivesUpThatAndNothingElse() {
        Order order = shippedAndCollected();
        try (OrderRun run = OrderRun.under(SamplePolicies.IMPATIENT, order)) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitStatus(2, FulfillmentStatus.RELEASED);
            int collected = run.retail.work.get(run.work(1)).method() == DeliveryMethod.PICKUP ? 1 : 2;
            int shipped = 3 - collected;
            run.reports(collected, FulfillmentStatus.READY_FOR_PICKUP)
                    .awaitStatus(collected, FulfillmentStatus.READY_FOR_PICKUP);
            run.reports(collected, FulfillmentStatus.PICKED_UP).awaitStatus(collected, FulfillmentStatus.PICKED_UP);
            SampleFacilities.ALL_IDS.forEach(
                    id -> order.lines().forEach(line -> run.retail.inventory.stock(id, line.sku(), 0)));
            order.lines().forEach(line -> run.retail.inventory.expect(SOMEDAY, line.sku()));
            run.reports(shipped, FulfillmentStatus.REJECTED).awaitReroute(shipped, RerouteStatus.WAITING);
            order.lines().forEach(line -> run.retail.inventory.expect(SOMEDAY.plus(Duration.ofDays(9)), line.sku()));
            asksForSupply(run);
            run.wake("order stock")
                    .await("the question", () -> !run.retail.cases.open().isEmpty());

            run.decides(Action.CANCEL).wake("order").awaitReroute(shipped, RerouteStatus.CALLED_OFF);
            assertThat(run.retail.inventory.stockOf(order.id()).waiting()).isEmpty();
            run.await(
                    "a person settles the money",
                    () -> run.retail.cases.open().stream()
                            .anyMatch(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT));
            run.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.retail.work.get(run.work(collected)).status()).isEqualTo(FulfillmentStatus.PICKED_UP);
        }
    }

    /** Somebody bears that he can't be told: the same day is not tried again and again. */
    @Test
    void whoCanNotBeToldOfAnotherDayIsNotToldOfThatOne() {
        try (OrderRun run = backordered()) {
            run.await("the message", () -> told(run, "BACKORDERED") == 1);
            run.retail.vendor.refuses("tell", FailureCode.MESSAGE_REFUSED, "no such mailbox");
            expects(run, SOMEDAY.plus(Duration.ofDays(3)));
            run.wake("order stock").decides(Action.ACCEPT_DIFFERENCE);

            run.await(
                    "it is at rest",
                    () -> run.retail
                            .inventory
                            .stockOf(run.order.id())
                            .promise()
                            .orElseThrow()
                            .told());
            assertThat(told(run, "REPROMISED")).isZero();
        }
    }

    private static long told(OrderRun run, String template) {
        return run.retail.vendor.effects().stream()
                .filter(effect -> effect.endsWith("/" + template))
                .count();
    }

    private static void expects(OrderRun run, Instant at) {
        run.retail.inventory.expect(at, SampleOrders.TEE, SampleOrders.CAP);
        asksForSupply(run);
    }

    @Test
    void nobodyIsAskedAnyMoreAboutWhatIsOffTheOrder() {
        Order order = shippedAndCollected();
        try (OrderRun run = rerouting(order)) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitStatus(2, FulfillmentStatus.RELEASED);
            int collected = run.retail.work.get(run.work(1)).method() == DeliveryMethod.PICKUP ? 1 : 2;
            run.reports(collected, FulfillmentStatus.REJECTED).awaitReroute(collected, RerouteStatus.OFFERED);
            RerouteId id = run.retail
                    .reroutes
                    .latest(run.work(collected))
                    .orElseThrow()
                    .id();
            run.becomes(withoutTheTee(order));
            run.wake("order channel").awaitReroute(collected, RerouteStatus.NOT_NEEDED);

            assertThat(run.ended(id)).isEqualTo("NOT_NEEDED");
            run.reports(3 - collected, FulfillmentStatus.SHIPPED);
        }
    }

    private static Order withoutTheTee(Order order) {
        return new OrderBuilder(order.key(), "USD")
                .line(SampleOrders.MUG, 1, "18.00")
                .destination("US", 30.2, -97.7)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/1"))
                .paid()
                .version(order.version().plus(Duration.ofHours(1)))
                .build();
    }

    @Test
    void anOrderThatHasWaitedForAsLongAsItMayIsCancelled() {
        try (OrderRun run = backordered()) {
            run.passes(Duration.ofDays(31));

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.reroutes.latest(run.work(1)).orElseThrow().status())
                    .isEqualTo(RerouteStatus.CALLED_OFF);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aCustomerMayCollectItAtAnotherStore() {
        try (OrderRun run = rerouting(SampleOrders.pickup())) {
            Offer offer = offered(run);
            assertThat(offer.choices())
                    .extracting(Offer.Choice::kind)
                    .containsExactly(OfferChoice.OTHER_STORE, OfferChoice.CANCEL);
            assertThat(offer.choices().getFirst().stores()).hasSize(2).doesNotContain(SampleFacilities.ST_DOWNTOWN);

            run.awaitEffect("tell");
            answers(run, OfferChoice.OTHER_STORE, Optional.of(SampleFacilities.ST_HARBOR));
            run.awaitStatus(2, FulfillmentStatus.RELEASED);

            FulfillmentOrder second = run.retail.work.get(run.work(2));
            assertThat(second.facility()).isEqualTo(SampleFacilities.ST_HARBOR);
            assertThat(second.method()).isEqualTo(DeliveryMethod.PICKUP);
            run.reports(2, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("ready");
            run.reports(2, FulfillmentStatus.PICKED_UP);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).contains("tell " + run.work(1) + "-1/ALTERNATIVES");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aCustomerMayHaveItSentInstead() {
        try (OrderRun run = rerouting(pickupOfSomebodyWithAnAddress())) {
            assertThat(offered(run).choices())
                    .extracting(Offer.Choice::kind)
                    .containsExactly(OfferChoice.OTHER_STORE, OfferChoice.SHIP, OfferChoice.CANCEL);

            answers(run, OfferChoice.SHIP, Optional.empty());
            run.awaitStatus(2, FulfillmentStatus.RELEASED);

            assertThat(run.retail.work.get(run.work(2)).method()).isEqualTo(DeliveryMethod.SHIPPING);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aCustomerMayGiveItUp() {
        try (OrderRun run = rerouting(SampleOrders.pickup())) {
            offered(run);
            answers(run, OfferChoice.CANCEL, Optional.empty());

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whereNobodyAnswersTheDefaultCountsAndALateAnswerIsRefused() {
        try (OrderRun run = rerouting(SampleOrders.pickup())) {
            Offer offer = offered(run);
            assertThat(offer.byDefault()).isEqualTo(OfferChoice.CANCEL);
            run.passes(ANSWER_WITHIN.plusMinutes(1));
            run.await("the default", () -> latest(run).status() == RerouteStatus.CALLED_OFF);

            assertThat(run.retail.reroutes.answer(
                            latest(run).id(),
                            new Offer.Answer(OfferChoice.CANCEL, Optional.empty(), "ada", run.now()),
                            "late"))
                    .isInstanceOf(Answering.Refused.class);
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void silenceAboutWhatIsToBeCollectedLosesNothingAndALateAnswerCounts() {
        try (OrderRun run = OrderRun.under(SamplePolicies.ASKING_ON, SampleOrders.pickup())) {
            Offer offer = offered(run);
            assertThat(offer.choices())
                    .extracting(Offer.Choice::kind)
                    .containsExactly(OfferChoice.OTHER_STORE, OfferChoice.WAIT, OfferChoice.CANCEL);
            assertThat(offer.byDefault()).isEqualTo(OfferChoice.WAIT);
            run.passes(ANSWER_WITHIN.plusMinutes(1));
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            run.passes(ANSWER_WITHIN.plusMinutes(1));
            run.await("it is asked on", () -> latest(run).isWaitedFor(run.now()));

            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.OFFER_UNANSWERED);
            assertThat(latest(run).status()).isEqualTo(RerouteStatus.OFFERED);
            answers(run, OfferChoice.OTHER_STORE, Optional.of(SampleFacilities.ST_HARBOR));
            run.awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.READY_FOR_PICKUP).awaitStatus(2, FulfillmentStatus.READY_FOR_PICKUP);
            run.reports(2, FulfillmentStatus.PICKED_UP);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aLineThatIsGivenUpWhileOthersGoOnIsTakenOffByAPerson() {
        Order order = shippedAndCollected();
        try (OrderRun run = rerouting(order)) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).awaitStatus(2, FulfillmentStatus.RELEASED);
            int collected = run.retail.work.get(run.work(1)).method() == DeliveryMethod.PICKUP ? 1 : 2;
            run.reports(3 - collected, FulfillmentStatus.SHIPPED).reports(collected, FulfillmentStatus.REJECTED);
            run.awaitReroute(collected, RerouteStatus.OFFERED);
            RerouteId id = run.retail
                    .reroutes
                    .latest(run.work(collected))
                    .orElseThrow()
                    .id();
            run.retail.reroutes.answer(
                    id, new Offer.Answer(OfferChoice.CANCEL, Optional.empty(), "ada", run.now()), "k-1");

            run.await("the case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.LINE_CALLED_OFF);
        }
    }

    @Test
    void anOrderThatIsCancelledEndsItsReroutes() {
        try (OrderRun run = rerouting(SampleOrders.pickup())) {
            offered(run);
            run.retail.orders.requestCancel(run.order.id(), "ada", "not wanted any more");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(latest(run).status()).isEqualTo(RerouteStatus.CALLED_OFF);
            assertThat(run.ended(latest(run).id())).isEqualTo("CALLED_OFF");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatNobodyElseHasIsOfferedAndThenLookedForAgain() {
        try (OrderRun run = nobodyElse(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.OFFERED);
            answers(run, OfferChoice.WAIT, Optional.empty());
            run.awaitReroute(1, RerouteStatus.WAITING).passes(Duration.ofMinutes(1));
            stock(run, SampleFacilities.WH_WEST, 9);
            run.passes(Duration.ofHours(6)).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Whatever both processes were doing, they find the facts, and nothing happens twice. */
    @ParameterizedTest
    @EnumSource(names = {"OPENED", "TAKEN_AWAY", "WAITING", "OFFERED", "REROUTED"})
    void processesThatStartAgainEndTheSame(RerouteStatus when) {
        try (OrderRun run = nobodyElse(SampleOrders.authorisedOnly())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            switch (when) {
                case OPENED -> run.retail.vendor.goesDown("recall");
                case WAITING -> run.retail.inventory.expect(SOMEDAY, SampleOrders.TEE, SampleOrders.CAP);
                case REROUTED -> stock(run, SampleFacilities.WH_WEST, 9);
                default -> {}
            }
            run.retail.reroutes.open(run.work(1), RerouteCause.CARRIER);
            run.await(when.name(), () -> latest(run).status().compareTo(when) >= 0);
            run.startAgainWith(latest(run).id());
            run.retail.vendor.comesBack();
            stock(run, SampleFacilities.WH_WEST, 9);
            if (when == RerouteStatus.WAITING) {
                supplyComes(run);
            }
            run.await("an end of waiting", () -> {
                if (latest(run).status() == RerouteStatus.OFFERED) {
                    answers(run, OfferChoice.WAIT, Optional.empty());
                }
                run.wake("everything");
                return latest(run).ended();
            });
            run.awaitStatus(2, FulfillmentStatus.RELEASED)
                    .startAgainWith(latest(run).id());
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id()))
                    .extracting(FulfillmentOrder::status)
                    .containsExactly(FulfillmentStatus.REJECTED, FulfillmentStatus.SHIPPED);
            assertNothingIsLeft(run);
        }
    }

    static OrderRun rerouting(Order order) {
        return OrderRun.under(SamplePolicies.REROUTING, order);
    }

    /** Only the warehouse in the east has anything. */
    private static OrderRun nobodyElse(Order order) {
        return nobodyElse(SamplePolicies.REROUTING, order);
    }

    private static OrderRun nobodyElse(OrderPolicy policy, Order order) {
        OrderRun run = OrderRun.under(policy, order);
        SampleFacilities.ALL_IDS.stream()
                .filter(facility -> !facility.equals(SampleFacilities.WH_EAST))
                .forEach(facility -> stock(run, facility, 0));
        return run;
    }

    /** Nobody else has it either, and it waits for what is to come in. */
    private static OrderRun backordered() {
        return backordered(SamplePolicies.REROUTING);
    }

    private static OrderRun backordered(OrderPolicy policy) {
        OrderRun run = nobodyElse(policy, SampleOrders.authorisedOnly());
        run.retail.inventory.expect(SOMEDAY, SampleOrders.TEE, SampleOrders.CAP);
        return run.start().reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.WAITING);
    }

    private static void stock(OrderRun run, FacilityId facility, int units) {
        run.order.lines().forEach(line -> run.retail.inventory.stock(facility, line.sku(), units));
    }

    private static void supplyComes(OrderRun run) {
        stock(run, SampleFacilities.WH_WEST, 9);
        asksForSupply(run);
    }

    private static void asksForSupply(OrderRun run) {
        run.retail.inventory.commit(
                run.order.id(),
                run.order.deliveries().stream()
                        .flatMap((Delivery delivery) -> delivery.lines().stream())
                        .toList(),
                new Terms(Set.of(SampleFacilities.WH_WEST), OnShortage.BACKORDER));
    }

    private static Offer offered(OrderRun run) {
        run.start().reports(1, FulfillmentStatus.REJECTED).awaitReroute(1, RerouteStatus.OFFERED);
        return latest(run).offer().orElseThrow();
    }

    private static Reroute latest(OrderRun run) {
        return run.retail.reroutes.latest(run.work(1)).orElseThrow();
    }

    private static void answers(OrderRun run, OfferChoice choice, Optional<FacilityId> store) {
        assertThat(run.retail.reroutes.answer(
                        latest(run).id(), new Offer.Answer(choice, store, "ada", run.now()), "k-" + choice))
                .isInstanceOf(Answering.Taken.class);
    }

    private static Order pickupOfSomebodyWithAnAddress() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000031"), "USD")
                .line(SampleOrders.MUG, 1, "18.00")
                .destination("US", 30.2, -97.7)
                .deliver(
                        DeliveryMethod.PICKUP,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/6500000000031"))
                .paid()
                .build();
    }

    private static Order shippedAndCollected() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000032"), "USD")
                .line(SampleOrders.MUG, 1, "18.00")
                .line(SampleOrders.TEE, 1, "25.00")
                .destination("US", 30.2, -97.7)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/1"))
                .paid()
                .build();
        List<Delivery> one = order.deliveries();
        return order.withDeliveries(List.of(
                new Delivery(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://shopify/FulfillmentOrder/1"),
                        List.of(one.getFirst().lines().getFirst())),
                new Delivery(
                        DeliveryMethod.PICKUP,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/2"),
                        List.of(one.getFirst().lines().getLast()))));
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.reroutes.ofOrder(run.order.id())).allMatch(Reroute::ended);
    }
}
