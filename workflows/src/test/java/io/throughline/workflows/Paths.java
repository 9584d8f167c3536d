package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The ways that an order may go, each up to the point from where it ends by itself. */
final class Paths {
    private Paths() {}

    static void shippedFromWarehouse(OrderScenario order) {
        order.facts.routes(1, WH_EAST);
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void pickedUp(OrderScenario order) {
        order.facts.routes(1, ST_DOWNTOWN);
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
        order.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell READY_FOR_PICKUP F1");
        order.reports(1, FulfillmentStatus.PICKED_UP);
    }

    static void remindedThenPickedUp(OrderScenario order) {
        order.facts.remindsBefore(Duration.ofHours(24)).routes(1, ST_DOWNTOWN);
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell READY_FOR_PICKUP F1");
        order.passes(Duration.ofHours(26)).awaitEffect("remind F1");
        order.reports(1, FulfillmentStatus.PICKED_UP);
    }

    static void takenAwayAtTheTill(OrderScenario order) {
        order.facts.routes(1, ST_HARBOR);
        order.start();
    }

    static void nothingToShip(OrderScenario order) {
        order.facts.routes(1, WH_EAST);
        order.start();
    }

    static void splitInTwo(OrderScenario order) {
        order.facts.routes(2, ST_HARBOR, WH_WEST);
        order.start().awaitEffect("release F1").awaitEffect("release F2");
        order.reports(2, FulfillmentStatus.SHIPPED).awaitEffect("invoice F2");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void silentThenRerouted(OrderScenario order) {
        order.facts.routes(1, ST_HARBOR, WH_EAST);
        order.start().awaitEffect("release F1").passes(Duration.ofHours(5));
        order.decides(Action.REROUTE).awaitEffect("release F2");
        order.reports(2, FulfillmentStatus.SHIPPED);
    }

    static void rejectedThenRerouted(OrderScenario order) {
        order.facts.routes(1, ST_HARBOR, WH_EAST);
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE).awaitEffect("release F2");
        order.reports(2, FulfillmentStatus.SHIPPED);
    }

    /** A carrier sells the label of what the store has packed. */
    static void labelledThenShipped(OrderScenario order) {
        packedWithoutLabel(order).awaitEffect("label F1");
        handedOver(order);
    }

    /** It is called off when its label is bought, which the carrier then takes back. */
    static void labelledThenCancelled(OrderScenario order) {
        packedWithoutLabel(order).awaitEffect("label F1");
        order.facts.orders.requestCancel(order.facts.id(), "client", "not wanted");
        order.wake("order");
    }

    static OrderScenario packedWithoutLabel(OrderScenario order) {
        order.facts.routes(1, ST_DOWNTOWN, ST_HARBOR);
        order.start().awaitEffect("release F1").awaitEffect("announce");
        order.facts.packWithoutLabel(order.work(1));
        return order.wake(order.work(1).value());
    }

    static void handedOver(OrderScenario order) {
        order.await("no label to buy", () -> !order.facts.needsLabel(order.work(1)));
        order.facts.work.report(order.work(1), FulfillmentStatus.SHIPPED);
        order.wake(order.work(1).value());
    }

    static void heldThenReleased(OrderScenario order) {
        order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
        order.start().decides(Action.RELEASE_HOLD).awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void stockMissingThenRestocked(OrderScenario order) {
        order.facts.routes(1, WH_EAST).refuses("order.allocate", FailureCode.STOCK_MISSING);
        order.start().decides(Action.RETRY).awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void backorderedThenReceived(OrderScenario order) {
        order.facts.routes(1, WH_EAST).waitsForStock(null);
        order.start().await("the wait", () -> order.waitingFor().contains("Waits for stock"));
        order.facts.stockComes();
        order.wake("order stock").awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** What there is goes out at once, the rest on another day than was promised. */
    static void shippedInParts(OrderScenario order) {
        firstPartShipped(order);
        order.facts.promiseMoves();
        order.wake("order stock").awaitEffect("tell promise");
        order.facts.stockComes();
        order.wake("order stock").awaitEffect("release F2");
        order.reports(2, FulfillmentStatus.SHIPPED);
    }

    static void firstPartShipped(OrderScenario order) {
        order.facts.routes(1, WH_EAST, WH_EAST).waitsForRest();
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice F1");
    }

    /** Somebody ends it when a part of it has left: the rest is given up, and a person sees to what has left. */
    static void cancelledBetweenItsParts(OrderScenario order) {
        firstPartShipped(order);
        order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
        order.wake("order").awaitEffect("give up the rest");
        order.decides(Action.ACCEPT_DIFFERENCE);
    }

    static void backorderedForTooLong(OrderScenario order) {
        order.facts.waitsForStock(order.facts.clock.instant().plus(Duration.ofDays(30)));
        order.start().await("the wait", () -> order.waitingFor().contains("Waits for stock"));
        order.passes(Duration.ofDays(31));
    }

    static void shippedThenPaid(OrderScenario order) {
        order.facts.waitsForPayment(order.facts.clock.instant().plus(Duration.ofDays(7)));
        shippedFromWarehouse(order);
        order.await("the wait", () -> order.waitingFor().contains("Waits for its payment"));
        order.facts.paymentComes();
        order.wake("channel");
    }

    /** Declined once more when it was tried again. */
    static void captureDeclinedThenBorne(OrderScenario order) {
        order.facts
                .refuses("channel.capture", FailureCode.CAPTURE_DECLINED)
                .refuses("channel.capture", FailureCode.CAPTURE_DECLINED);
        shippedFromWarehouse(order);
        order.decidesOnceShown(Action.RETRY)
                .await("the second case", () -> order.facts.cases.all().size() == 2);
        order.decidesOnceShown(Action.ACCEPT_DIFFERENCE);
    }

    /** The provider can't be reached at first. */
    static void messageRefusedThenBorne(OrderScenario order) {
        order.facts.fails("customer.tell", 1).refuses("customer.tell", FailureCode.MESSAGE_REFUSED);
        shippedFromWarehouse(order);
        order.decidesOnceShown(Action.ACCEPT_DIFFERENCE);
    }

    static void refusedByErpThenMended(OrderScenario order) {
        order.facts.routes(1, WH_EAST).refuses("erp.invoice", FailureCode.ERP_REJECTED);
        order.start().awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED).decides(Action.RETRY);
    }

    /** Its system is away for longer than anybody waits without being told. */
    static void stalledThenContinued(OrderScenario order) {
        order.facts.routes(1, WH_EAST).fails("erp.announce", 60);
        order.start().awaitEffect("release F1");
        Case outage = order.stalls("erp.announce", FailureCode.SYSTEM_UNREACHABLE);
        order.await("shown", () -> order.waitingFor().contains(outage.id().value()));
        order.passes(Duration.ofHours(2)).awaitEffect("announce");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** What costs money is only proposed by somebody whom nobody knows. */
    static void acceptanceProposedThenDecided(OrderScenario order) {
        order.facts.refuses("channel.capture", FailureCode.CAPTURE_DECLINED);
        shippedFromWarehouse(order);
        String caseId = order.openCase().id().value();
        order.await("shown", () -> order.waitingFor().contains(caseId));
        order.signal("propose", caseId, Action.ACCEPT_DIFFERENCE).awaitEffect("proposed ACCEPT_DIFFERENCE");
        order.decides(Action.ACCEPT_DIFFERENCE);
    }

    static void decidedByUpdate(OrderScenario order) {
        order.facts.routes(1, WH_EAST).refuses("order.allocate", FailureCode.STOCK_MISSING);
        order.start();
        String caseId = order.openCase().id().value();
        order.await("shown", () -> order.waitingFor().contains(caseId));
        assertThat(order.update(caseId, Action.RETRY)).contains("RETRY is decided");
        order.awaitEffect("release F1").reports(1, FulfillmentStatus.SHIPPED);
    }

    static void cancelledWhileReleased(OrderScenario order) {
        order.facts.routes(1, ST_HARBOR);
        order.start().awaitEffect("release F1").awaitEffect("announce");
        cancelAtChannel(order);
    }

    static void changedThenShipped(OrderScenario order) {
        order.facts.routes(1, WH_EAST);
        order.start().awaitEffect("release F1");
        changeAtChannel(order);
        order.await(
                "the new version",
                () -> !order.facts.orders.view(order.facts.id()).orElseThrow().channelChanged());
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void cancelledTooLate(OrderScenario order) {
        order.facts.refuses("erp.invoice", FailureCode.ERP_REJECTED);
        shippedFromWarehouse(order);
        order.openCase();
        cancelAtChannel(order);
        order.await("two cases", () -> order.facts.cases.open().size() == 2);
        List<Case> open = order.facts.cases.open();
        open.forEach(one -> order.facts.cases.decide(
                one.id(), one.code() == FailureCode.ERP_REJECTED ? Action.RETRY : Action.ACCEPT_DIFFERENCE));
        // Once: by the first of two it may have read both decisions, and have ended.
        order.wake(open.stream().map(one -> one.id().value()).collect(Collectors.joining(" ")));
    }

    /** Its facility does not give the work back, so it goes on. */
    static void cancellationDeclined(OrderScenario order) {
        order.facts.routes(1, WH_EAST).decideThemselves(true);
        order.start().awaitEffect("release F1").awaitEffect("announce");
        order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
        order.wake("order")
                .await(
                        "declined",
                        () -> order.facts
                                .orders
                                .view(order.facts.id())
                                .orElseThrow()
                                .cancelDeclinedAt()
                                .isPresent());
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** The store's system hears that its work is held, and that somebody has let it go on. */
    static void disputedThenLetGo(OrderScenario order) {
        order.facts.routes(1, ST_HARBOR);
        order.start().awaitEffect("release F1").awaitEffect("announce");
        order.facts
                .work
                .holds()
                .place(order.facts.id(), new WorkHold(WorkHold.Source.DISPUTE, "D-1", "its payment is disputed"));
        order.wake("order " + order.work(1)).awaitEffect("hold F1");
        order.decidesOnceShown(Action.RELEASE_HOLD)
                .await(
                        "the hold's end",
                        () -> order.facts
                                .work
                                .holds()
                                .standing(order.facts.id())
                                .isEmpty());
        order.wake(order.work(1).value()).awaitEffect("let go F1");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** It is packed only after somebody was asked about money that will not be there much longer. */
    static void authorisationAtRiskThenBorne(OrderScenario order) {
        Instant end = order.facts.clock.instant().plus(Duration.ofHours(3));
        order.facts.routes(1, WH_EAST).authorisedUntil(end, Duration.ofHours(1));
        order.start().awaitEffect("release F1").passes(Duration.ofMinutes(125));
        order.decidesOnceShown(Action.ACCEPT_DIFFERENCE);
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** The ERP refuses an invoice while another case is shown before that one. */
    static void blockedBooksBesideARejection(OrderScenario order) {
        order.facts.routes(2, ST_HARBOR, WH_WEST, WH_EAST).refuses("erp.invoice", FailureCode.ERP_REJECTED);
        order.start().awaitEffect("release F1").awaitEffect("release F2");
        String rejection =
                order.reports(1, FulfillmentStatus.REJECTED).openCase().id().value();
        order.await("the rejection", () -> order.waitingFor().contains(rejection));
        order.reports(2, FulfillmentStatus.SHIPPED)
                .await("the invoice", () -> order.waitingFor().contains(FailureCode.ERP_REJECTED.name()));
        decideThat(order, FailureCode.ERP_REJECTED, Action.RETRY).awaitEffect("invoice F2");
        decideThat(order, FailureCode.FACILITY_REJECTED, Action.REROUTE).awaitEffect("release F3");
        order.reports(3, FulfillmentStatus.SHIPPED);
    }

    private static OrderScenario decideThat(OrderScenario order, FailureCode code, Action action) {
        Case open = order.facts.cases.open().stream()
                .filter(one -> one.code() == code)
                .findFirst()
                .orElseThrow();
        order.facts.cases.decide(open.id(), action);
        return order.wake(open.id().value());
    }

    /** What somebody types into Temporal can't be read at first. */
    static void unreadableThenDecided(OrderScenario order) {
        order.facts.routes(1, WH_EAST).refuses("order.allocate", FailureCode.STOCK_MISSING);
        order.start().openCase();
        order.signal("propose", "what is this?").awaitEffect("refused what can't be read");
        order.decidesOnceShown(Action.RETRY).awaitEffect("release F1");
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    /** So much is told of it that another run goes on. */
    static void wokenForWeeks(OrderScenario order) {
        order.facts.routes(1, WH_EAST);
        order.start().awaitEffect("release F1").awaitEffect("announce").wakeUntilAnotherRun();
        order.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void changeAtChannel(OrderScenario order) {
        String externalId = order.facts.atChannel().key().externalId();
        order.facts.changeAtChannel(SampleOrders.twoLines(externalId)
                .version(order.facts.clock.instant().plus(Duration.ofMinutes(1)))
                .tags("vip")
                .paid()
                .build());
        order.wake("order");
    }

    static void cancelAtChannel(OrderScenario order) {
        String externalId = order.facts.atChannel().key().externalId();
        order.facts.changeAtChannel(SampleOrders.twoLines(externalId)
                .cancelledAt(order.facts.clock.instant().plus(Duration.ofMinutes(1)))
                .paid()
                .build());
        order.wake("order");
    }
}
