package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process over the real steps: what goes wrong outside or inside never loses an order and never does a thing twice. */
class WholeOrderTest {
    private static final List<String> SHIPPED_EFFECTS =
            List.of("announce", "assign", "capture", "invoice", "payment", "release", "tell");
    private static final List<String> PICKED_UP_EFFECTS =
            List.of("announce", "assign", "handover", "invoice", "payment", "ready", "release", "tell", "tell");

    @Test
    void anAuthorisedOrderIsShippedCapturedAndBooked() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(7);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
        }
    }

    @Test
    void noMoreIsTakenThanAnOrderComesTo() {
        Order less = SampleOrders.twoLines("6500000000012")
                .tender(
                        "A1",
                        Tender.Kind.AUTHORIZATION,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        "150.00",
                        Optional.empty())
                .build();
        try (OrderRun run = OrderRun.of(less)) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.orders.find(less.id()).orElseThrow().paid())
                    .isEqualTo(less.total().shop());
        }
    }

    @Test
    void anOrderIsPickedUpInAStore() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            pickUp(run.start());

            assertCompleted(run, PICKED_UP_EFFECTS);
        }
    }

    @Test
    void anOrderOfWhichNothingIsHandedOverIsCapturedInvoicedAndClosed() {
        try (OrderRun run = OrderRun.of(SampleOrders.onlyAGiftCard())) {
            run.start();

            assertCompleted(run, List.of("announce", "capture", "invoice", "payment"));
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
            assertThat(SampleFacilities.ALL_IDS)
                    .allMatch(facility -> run.retail.inventory.onHand(facility, SampleOrders.GIFT_CARD) == 9);
        }
    }

    /** Longer than any failure may last before somebody has to look at it. */
    @Test
    void aPausedSystemIsAskedNothingAndItsOrderGoesOnWithoutACaseWhenItIsResumed() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.gate.pause(SampleAccounts.ERP);
            run.start().passes(Duration.ofMinutes(30));

            assertThat(run.retail.vendor.effects())
                    .noneMatch(effect -> effect.startsWith("announce ") || effect.startsWith("invoice "));
            assertThat(run.retail.cases.all()).isEmpty();

            run.retail.gate.resume(SampleAccounts.ERP, run.now());
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    static Stream<String> operations() {
        return SHIPPED_EFFECTS.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aLostReplyIsFoundAgain(String operation) {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply(operation);
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aLostReplyIsFoundAgainEvenWhenTheVendorHasForgottenItsKey(String operation) {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply(operation);
            ship(run.start());
            run.retail.vendor.forgetsKeys();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    static Stream<String> deaths() {
        return Stream.of(Checkpoints.Point.values())
                .flatMap(point -> Stream.concat(SHIPPED_EFFECTS.stream(), Stream.of("settle"))
                        .map(operation -> point + " " + operation));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesAtANamedPointLosesNothingAndRepeatsNothing(String where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (where.equals(point + " " + operation) && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), checkpoints)) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(died).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRunThatIsStartedAgainAfterAnyEffectEndsTheSame(int after) {
        AtomicInteger committed = new AtomicInteger();
        Checkpoints counting = (point, system, operation) -> {
            if (point == Checkpoints.Point.AFTER_COMMIT) {
                committed.incrementAndGet();
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), counting)) {
            run.start().await("the first effect", () -> committed.get() >= Math.min(after, 2));
            if (after <= 2) {
                run.startAgain();
            }
            run.reports(1, FulfillmentStatus.SHIPPED);
            run.await("so many effects", () -> committed.get() >= after || !run.running());
            run.startAgain();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @Test
    void anOutageOpensACaseThatClosesByItselfWhenItIsOver() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("announce");
            run.start().passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
            run.await("shown", () -> run.waitingFor().contains("erp.announce"));
            run.retail.vendor.comesBack();
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).singleElement().matches(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    @Test
    void anOrderThatChangedWhileTheErpWasAwayIsAnnouncedAndInvoicedAsItIsNow() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("announce");
            run.start().passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            Order dearer = dearer(run.order).authorised().build();
            run.becomes(dearer).retail.vendor.comesBack();
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.erp.demand(run.order.id().value()).total())
                    .isEqualTo(dearer.total().shop());
            assertInvoiced(run, dearer.total().shop());
        }
    }

    /** The ERP has the demand as it was; its invoice is of the day on which the goods leave. */
    @Test
    void anOrderThatChangedWhileAReplyWasLostStaysAnnouncedAsItWasAndIsInvoicedAsItIsNow() {
        AtomicReference<OrderRun> own = new AtomicReference<>();
        Checkpoints changing = (point, system, operation) -> {
            if (point == Checkpoints.Point.BEFORE_CALL && operation.equals("announce")) {
                OrderRun run = own.getAndSet(null);
                if (run != null) {
                    run.becomes(dearer(run.order).authorised().build());
                }
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), changing)) {
            own.set(run);
            run.retail.vendor.losesReply("announce");
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.erp.demand(run.order.id().value()).total())
                    .isEqualTo(run.order.total().shop());
            assertInvoiced(run, dearer(run.order).build().total().shop());
        }
    }

    /** What has left is invoiced as it left; the change is for a person. */
    @Test
    void anOrderThatChangedWhileItsInvoiceWasOnTheWayIsInvoicedAsItsJournalSays() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("invoice");
            ship(run.start());
            run.passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.becomes(dearer(run.order).captured().build()).retail.vendor.comesBack();

            assertCompleted(run, SHIPPED_EFFECTS);
            assertInvoiced(run, run.order.total().shop());
        }
    }

    /** With its delivery at another price. */
    private static OrderBuilder dearer(Order order) {
        return SampleOrders.twoLines(order.key().externalId())
                .shipping("1.00")
                .version(order.version().plusSeconds(120));
    }

    private static void assertInvoiced(OrderRun run, Money total) {
        assertThat(run.retail.erp.invoice(run.work(1) + "/invoice").total()).isEqualTo(total);
        assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                .as("the books are what the journals say")
                .isEqualTo(PostingStatus.CONFIRMED);
    }

    @Test
    void aFacilityThatCanNotBeReadOpensACaseThatClosesByItself() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("read work");
            run.start().reports(1, FulfillmentStatus.SHIPPED).passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.vendor.comesBack();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @Test
    void aRejectionIsRoutedToTheNextFacility() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id()))
                    .extracting(FulfillmentOrder::facility)
                    .containsExactly(SampleFacilities.WH_EAST, SampleFacilities.ST_HARBOR);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aRejectionIsStillRoutedByARunThatIsStartedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.startAgain().decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("invoice"));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatAFacilityCallsOffByItselfIsRoutedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.CANCELLED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.FACILITY_REJECTED);
            run.decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void theLastPiecesAreRoutedAgainAlthoughTheReplyOfTheRoutingWasLost() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().reports(1, FulfillmentStatus.REJECTED);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            for (var facility : SampleFacilities.ALL_IDS) {
                boolean last = facility.equals(SampleFacilities.ST_DUBLIN);
                run.order.lines().forEach(line -> {
                    if (!facility.equals(SampleFacilities.WH_EAST)) {
                        run.retail.inventory.stock(facility, line.sku(), last ? line.quantity() : 0);
                    }
                });
            }
            run.retail.fulfillment.reroute(run.work(1));
            run.decides(Action.REROUTE).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    /** Its messages came while nobody knew the work, and were let go. */
    @Test
    void whatAFacilityDidBeforeItsReleaseWasFoundIsReadAtOnce() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply("release");
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            Instant began = run.now();
            run.start();

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.closedAt()).as("long before it would be late").isBefore(began.plus(Duration.ofMinutes(30)));
        }
    }

    @Test
    void aSilentFacilityThatAnswersLateNeedsNobody() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.start().awaitEffect("release").passes(Duration.ofHours(5));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @Test
    void aHeldOrderIsReleasedOnceAndForAll() {
        Order held = SampleOrders.twoLines("6500000000077")
                .authorised()
                .tags("fraud-review")
                .build();
        try (OrderRun run = OrderRun.of(held)) {
            run.start().decides(Action.RELEASE_HOLD).awaitEffect("release");
            run.startAgain().reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).hasSize(1);
        }
    }

    @Test
    void aHeldOrderThatIsCancelledAtItsChannelEndsByItself() {
        Order held = SampleOrders.twoLines("6500000000077")
                .paid()
                .tags("fraud-review")
                .build();
        try (OrderRun run = OrderRun.of(held)) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** It was cancelled at its shop before we had read it, and the ERP was never told of it. */
    @Test
    void anOrderThatWasCancelledAtItsShopWithItsMoneyKeptLeavesAQuestion() {
        Order kept = cancelled("6500000000078").paid().build();
        try (OrderRun run = OrderRun.of(kept)) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_MISSING);
            assertThat(run.running()).isTrue();

            run.retail.hears(cancelled("6500000000078")
                    .version(kept.version().plus(Duration.ofHours(2)))
                    .paid()
                    .refunded()
                    .build());
            run.decides(Action.RETRY);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).doesNotContain("payment", "refund", "announce");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whoeverKeepsTheMoneyOfACancelledOrderSaysSo() {
        try (OrderRun run = OrderRun.of(cancelled("6500000000079").paid().build())) {
            run.start().decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void anOrderThatWasCancelledAtItsShopAndGivenBackAsksNobody() {
        try (OrderRun run =
                OrderRun.of(cancelled("6500000000080").paid().refunded().build())) {
            assertThat(run.start().result()).isEqualTo("CANCELLED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static OrderBuilder cancelled(String number) {
        return SampleOrders.twoLines(number).cancelledAt(Instant.parse("2026-11-20T16:00:00Z"));
    }

    @Test
    void aCancelledOrderIsTakenBackFromEverybody() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).contains("recall", "withdraw", "tell");
            assertThat(run.retail.erp.refundsOf(run.order.id())).isEqualTo(1);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.REVERSED);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aCancelledOrderIsTakenBackFromItsFacilityByARunThatIsStartedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.startAgain();

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatItsFacilityDoesNotGiveBackIsACaseThatStaysWhenTheOrderHasEnded() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            run.retail.vendor.refuses("recall", FailureCode.FACILITY_REFUSED, "it is at the parcel counter");
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            cancelAtChannel(run);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.RECALL_REFUSED);
            assertThat(operations(run)).doesNotContain("withdraw");
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertOutstanding(run);
            assertThat(run.startAgain().result()).isEqualTo("CANCELLED");
            assertOutstanding(run);
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.SHIPPED);
        }
    }

    private static void assertOutstanding(OrderRun run) {
        assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.GOODS_OUTSTANDING);
    }

    @Test
    void aReleaseWhoseReplyWasLostIsTakenBackToo() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.retail.vendor.losesReply("release");
            run.start().awaitEffect("release");
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void onceHalfHasLeftACancellationIsAQuestionAndTheOtherHalfGoesOn() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoBags())) {
            SampleFacilities.ALL_IDS.forEach(facility -> run.retail.inventory.stock(facility, SampleOrders.BAG, 1));
            run.retail.vendor.goesDown("release");
            run.start()
                    .await(
                            "two pieces of work",
                            () -> run.retail.work.ofOrder(run.order.id()).size() == 2);
            run.retail.work.observed(
                    run.work(1),
                    new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                    Instant.EPOCH,
                    Optional.empty());
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("everything")
                    .await(
                            "the case",
                            () -> run.retail.cases.open().stream()
                                    .anyMatch(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT));
            run.retail.vendor.comesBack();
            Case late = run.retail.cases.open().stream()
                    .filter(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT)
                    .findFirst()
                    .orElseThrow();
            run.retail.cases.decide(late.id(), Action.ACCEPT_DIFFERENCE);
            run.wake(late.id().value()).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(operations(run)).filteredOn("invoice"::equals).hasSize(2);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void booksThatDifferWaitForAPersonAndStayAnswered() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.erp.books(
                    io.throughline.domain.finance.LedgerAccount.of(
                            io.throughline.domain.finance.LedgerAccount.Role.ROUNDING),
                    io.throughline.domain.money.Money.of("0.01", run.order.currency()));
            ship(run.start());
            run.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.result()).isEqualTo("COMPLETED");

            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.ERP_BOOKS_DIFFER);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aPaymentThatTheBankHasNotConfirmedIsWaitedForAndBooked() {
        try (OrderRun run = OrderRun.of(
                SampleOrders.twoLines("6500000000081").pending(Instant.now()).build())) {
            ship(run.start());
            awaitPayment(run);
            assertThat(run.retail.cases.all()).isEmpty();
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, List.of("announce", "assign", "invoice", "payment", "release", "tell"));
            assertConfirmed(run);
        }
    }

    @Test
    void aCaptureThatIsUnderWayIsWaitedForAndBooked() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.shop.capturesLater(Instant.now());
            ship(run.start());
            awaitPayment(run);
            run.startAgain();
            awaitPayment(run);
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, SHIPPED_EFFECTS);
            assertConfirmed(run);
        }
    }

    @Test
    void aPaymentThatIsOnItsWayForTooLongIsACaseThatClosesByItself() {
        try (OrderRun run = OrderRun.of(
                SampleOrders.twoLines("6500000000082").pending(Instant.now()).build())) {
            ship(run.start());
            awaitPayment(run);
            run.passes(Duration.ofDays(8));
            awaitMissingPayment(run);
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, List.of("announce", "assign", "invoice", "payment", "release", "tell"));
            assertConfirmed(run);
        }
    }

    @Test
    void anOrderThatNobodyPaysEndsOnlyWhenAPersonSaysSo() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLines("6500000000083").build())) {
            ship(run.start());
            awaitMissingPayment(run);
            assertThat(run.running()).isTrue();
            run.decides(Action.RETRY)
                    .await("asked again", () -> run.retail.cases.all().size() == 2)
                    .decides(Action.ACCEPT_DIFFERENCE);

            assertCompleted(run, List.of("announce", "assign", "invoice", "release", "tell"));
            assertConfirmed(run);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(2);
        }
    }

    /** Finance follows the claim; to ask about the same money again would be to ask twice. */
    @Test
    void aCaptureThatWasDeclinedAndGoneWithoutIsNotAskedAboutAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("capture", FailureCode.CAPTURE_DECLINED, "expired");
            ship(run.start());
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.CAPTURE_DECLINED);
        }
    }

    @Test
    void anOrderIsNotReadAgainForMoneyThatIsThere() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            run.retail.vendor.goesDown("read");
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static void awaitPayment(OrderRun run) {
        run.await("the wait", () -> run.waitingFor().contains("Waits for its payment"));
    }

    private static void awaitMissingPayment(OrderRun run) {
        run.await(
                "the case",
                () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.PAYMENT_MISSING));
    }

    private static void assertConfirmed(OrderRun run) {
        assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                .isEqualTo(PostingStatus.CONFIRMED);
    }

    /** Its client was told that it is taken in. */
    @Test
    void aCancellationThatComesWhileTheBooksAreLookedAtOutlivesTheOrder() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.erp.books(
                    io.throughline.domain.finance.LedgerAccount.of(
                            io.throughline.domain.finance.LedgerAccount.Role.ROUNDING),
                    io.throughline.domain.money.Money.of("0.01", run.order.currency()));
            ship(run.start());
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order").decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.open())
                    .extracting(Case::code)
                    .containsExactly(FailureCode.CHANGED_AFTER_SHIPMENT);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all())
                    .extracting(Case::code)
                    .containsExactly(FailureCode.ERP_BOOKS_DIFFER, FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    @Test
    void anOrderThatNobodyCanReadIsACaseAtOnce() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.shop.garbles(run.order.key());
            Instant began = run.now();
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
            assertThat(Duration.between(began, run.now())).isLessThan(Duration.ofMinutes(1));
            run.decides(Action.CANCEL);
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** Somebody has to mend it at its channel; until then nothing is promised, asked for or booked. */
    @Test
    void anOrderWhoseTotalsDisagreeWaitsAndGoesOnWhenItsChannelHasMendedIt() {
        Order wrong = SampleOrders.twoLines("6500000000084")
                .total("98.73")
                .authorised()
                .build();
        try (OrderRun run = OrderRun.of(wrong)) {
            awaitDisagreement(run.start());
            assertThat(run.retail.cases.open().getFirst().detail()).contains("98.74 USD", "98.73 USD");
            run.decides(Action.RETRY);
            awaitDisagreement(run);
            assertThat(run.retail.vendor.effects()).isEmpty();
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();

            run.retail.hears(SampleOrders.twoLines("6500000000084")
                    .version(wrong.version().plus(Duration.ofHours(1)))
                    .authorised()
                    .build());
            run.decides(Action.RETRY);
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).extracting(Case::code).containsOnly(FailureCode.ORDER_TOTALS_DISAGREE);
        }
    }

    @Test
    void anOrderWhoseTotalsDisagreeIsCalledOffWhereAPersonSaysSo() {
        Order wrong =
                SampleOrders.twoLines("6500000000085").total("98.73").paid().build();
        try (OrderRun run = OrderRun.of(wrong)) {
            awaitDisagreement(run.start());
            run.decides(Action.CANCEL);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).doesNotContain("announce", "release", "invoice");
            assertNothingIsLeft(run);
        }
    }

    private static void awaitDisagreement(OrderRun run) {
        run.await("the case", () -> run.retail.cases.open().size() == 1);
        assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.ORDER_TOTALS_DISAGREE);
    }

    @Test
    void whatNobodyCollectsGoesBackOnTheShelfAndTheCustomerIsTold() {
        try (OrderRun run = OrderRun.under(SamplePolicies.UNCOLLECTED, SampleOrders.pickup())) {
            run.start().reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
            run.passes(SamplePolicies.UNCOLLECTED.pickUpWithin());

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("tell " + run.order.id() + "/UNCOLLECTED");
            assertThat(operations(run)).contains("recall", "cancel", "withdraw").doesNotContain("invoice");
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whereThePolicyAsksAPersonGivesMoreTimeOrEndsIt() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            run.start().reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
            run.passes(SamplePolicies.STANDARD.pickUpWithin());
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.NOT_COLLECTED);
            run.decides(Action.RETRY);
            run.await("more time", () -> run.retail.cases.open().isEmpty());
            run.passes(SamplePolicies.STANDARD.pickUpWithin().minus(Duration.ofHours(1)));
            assertThat(run.retail.cases.open()).isEmpty();
            run.passes(Duration.ofHours(2));
            run.decides(Action.CANCEL);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    private static void ship(OrderRun run) {
        run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
        run.reports(1, FulfillmentStatus.SHIPPED);
    }

    private static void pickUp(OrderRun run) {
        run.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
        run.reports(1, FulfillmentStatus.PICKED_UP);
    }

    private static void cancelAtChannel(OrderRun run) {
        run.retail.hears(SampleOrders.twoLines(run.order.key().externalId())
                .cancelledAt(run.order.version().plus(Duration.ofHours(1)))
                .paid()
                .refunded()
                .build());
        run.wake("order");
    }

    private static void assertCompleted(OrderRun run, List<String> operations) {
        assertThat(run.result()).isEqualTo("COMPLETED");
        assertThat(operations(run)).containsExactlyInAnyOrderElementsOf(operations);
        assertNothingIsLeft(run);
    }

    private static Stream<String> operations(OrderRun run) {
        return run.retail.vendor.effects().stream().map(effect -> effect.substring(0, effect.indexOf(' ')));
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.running()).isFalse();
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.work.ofOrder(run.order.id()))
                .allMatch(work -> work.status().terminal());
    }

    /** What a killed process does: it says nothing any more. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
