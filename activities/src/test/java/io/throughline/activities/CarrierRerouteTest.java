package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.activities.fulfillment.LateLabels;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What follows where the carrier of a facility does not take what is packed there: another carrier, another facility, a person. */
class CarrierRerouteTest {
    private static final String USUAL = "label";
    private static final String OTHER = "label by express";

    @Test
    void anotherCarrierIsAskedForWhatTheFirstRefuses() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "TOO_HEAVY");
            packs(run, 1);
            run.awaitEffect(OTHER).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(parcel(run, 1).boughtFrom()).contains(SampleAccounts.EXPRESS);
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
        }
    }

    @Test
    void whatNoCarrierTakesAnotherFacilityShipsAndNobodyIsAsked() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            nobodyTakesIt(run);
            packs(run, 1);
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(RerouteCause.CARRIER);
            assertThat(facility(run, 2)).isNotEqualTo(facility(run, 1));
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.VOIDED);
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        }
    }

    /** They would be told the same, so it would go in circles. */
    @Test
    void itGoesToNobodyWhomTheSameCarriersServe() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.facilities.labelledBy(SampleFacilities.WH_WEST, SampleAccounts.EXPRESS);
            run.retail.facilities.labelledBy(SampleFacilities.ST_HARBOR, SampleAccounts.CARRIER);
            nobodyTakesIt(run);
            packs(run, 1);
            run.awaitReroute(1, RerouteStatus.REROUTED);

            assertThat(run.retail
                            .reroutes
                            .latest(run.work(1))
                            .orElseThrow()
                            .finding()
                            .excluded())
                    .contains(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST, SampleFacilities.ST_HARBOR);
            assertThat(facility(run, 2)).isIn(SampleFacilities.ST_DOWNTOWN, SampleFacilities.ST_DUBLIN);
        }
    }

    @Test
    void whereNobodyElseCanItStaysPackedAndAPersonDecides() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            SampleFacilities.ALL_IDS.forEach(
                    facility -> run.retail.facilities.labelledBy(facility, SampleAccounts.CARRIER));
            nobodyTakesIt(run);
            packs(run, 1);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            Case open = run.retail.cases.open().getFirst();
            assertThat(open.code()).isEqualTo(FailureCode.CARRIER_REFUSED);
            assertThat(open.detail())
                    .contains(
                            "parcel-northwind: ADDRESS_NOT_SERVED", "express: ADDRESS_NOT_SERVED", run.work(1) + "-P1");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.PACKED);

            run.decides(Action.RETRY).awaitEffect(USUAL).reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    /** By its till, without a label of ours: nobody has to decide about that any more. */
    @Test
    void whatLeavesWhileAPersonIsAskedAboutItsLabelIsHeardOf() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            SampleFacilities.ALL_IDS.forEach(
                    facility -> run.retail.facilities.labelledBy(facility, SampleAccounts.CARRIER));
            nobodyTakesIt(run);
            packs(run, 1);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    /** The policy lets an order be given back once. */
    @Test
    void whatWasGivenBackTooOftenIsAPersonsToDecide() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.reports(1, FulfillmentStatus.REJECTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.retail.facilities.labelledBy(facility(run, 2), SampleAccounts.CARRIER);
            nobodyTakesIt(run);
            packs(run, 2);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.CARRIER_REFUSED);
            assertThat(run.retail.reroutes.latest(run.work(2))).isEmpty();
        }
    }

    @Test
    void aCarrierThatDoesNotAnswerIsPassedOverAfterItsTime() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.vendor.goesDown(USUAL);
            packs(run, 1);
            awaitFailure(run);
            run.passes(Duration.ofMinutes(40));
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith(USUAL));
            run.passes(Duration.ofMinutes(25)).awaitEffect(OTHER).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith(USUAL + " O-"));
            assertThat(passedOver(run)).as("nobody waits for it any more").isEqualTo(State.GIVEN_UP);
            assertThat(run.retail.ledger.unclear(SampleAccounts.CARRIER, USUAL, 9))
                    .as("it was never reached, so nothing can be there")
                    .isEmpty();
        }
    }

    @Test
    void whatACarrierMayHaveSoldUnheardIsLeftToAPersonWhomNobodyWaitsFor() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.vendor.losesReplyAndGoesDown(USUAL);
            packs(run, 1);
            awaitFailure(run);
            run.passes(Duration.ofMinutes(65)).awaitEffect(OTHER).reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.open())
                    .singleElement()
                    .satisfies(left -> assertThat(left.code()).isEqualTo(FailureCode.LABEL_NOT_VOIDED))
                    .satisfies(left -> assertThat(left.detail()).contains("parcel-northwind may have sold a label"));
            assertThat(passedOver(run)).as("it does not count as under way").isEqualTo(State.GIVEN_UP);

            assertThatThrownBy(() -> looksForLateLabels(run, Duration.ZERO))
                    .as("it still does not answer")
                    .isInstanceOf(SystemFailure.class);
            run.retail.vendor.comesBack();
            looksForLateLabels(run, Duration.ZERO);
            looksForLateLabels(run, Duration.ofDays(1));
            assertThat(run.retail.vendor.effects())
                    .as("what it sold after all is given back, once")
                    .filteredOn(effect -> effect.startsWith("void "))
                    .singleElement()
                    .satisfies(effect -> assertThat(effect).startsWith("void LABEL-"));
            assertThat(run.retail.cases.open()).as("nobody need look any more").isEmpty();
            assertThat(passedOver(run)).isEqualTo(State.GIVEN_UP);
            assertThat(run.retail.parcels.ofWork(run.work(1)))
                    .extracting(Parcel::status)
                    .as("its own label is not touched")
                    .doesNotContain(ParcelStatus.VOIDED);
        }
    }

    /** Its answer comes late, and is no: an hour after it was given up nothing is on its way any more. */
    @Test
    void whoHasSoldNothingIsLookedAtUntilNothingCanCome() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.vendor.goesOut(USUAL);
            packs(run, 1);
            awaitFailure(run);
            run.passes(Duration.ofMinutes(65)).awaitEffect(OTHER).reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            run.retail.vendor.comesBack();

            looksForLateLabels(run, Duration.ofMinutes(50));
            assertThat(run.retail.cases.open()).as("it may still come").hasSize(1);
            looksForLateLabels(run, Duration.ofHours(3));
            assertThat(run.retail.cases.open()).isEmpty();
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("void "));
            assertThat(run.retail.ledger.unclear(SampleAccounts.CARRIER, USUAL, 9))
                    .isEmpty();
        }
    }

    /** So long after the usual carrier was given up. */
    private static void looksForLateLabels(OrderRun run, Duration later) {
        new LateLabels(
                        run.retail.effects,
                        run.retail.ledger,
                        run.retail.steps,
                        run.retail.orders,
                        run.retail.carrier,
                        run.retail.parcels,
                        run.retail.returns,
                        run.retail.gate,
                        Clock.fixed(asked(run).changedAt().plus(later), ZoneOffset.UTC))
                .look(SampleAccounts.CARRIER);
    }

    private static State passedOver(OrderRun run) {
        return asked(run).state();
    }

    private static EffectLedger.Effect asked(OrderRun run) {
        return run.retail.ledger.ofSubject(parcel(run, 1).id().value()).stream()
                .filter(effect -> effect.key().account().equals(SampleAccounts.CARRIER)
                        && effect.key().operation().equals("label"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereNoCarrierAnswersAnotherFacilityShipsIt() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            run.retail.vendor.goesDown(USUAL);
            run.retail.vendor.goesDown(OTHER);
            packs(run, 1);
            awaitFailure(run);
            run.passes(Duration.ofHours(2)).awaitReroute(1, RerouteStatus.REROUTED);
            run.awaitStatus(2, FulfillmentStatus.RELEASED).reports(2, FulfillmentStatus.SHIPPED);

            run.retail.vendor.comesBack();
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    /** What was recorded under it is not handled otherwise today. */
    @Test
    void byAVersionThatSaysNothingOfCarriersAPersonDecides() {
        try (OrderRun run = packing(SamplePolicies.REROUTING)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "TOO_HEAVY");
            packs(run, 1);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.CARRIER_REFUSED);
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith(OTHER));
        }
    }

    @Test
    void processesThatStartAgainInBetweenEndTheSame() {
        try (OrderRun run = packing(SamplePolicies.CARRYING)) {
            nobodyTakesIt(run);
            run.retail.vendor.goesDown("recall");
            packs(run, 1);
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.startAgainWith(
                    run.retail.reroutes.latest(run.work(1)).orElseThrow().id());
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
        }
    }

    private static OrderRun packing(OrderPolicy policy) {
        OrderRun run = OrderRun.under(policy, SampleOrders.authorisedOnly());
        run.retail.facilities.labelledBy(SampleFacilities.WH_EAST, SampleAccounts.CARRIER);
        return run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static void nobodyTakesIt(OrderRun run) {
        run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
        run.retail.vendor.refuses(OTHER, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
    }

    private static void packs(OrderRun run, int ordinal) {
        // The channel has told nothing of its customer.
        run.retail.people.put(run.order.customer(), SamplePeople.ADA);
        run.retail.parcels.pack(
                run.work(ordinal), run.retail.work.get(run.work(ordinal)).lines());
        run.reports(ordinal, FulfillmentStatus.PACKED);
    }

    /** Its time runs from then on. */
    private static void awaitFailure(OrderRun run) {
        run.await(
                "its label to fail",
                () -> run.retail.ledger.ofSubject(parcel(run, 1).id().value()).stream()
                        .anyMatch(effect -> effect.firstFailedAt().isPresent()));
    }

    private static Parcel parcel(OrderRun run, int ordinal) {
        return run.retail.parcels.ofWork(run.work(ordinal)).getFirst();
    }

    private static FacilityId facility(OrderRun run, int ordinal) {
        return run.retail.work.get(run.work(ordinal)).facility();
    }
}
