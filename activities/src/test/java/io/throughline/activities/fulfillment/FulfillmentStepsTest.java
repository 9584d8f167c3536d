package io.throughline.activities.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingRetail;
import io.throughline.activities.call.Checkpoints.Point;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.AmendedPerson;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.FulfillmentSteps;
import io.throughline.workflows.fulfillment.RerouteSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FulfillmentStepsTest {
    private static final String POLICY = "standard-1";

    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(Instant.parse("2026-11-23T08:00:00Z")));
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final FulfillmentOrderId work = FulfillmentOrderId.of(order.id(), 1);
    private FulfillmentSteps steps;
    private RerouteSteps rerouting;

    @BeforeEach
    void release() {
        environment.registerActivitiesImplementations(retail.activities());
        steps = environment.newActivityStub(FulfillmentSteps.class);
        rerouting = environment.newActivityStub(RerouteSteps.class);
        retail.inventory
                .stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 9)
                .stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 9);
        retail.hears(order);
        retail.channel.accept(order.id());
        retail.own.screen(order.id(), POLICY);
        retail.own.allocate(order.id());
        retail.fulfillment.assign(work);
        retail.fulfillment.release(work, POLICY);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    /** A run that is reset while it asks for the work may see it come back before it asks again. */
    @Test
    void aRecallWhoseReplyWasLostIsKnownOnceTheWorkIsSeenToHaveComeBack() {
        retail.orders.requestCancel(order.id(), "ada", "by telephone");
        retail.vendor.losesReply("recall");
        assertThatThrownBy(() -> steps.recall(work)).isInstanceOf(ActivityFailure.class);
        retail.facilitySystem.report(work, FulfillmentStatus.CANCELLED);
        retail.work.hintAll(order.id());

        assertThat(steps.observe(work, POLICY).status()).isEqualTo(FulfillmentStatus.CANCELLED);

        assertThat(recall()).map(EffectLedger.Effect::state).contains(EffectLedger.State.SUCCEEDED);
        assertThat(retail.vendor.effects()).containsOnlyOnce("recall " + work);
    }

    /** News of work that nobody knows is forgotten after some seconds, and who has done it does not say so again. */
    @Test
    void whatWasGivenOutBeforeADeathIsReadOnceThatIsWrittenDown() {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
        AtomicBoolean died = new AtomicBoolean();
        TestingRetail dying =
                new TestingRetail(clock, (workflow, step, about, code, opened) -> {}, (point, system, operation) -> {
                    if (point == Point.AFTER_COMMIT && operation.equals("release") && died.compareAndSet(false, true)) {
                        throw new IllegalStateException("the worker dies here");
                    }
                });
        dying.inventory
                .stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 9)
                .stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 9);
        dying.hears(order);
        dying.channel.accept(order.id());
        dying.own.screen(order.id(), POLICY);
        dying.own.allocate(order.id());
        dying.fulfillment.assign(work);
        TestActivityEnvironment worker = TestActivityEnvironment.newInstance();
        worker.registerActivitiesImplementations(dying.activities());
        FulfillmentSteps dyingSteps = worker.newActivityStub(FulfillmentSteps.class);
        assertThatThrownBy(() -> dyingSteps.release(work, POLICY)).isInstanceOf(ActivityFailure.class);
        assertThat(died).isTrue();
        assertThat(dying.work.get(work).status()).isEqualTo(FulfillmentStatus.ALLOCATED);
        dying.facilitySystem.report(work, FulfillmentStatus.SHIPPED);

        dyingSteps.release(work, POLICY);

        assertThat(dying.vendor.effects()).containsOnlyOnce("release " + work);
        assertThat(dyingSteps.observe(work, POLICY).status()).isEqualTo(FulfillmentStatus.SHIPPED);
        worker.close();
        assertThat(retail.work.get(work).hinted())
                .as("given out without a death")
                .isFalse();
    }

    @Test
    void aBundleIsTakenFromTheShelfInItsParts() {
        TestingRetail bundling = TestingRetail.bundling(
                new SettableClock(Instant.parse("2026-11-23T08:00:00Z")),
                sku -> sku.equals(SampleOrders.CAP)
                        ? List.of(new Part(SampleOrders.MUG, 1), new Part(SampleOrders.BAG, 2))
                        : List.of(new Part(sku, 1)));
        List.of(SampleOrders.TEE, SampleOrders.CAP, SampleOrders.MUG, SampleOrders.BAG)
                .forEach(sku -> bundling.inventory.stock(SampleFacilities.WH_EAST, sku, 9));
        bundling.hears(order);
        bundling.channel.accept(order.id());
        bundling.own.screen(order.id(), POLICY);
        bundling.own.allocate(order.id());
        bundling.fulfillment.assign(work);

        bundling.fulfillment.release(work, POLICY);

        assertThat(bundling.facilitySystem.askedFor(work))
                .extracting(LineQuantity::sku, LineQuantity::quantity)
                .containsExactly(tuple(SampleOrders.TEE, 2), tuple(SampleOrders.MUG, 1), tuple(SampleOrders.BAG, 2));
    }

    @Test
    void eachParcelGetsItsLabelOnceAlsoWhenAReplyWasLost() {
        packTwoParcels();
        retail.vendor.losesReply("label");

        assertThatThrownBy(() -> steps.buyLabels(work)).isInstanceOf(ActivityFailure.class);
        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects())
                .filteredOn(effect -> effect.startsWith("label"))
                .containsExactlyInAnyOrder("label " + work + "-P1", "label " + work + "-P2");
        assertThat(retail.parcels.ofWork(work))
                .allMatch(parcel -> parcel.status() == ParcelStatus.LABELLED
                        && parcel.boughtFrom().equals(Optional.of(SampleAccounts.CARRIER)));
        assertThat(steps.observe(work, POLICY).labelsToBuy()).isFalse();
    }

    @Test
    void aLabelThatIsRefusedIsACaseAndCanBeLeftToTheFacility() {
        packTwoParcels();
        retail.vendor.refuses("label", FailureCode.CARRIER_REFUSED, "too heavy");

        StepResult refused = steps.buyLabels(work);

        assertThat(refused.code()).isEqualTo(FailureCode.CARRIER_REFUSED);
        Case open = retail.cases.open().getFirst();
        assertThat(open.detail()).contains("too heavy");
        retail.cases.decide(open.id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.done());
        assertThat(retail.parcels.ofWork(work)).allMatch(parcel -> parcel.status() == ParcelStatus.UNLABELLED);
        assertThat(retail.vendor.effects()).noneMatch(effect -> effect.startsWith("label"));
    }

    /** The address is another by the decision itself; the reply of the first label that is bought for it is lost. */
    @Test
    void aLabelIsAskedForAgainByTheAmendedAddressAndBoughtOnce() {
        packTwoParcels();
        retail.vendor.refuses("label", FailureCode.CARRIER_REFUSED, "ADDRESS_INCOMPLETE");
        assertThat(steps.buyLabels(work).code()).isEqualTo(FailureCode.CARRIER_REFUSED);
        Case open = retail.cases.open().getFirst();
        PersonalData before = retail.people.find(order.customer()).orElseThrow();
        retail.people.put(order.customer(), AmendedPerson.with(before, Map.of("shipToStreet", "12 Canary Row")));
        retail.cases.decide(open.id(), Action.AMEND_AND_RETRY, Map.of("shipToStreet", "AM-1"));
        retail.vendor.losesReply("label");

        assertThatThrownBy(() -> steps.buyLabels(work)).isInstanceOf(ActivityFailure.class);
        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.carrier.addresses().values())
                .hasSize(2)
                .allSatisfy(address -> assertThat(address.street()).contains("12 Canary Row"));
        assertThat(retail.vendor.effects())
                .filteredOn(effect -> effect.startsWith("label"))
                .containsExactlyInAnyOrder("label " + work + "-P1", "label " + work + "-P2");
    }

    @Test
    void ofAnAccountInShadowNoLabelIsBoughtAndTheFacilityLabelsByItself() {
        packTwoParcels();
        retail.accounts.mode(SampleAccounts.CARRIER, EffectMode.SHADOW);

        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).noneMatch(effect -> effect.startsWith("label"));
        assertThat(steps.observe(work, POLICY).labelsToBuy()).isFalse();
    }

    @Test
    void aLabelThatIsNotTakenBackHoldsNothingUp() {
        packTwoParcels();
        steps.buyLabels(work);
        retail.vendor.refuses("void", FailureCode.LABEL_NOT_VOIDED, "it is on its way");

        assertThat(steps.voidLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.parcels.ofWork(work))
                .extracting(Parcel::status)
                .containsExactly(ParcelStatus.LABELLED, ParcelStatus.VOIDED);
        assertThat(retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.LABEL_NOT_VOIDED);
    }

    @Test
    void eachLabelThatIsNotTakenBackIsACaseOfItsOwn() {
        packTwoParcels();
        steps.buyLabels(work);
        retail.vendor.refuses("void", FailureCode.LABEL_NOT_VOIDED, "it is on its way");
        retail.vendor.refuses("void", FailureCode.LABEL_NOT_VOIDED, "it is on its way");

        assertThat(steps.voidLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.cases.open())
                .extracting(Case::step)
                .containsExactlyInAnyOrder("carrier.label-left " + work + "-P1", "carrier.label-left " + work + "-P2");
    }

    /** Another attempt is buying it at that very moment, and its worker tells nobody. */
    @Test
    void aLabelThatIsJustBeingBoughtWhenItIsVoidedIsLookedForAndGivenBack() {
        packTwoParcels();
        String parcel = work + "-P1";
        EffectKey key = retail.ledger.intend(SampleAccounts.CARRIER, parcel, "label", "once");
        EffectLedger.Claim.Held held = (EffectLedger.Claim.Held)
                retail.ledger.claim(key, OutsideSystem.CARRIER, "label " + parcel, Duration.ofSeconds(20));

        assertThat(steps.voidLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.LABEL_NOT_VOIDED);
        assertThat(retail.ledger.unclear(SampleAccounts.CARRIER, "label", 9))
                .extracting(EffectLedger.Effect::key)
                .containsExactly(key);
        assertThat(retail.ledger.succeed(key, held.token(), new Receipt("late", Map.of())))
                .as("whoever was at it is told so")
                .isFalse();
    }

    @Test
    void noLabelIsBoughtOfWhatIsToGoElsewhereAndWhatWasBoughtIsGivenBack() {
        packTwoParcels();
        retail.reroutes.open(work, RerouteCause.CARRIER);

        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.waiting());
        retail.work.rejected(work, "taken away to be routed again");
        assertThat(steps.buyLabels(work)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).noneMatch(effect -> effect.startsWith("label"));
        assertThat(steps.observe(work, POLICY).labelsToVoid()).isTrue();
        steps.voidLabels(work);
        assertThat(steps.observe(work, POLICY).labelsToVoid()).isFalse();
    }

    private void packTwoParcels() {
        retail.facilities.labelledBy(SampleFacilities.WH_EAST, SampleAccounts.CARRIER);
        retail.people.put(order.customer(), SamplePeople.ADA);
        List<LineQuantity> lines = retail.work.get(work).lines();
        retail.parcels.pack(work, lines.subList(0, 1));
        retail.parcels.pack(work, lines.subList(1, lines.size()));
        retail.work.report(work, FulfillmentStatus.PACKED);
        assertThat(steps.observe(work, POLICY).labelsToBuy()).isTrue();
    }

    @Test
    void aPauseThatComesDuringTheReleaseTakesTheWorkAwayAsWell() {
        pause();

        assertThat(retail.fulfillment.release(work, POLICY).result().verdict()).isEqualTo(StepResult.Verdict.REROUTE);
    }

    @Test
    void whatTheStoreHasPackedMeanwhileAPauseDoesNotTakeAway() {
        pause();
        retail.work.report(work, FulfillmentStatus.PACKED);

        assertThat(retail.fulfillment.reroute(work).verdict()).isEqualTo(StepResult.Verdict.WAITING);
        RerouteId reroute = retail.reroutes.latest(work).orElseThrow().id();
        rerouting.takeAway(reroute);

        assertThat(retail.reroutes.get(reroute).status()).isEqualTo(RerouteStatus.KEPT);
        assertThat(retail.work.ofOrder(order.id()))
                .extracting(FulfillmentOrder::status)
                .containsExactly(FulfillmentStatus.PACKED);
        assertThat(retail.vendor.effects()).doesNotContain("recall " + work);
    }

    @Test
    void whatTheStoreHasBegunAndNotPackedAPauseTakesAway() {
        retail.work.report(work, FulfillmentStatus.PICKING);
        pause();

        assertThat(retail.fulfillment.reroute(work).verdict()).isEqualTo(StepResult.Verdict.WAITING);
        Reroute reroute = retail.reroutes.latest(work).orElseThrow();
        assertThat(reroute.cause()).isEqualTo(RerouteCause.PAUSED);
        rerouting.takeAway(reroute.id());

        assertThat(retail.work.get(work).withdrawn()).isTrue();
        assertThat(retail.vendor.effects()).contains("recall " + work);
    }

    /** As the database keeps it, too; here its clock is not stopped, so that what the step does is seen. */
    @Test
    void nobodyIsLateWhileItsFacilityIsPausedAndKeepsTheWork() {
        retail.work.report(work, FulfillmentStatus.ACKNOWLEDGED);
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        retail.pauses.pause(
                new Pause(SampleFacilities.WH_EAST, OpenWork.WAIT, Optional.of(until), "ada"), "stocktaking");
        Instant late = Instant.parse("2026-01-01T00:00:00Z");
        retail.work.extend(work, late);

        assertThat(steps.review(work, POLICY, late)).isEqualTo(StepResult.done());

        assertThat(retail.work.get(work).deadline().orElseThrow()).isAfter(late);
        assertThat(retail.reroutes.latest(work)).isEmpty();
        assertThat(retail.cases.all()).isEmpty();
    }

    /** What a step answered can be lost on its way to the process, which then asks again from further back. */
    @Test
    void whatAPauseTookAwayIsNoQuestionForAPersonWhenItIsSeenAgain() {
        pause();
        retail.fulfillment.reroute(work);
        RerouteId reroute = retail.reroutes.latest(work).orElseThrow().id();
        rerouting.takeAway(reroute);
        assertThat(rerouting.place(reroute).verdict()).isEqualTo(StepResult.Verdict.PARKED);

        assertThat(steps.review(work, POLICY, null).verdict()).isEqualTo(StepResult.Verdict.WAITING);
        assertThat(retail.fulfillment.reroute(work).verdict()).isEqualTo(StepResult.Verdict.WAITING);
        assertThat(rerouting.place(reroute).verdict()).isEqualTo(StepResult.Verdict.PARKED);
        assertThat(retail.reroutes.ofOrder(order.id())).hasSize(1);

        assertThat(retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.NO_FACILITY);
    }

    private void pause() {
        retail.pauses.pause(new Pause(SampleFacilities.WH_EAST, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
    }

    private Optional<EffectLedger.Effect> recall() {
        return retail.ledger.ofSubject(work.value()).stream()
                .filter(effect -> effect.key().operation().equals("recall"))
                .findFirst();
    }
}
