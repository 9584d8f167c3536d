package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Claim;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.Reroute.Finding;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.Reroutes.Answering;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.fulfillment.StoreReport.Scope;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That work is to go elsewhere, and what is asked of its customer because of that. */
class ReroutesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId STORE = SampleFacilities.ST_HARBOR;
    private static final FacilityId OTHER = SampleFacilities.ST_DOWNTOWN;
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Finding FOUND = new Finding("nobody has it", List.of("ST-DOWNTOWN NO_STOCK"), Set.of(STORE));

    private final Reroutes reroutes = POSTGRES.database().reroutes();
    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();
    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Sku tee = Sku.of("REROUTE-" + NUMBERS.incrementAndGet());
    private OrderId order;
    private FulfillmentOrderId id;

    /** Three of the three tees that a store has; another has none. */
    @BeforeEach
    void release() {
        order = POSTGRES.stored(SampleOrder.fresh());
        inventory.record(new Movement(
                STORE,
                tee,
                3,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order + "/" + STORE,
                PostgresExtension.START));
        inventory.reserve(order, List.of(tees(3)), Set.of(STORE, OTHER));
        id = inventory
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        STORE, DeliveryMethod.SHIPPING, Optional.of("gid://1"), List.of(tees(3)))),
                                "nearest"))
                .orElseThrow()
                .getLast()
                .id();
        work.released(id, SampleAccounts.POS, "SQ-" + order, now().plus(Duration.ofHours(4)));
    }

    @Test
    void whatAStoreIsShortOfIsOpenedWithTheReportThatSaysSo() {
        take(new StoreReport.Shortage(Map.of("L1", 1), Ground.NOT_FOUND, Optional.empty()));

        FulfillmentOrderId rest = FulfillmentOrderId.of(order, 2);
        Reroute reroute = reroutes.latest(rest).orElseThrow();
        assertThat(reroute.id()).isEqualTo(RerouteId.of(rest, 1));
        assertThat(reroute.cause()).isEqualTo(RerouteCause.SHORT);
        assertThat(reroute.scope()).contains(Scope.ITEM);
        assertThat(reroute.lines()).containsExactly(tees(2));
        assertThat(reroute.status()).isEqualTo(RerouteStatus.OPENED);
        assertThat(reroute.finding().excluded()).containsExactly(STORE);
        assertThat(reroutes.latest(id)).isEmpty();
        assertThat(woken()).containsExactly("reroute/" + rest + "/1");
        assertThat(kinds()).containsOnlyOnce("reroute.opened");
    }

    @Test
    void aStoreThatHasNoRoomTellsAnotherCauseThanOneThatHasNoGoods() {
        take(new StoreReport.Rejection(Scope.GROUP, Set.of(), Ground.NO_CAPACITY, Optional.empty()));

        Reroute reroute = reroutes.latest(id).orElseThrow();
        assertThat(reroute.cause()).isEqualTo(RerouteCause.CAPACITY);
        assertThat(reroute.scope()).contains(Scope.GROUP);
        assertThat(reroute.lines()).containsExactly(tees(3));
    }

    @Test
    void whatItsFacilityRejectsWithAReasonCorrectsItsStockOnce() {
        work.observed(
                id,
                new WorkProgress(Optional.of(FulfillmentStatus.REJECTED), Optional.empty(), Optional.of("none left"))
                        .answering(FacilityAnswer.rejects(Ground.NOT_FOUND)),
                now(),
                Optional.empty());
        assertThat(work.get(id).explained()).isTrue();

        inventory.rejected(id, Ground.NOT_FOUND);
        inventory.rejected(id, Ground.NOT_FOUND);

        assertThat(balance(STORE).onHand()).isZero();
        assertThat(balance(STORE).reserved()).isZero();
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    @Test
    void thatItsFacilityKeepsItIsToldOnceAndEndsWithTheWork() {
        WorkProgress keeps = new WorkProgress(
                        Optional.of(FulfillmentStatus.ACKNOWLEDGED), Optional.empty(), Optional.empty())
                .answering(FacilityAnswer.keepsIt());
        work.observed(id, keeps, now(), Optional.empty());
        work.observed(id, keeps, now(), Optional.empty());

        assertThat(work.get(id).kept()).isTrue();
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("work.kept"))
                .hasSize(1);
    }

    @Test
    void anotherVersionOfItsOrderWakesAnOpenRerouteAndNoneThatHasEnded() {
        RerouteId open = reroutes.open(id, RerouteCause.SILENT).id();
        Order changed = POSTGRES.database().orders().find(order).orElseThrow();
        POSTGRES.database()
                .orders()
                .accept(
                        SampleOrder.of(changed.key())
                                .version(changed.version().plus(Duration.ofHours(1)))
                                .build(),
                        PersonalData.none(),
                        now());
        assertThat(names()).contains(open + "/version/2");

        reroutes.end(open, RerouteStatus.KEPT, FOUND, List.of());
        POSTGRES.database()
                .orders()
                .accept(
                        SampleOrder.of(changed.key())
                                .version(changed.version().plus(Duration.ofHours(2)))
                                .build(),
                        PersonalData.none(),
                        now());
        assertThat(names()).doesNotContain(open + "/version/3");
    }

    @Test
    void oneIsOpenAtATimeAndTheNextHasTheNextNumber() {
        Reroute first = reroutes.open(id, RerouteCause.SILENT);

        assertThat(reroutes.open(id, RerouteCause.CARRIER)).isEqualTo(first);
        reroutes.end(first.id(), RerouteStatus.KEPT, Finding.of("it was quicker"), List.of());
        assertThat(reroutes.open(id, RerouteCause.CARRIER).id()).isEqualTo(RerouteId.of(id, 2));
        assertThat(reroutes.ofOrder(order)).hasSize(2);
        assertThat(kinds().stream().filter("reroute.opened"::equals)).hasSize(2);
    }

    @Test
    void whoTakesWorkAwayIsWokenToLookForWhatBecameOfThat() {
        Reroute open = reroutes.open(id, RerouteCause.SILENT);
        POSTGRES.dispatched();
        EffectLedger effects = POSTGRES.database().effects();
        EffectKey key = effects.intend(SampleAccounts.POS, id.value(), "recall", "once");
        Claim claim = effects.claim(key, OutsideSystem.SQUARE, "recall", Duration.ofSeconds(20));
        effects.fail(key, ((Claim.Held) claim).token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);
        EffectRedrives redrives = POSTGRES.database().effectRedrives();
        EffectRedrives.Filter recalls =
                new EffectRedrives.Filter(Optional.of(SampleAccounts.POS), Optional.of("recall"));

        assertThat(redrives.redrive(recalls, "ada").left()).isEmpty();

        assertThat(POSTGRES.dispatched())
                .extracting(InboxMessage::subject)
                .filteredOn(subject -> subject.equals(open.id().workflowId()))
                .hasSize(1);
        reroutes.end(open.id(), RerouteStatus.KEPT, Finding.of("it was quicker"), List.of());
        POSTGRES.dispatched();
        redrives.redrive(recalls, "ada");
        assertThat(POSTGRES.dispatched())
                .extracting(InboxMessage::subject)
                .doesNotContain(open.id().workflowId());
    }

    @Test
    void whatHasEndedNeverChangesAndItsOrderIsWokenOnce() {
        RerouteId reroute = reroutes.open(id, RerouteCause.SILENT).id();
        reroutes.takenAway(reroute);
        FulfillmentOrderId next = FulfillmentOrderId.of(order, 2);
        reroutes.end(reroute, RerouteStatus.REROUTED, FOUND, List.of(next));
        Reroute ended = reroutes.get(reroute);

        reroutes.waits(reroute, Finding.of("later"), Optional.empty());
        reroutes.takenAway(reroute);
        reroutes.callOff(order);
        reroutes.end(reroute, RerouteStatus.KEPT, Finding.of("otherwise"), List.of());

        assertThat(reroutes.get(reroute)).isEqualTo(ended);
        assertThat(ended.replacedBy()).containsExactly(next);
        assertThat(ended.finding()).isEqualTo(FOUND);
        assertThat(POSTGRES.dispatched().stream()
                        .filter(message -> message.topic().equals("throughline/work"))
                        .map(InboxMessage::body))
                .containsOnlyOnce(id.value());
    }

    @Test
    void subscribersAreToldFromWhomToWhomItGoesWhyAndHowMuchOfIt() {
        RerouteId reroute = reroutes.open(id, RerouteCause.CARRIER).id();
        work.rejected(id, "taken away to be routed again");
        inventory.release(id, true);
        reroutes.takenAway(reroute);
        inventory.record(new Movement(
                OTHER,
                tee,
                3,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order + "/" + OTHER,
                PostgresExtension.START));
        FulfillmentOrderId next = inventory
                .allocateAgain(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        OTHER, DeliveryMethod.SHIPPING, Optional.of("gid://1"), List.of(tees(3)))),
                                "nearest"))
                .orElseThrow()
                .getLast()
                .id();
        reroutes.end(reroute, RerouteStatus.REROUTED, FOUND, List.of(next));

        Map<String, Object> part =
                Map.of("work", next.value(), "facility", OTHER.value(), "quantity", 3L, "sku", tee.value());
        assertThat(told(EventType.ORDER_REROUTED))
                .containsExactly(Map.of(
                        "order", order.value(),
                        "reroute", reroute.value(),
                        "work", id.value(),
                        "from", STORE.value(),
                        "cause", "CARRIER",
                        "lines", List.of(Map.of("quantity", 3L, "sku", tee.value())),
                        "parts", List.of(part)));
        assertThat(told(EventType.ORDER_ROUTED))
                .hasSize(2)
                .last()
                .isEqualTo(Map.of("order", order.value(), "units", 3L, "parts", List.of(part)));
    }

    private List<Map<String, Object>> told(EventType type) {
        return POSTGRES.database().trace().of(order.value()).stream()
                .filter(entry -> EventType.of(order.value(), entry.kind(), entry.detail())
                        .contains(type))
                .map(entry -> type.data(order.value(), entry.detail()))
                .toList();
    }

    @Test
    void anOfferIsAnsweredOnceAndTheSameAgainIsTheSame() {
        RerouteId reroute = offered();

        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-1"))
                .isInstanceOf(Answering.Taken.class);
        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-1"))
                .isInstanceOf(Answering.Taken.class);
        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-2"))
                .isEqualTo(new Answering.Refused("it is answered already", false));
        assertThat(answer(reroute, OfferChoice.CANCEL, Optional.empty(), "k-1")).isInstanceOf(Answering.Refused.class);

        assertThat(reroutes.get(reroute).status()).isEqualTo(RerouteStatus.ANSWERED);
        assertThat(kinds().stream().filter("reroute.answered"::equals)).hasSize(1);
    }

    @Test
    void whatIsNoChoiceOfTheOfferIsNoAnswer() {
        RerouteId reroute = offered();

        assertThat(answer(reroute, OfferChoice.WAIT, Optional.empty(), "k-1")).satisfies(ReroutesTest::isUnfit);
        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(STORE), "k-1"))
                .satisfies(ReroutesTest::isUnfit);
        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.empty(), "k-1"))
                .satisfies(ReroutesTest::isUnfit);
        assertThat(answer(RerouteId.of(id, 9), OfferChoice.CANCEL, Optional.empty(), "k-1"))
                .isEqualTo(new Answering.Unknown());
    }

    @Test
    void theDefaultCountsFromTheEndOnAndNotBefore() {
        RerouteId reroute = offered();
        reroutes.lapse(reroute);
        assertThat(reroutes.get(reroute).status()).isEqualTo(RerouteStatus.OFFERED);

        POSTGRES.clock().advance(Duration.ofDays(1));
        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-1"))
                .isInstanceOf(Answering.Refused.class);
        reroutes.lapse(reroute);

        assertThat(reroutes.get(reroute).offer().flatMap(Offer::answer).map(Offer.Answer::kind))
                .contains(OfferChoice.CANCEL);
        assertThat(reroutes.get(reroute).status()).isEqualTo(RerouteStatus.ANSWERED);
    }

    @RepeatedTest(5)
    void ofTwoAnswersAtOnceOneWins() throws InterruptedException, ExecutionException {
        RerouteId reroute = offered();

        List<Answering> answers = Together.run(
                2,
                number -> number == 0
                        ? answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-0")
                        : answer(reroute, OfferChoice.CANCEL, Optional.empty(), "k-1"));

        assertThat(answers).filteredOn(Answering.Taken.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Answering.Refused.class::isInstance)
                .containsExactly(new Answering.Refused("it is answered already", false));
    }

    @Test
    void anAnswerToAnOrderThatIsBeingCancelledIsRefused() {
        RerouteId reroute = offered();
        POSTGRES.database().orders().requestCancel(order, "ada", "not wanted");

        assertThat(answer(reroute, OfferChoice.OTHER_STORE, Optional.of(OTHER), "k-1"))
                .isEqualTo(new Answering.Refused("the order is being cancelled", false));
        reroutes.callOff(order);
        assertThat(reroutes.get(reroute).status()).isEqualTo(RerouteStatus.CALLED_OFF);
        assertThat(woken()).contains("reroute/" + id + "/1");
    }

    @Test
    void whatNobodyCanServeKeepsItsPlaceUntilSupplyIsExpectedAndWaitsThen() {
        work.rejected(id, "taken away to be routed again");
        inventory.release(id, true);
        Terms terms = new Terms(Set.of(OTHER), OnShortage.BACKORDER);

        assertThat(inventory.askAnew(order, List.of(tees(3)), List.of(tees(3)), terms))
                .isInstanceOf(Commitment.Refused.class);
        assertThat(unrouted().reserved()).isEqualTo(3);

        inventory.record(new Movement(
                OTHER,
                tee,
                2,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order + "/" + OTHER,
                PostgresExtension.START));
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .incomingSupply()
                .expect(new Expected(
                        new StockSource("erp", "po/" + order, 1), OTHER, tee, 5, now().plus(Duration.ofDays(3))));
        Commitment answer = inventory.askAnew(order, List.of(tees(3)), List.of(tees(3)), terms);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Commitment.Backordered.class,
                        waits -> assertThat(waits.waiting())
                                .extracting(Commitment.Waiting::units)
                                .containsExactly(1));
        assertThat(unrouted().reserved()).isEqualTo(2);
    }

    @Test
    void theDatabaseKeepsItsOwnWord() {
        RerouteId reroute = reroutes.open(id, RerouteCause.SILENT).id();

        assertThatThrownBy(() -> reroutes.end(reroute, RerouteStatus.REROUTED, FOUND, List.of()))
                .isInstanceOf(RuntimeException.class);
        assertThat(reroutes.get(reroute).ended()).isFalse();
    }

    private RerouteId offered() {
        RerouteId reroute = reroutes.open(id, RerouteCause.REJECTED).id();
        reroutes.takenAway(reroute);
        reroutes.offer(
                reroute,
                FOUND,
                new Offer(
                        List.of(
                                new Offer.Choice(OfferChoice.OTHER_STORE, List.of(OTHER)),
                                Offer.Choice.of(OfferChoice.CANCEL)),
                        OfferChoice.CANCEL,
                        now().plus(Duration.ofHours(24))));
        return reroute;
    }

    private Answering answer(RerouteId reroute, OfferChoice choice, Optional<FacilityId> store, String key) {
        return reroutes.answer(reroute, new Offer.Answer(choice, store, "shop", now()), key);
    }

    private static void isUnfit(Answering answering) {
        assertThat(answering)
                .isInstanceOfSatisfying(
                        Answering.Refused.class,
                        refused -> assertThat(refused.unfit()).isTrue());
    }

    private void take(StoreReport report) {
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .storeReports()
                .take(id, report, "device", status -> Optional.of(now().plus(Duration.ofHours(1))));
    }

    private Balance unrouted() {
        return balance(FacilityId.UNROUTED);
    }

    private Balance balance(FacilityId at) {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(at))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names() {
        return POSTGRES.dispatched().stream().map(InboxMessage::eventId).toList();
    }

    private List<String> woken() {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.topic().equals("throughline/reroute"))
                .map(InboxMessage::subject)
                .filter(subject -> subject.contains(order.value()))
                .distinct()
                .toList();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private LineQuantity tees(int units) {
        return new LineQuantity("L1", tee, units);
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
