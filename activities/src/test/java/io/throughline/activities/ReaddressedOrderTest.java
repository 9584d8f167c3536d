package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An order whose customer's address becomes another while it is carried out. */
class ReaddressedOrderTest {
    @Test
    void whatIsPackedIsTakenBackAndGivenOutAgainWithALabelToTheNewAddress() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            packs(run, 1);
            run.awaitEffect("label");

            goesTo(run, "9 Other Street", "10001");
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            Reroute reroute = run.retail.reroutes.latest(run.work(1)).orElseThrow();
            assertThat(reroute.cause()).isEqualTo(RerouteCause.ADDRESS);
            FulfillmentOrder first = run.retail.work.get(run.work(1));
            assertThat(first.reason()).contains(FulfillmentOrder.READDRESSED);
            assertThat(run.retail.work.get(run.work(2)).facility())
                    .as("it has not failed, so it may do it again")
                    .isEqualTo(first.facility());
            packs(run, 2);
            run.await(
                    "the label of the new one",
                    () -> run.retail.parcels.ofWork(run.work(2)).stream()
                            .anyMatch(parcel -> parcel.status() == ParcelStatus.LABELLED));
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.parcels.ofWork(run.work(1)).getFirst().status())
                    .isEqualTo(ParcelStatus.VOIDED);
            assertNothingIsLeft(run);
        }
    }

    /** The same update comes twice, and is read once more. */
    @Test
    void theSameAddressAgainIsNoNews() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            packs(run, 1);
            goesTo(run, "9 Other Street", "10001");
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);

            run.retail.shop.isFor(at("9 Other Street", "10001"));
            run.wake("channel").passes(Duration.ofMinutes(1));
            run.wake("channel").passes(Duration.ofMinutes(1));

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            packs(run, 2);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Its label is bought when it is packed, to the address of then. */
    @Test
    void whatIsNotLabelledYetStaysWhereItIsForAnotherHouseInTheSameStreet() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            goesTo(run, "2 Main Street", "02139");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            assertThat(run.retail.orders.changes().readdressed(run.order.id())).isEmpty();

            packs(run, 1);
            run.awaitEffect("label").reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Nobody may serve the new place as the one that has it; who labels by itself must be told in any case. */
    @Test
    void whatNobodyHasPackedGoesToWhoeverServesTheNewPlace() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            goesTo(run, "1 Main Street", "94016");
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** The channel has reckoned taxes and delivery anew: it is invoiced as it is now, and what is owed since is asked about. */
    @Test
    void whatItComesToByTheNewAddressIsInvoicedAndAskedFor() {
        String number = "6500000000450";
        try (OrderRun run = released(
                SamplePolicies.FOLLOWING, SampleOrders.twoLines(number).paid().build())) {
            Order dearer = SampleOrders.twoLines(number)
                    .shipping("1.00")
                    .tender(run.order.tenders().getFirst())
                    .version(run.order.version().plusSeconds(90))
                    .build();
            run.retail.shop.put(dearer);
            goesTo(run, "1 Main Street", "94016");
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            run.await(
                    "what is owed",
                    () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.PAYMENT_MISSING));
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.erp.invoice(run.work(2) + "/invoice").total())
                    .isEqualTo(dearer.total().shop());
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatHasLeftIsAPersonsToSeeToAndToldOnce() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            run.retail.vendor.goesDown("invoice");
            run.reports(1, FulfillmentStatus.SHIPPED).awaitEffect("capture");
            goesTo(run, "9 Other Street", "10001");
            run.wake("channel").passes(Duration.ofMinutes(1));

            assertTold(run, "it has left " + run.retail.work.get(run.work(1)).facility());
            run.retail.vendor.comesBack();
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertTold(run, "it has left");
        }
    }

    /** Its facility ships while it is asked for it back. */
    @Test
    void whoIsQuickerKeepsItAndAPersonIsTold() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            packs(run, 1);
            run.awaitEffect("label");
            run.retail.vendor.refuses("recall", FailureCode.FACILITY_REFUSED, "it is gone");
            run.retail.vendor.goesDown("invoice");
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            goesTo(run, "9 Other Street", "10001");
            run.awaitReroute(1, RerouteStatus.KEPT);

            assertTold(run, "was quicker");
            run.retail.vendor.comesBack();
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void byAVersionThatSaysNothingOfItNothingFollows() {
        try (OrderRun run = released(SamplePolicies.STANDARD)) {
            packs(run, 1);
            run.awaitEffect("label");
            goesTo(run, "9 Other Street", "94016");

            assertThat(run.retail.reroutes.ofOrder(run.order.id())).isEmpty();
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void anotherRunOfBothProcessesEndsTheSame() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING)) {
            packs(run, 1);
            run.awaitEffect("label");
            run.retail.vendor.goesDown("recall");
            goesTo(run, "9 Other Street", "10001");
            run.await("a reroute", () -> run.retail.reroutes.latest(run.work(1)).isPresent());
            run.startAgainWith(
                    run.retail.reroutes.latest(run.work(1)).orElseThrow().id());
            run.retail.vendor.comesBack();
            run.awaitReroute(1, RerouteStatus.REROUTED).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.reroutes.ofOrder(run.order.id())).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    private static OrderRun released(OrderPolicy policy) {
        return released(policy, SampleOrders.authorisedOnly());
    }

    private static OrderRun released(OrderPolicy policy, Order order) {
        OrderRun run = OrderRun.under(policy, order);
        SampleFacilities.ALL_IDS.forEach(id -> run.retail.facilities.labelledBy(id, SampleAccounts.CARRIER));
        run.retail.shop.isFor(SamplePeople.ADA);
        return run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static void packs(OrderRun run, int ordinal) {
        run.retail.parcels.pack(
                run.work(ordinal), run.retail.work.get(run.work(ordinal)).lines());
        run.reports(ordinal, FulfillmentStatus.PACKED).awaitStatus(ordinal, FulfillmentStatus.PACKED);
    }

    /** Until it is read; the address itself is with the personal data only. */
    private static void goesTo(OrderRun run, String street, String postalCode) {
        PersonalData now = at(street, postalCode);
        run.retail.shop.isFor(now);
        run.wake("channel")
                .await(
                        "it is read",
                        () -> run.retail.people.find(run.order.customer()).equals(Optional.of(now)));
        run.passes(Duration.ofSeconds(5));
    }

    private static PersonalData at(String street, String postalCode) {
        PersonalData ada = SamplePeople.ADA;
        PostalAddress before = ada.shipTo().orElseThrow();
        return new PersonalData(
                ada.name(),
                ada.email(),
                ada.phone(),
                Optional.of(new PostalAddress(
                        before.name(),
                        Optional.of(street),
                        before.city(),
                        before.province(),
                        Optional.of(postalCode),
                        before.country(),
                        before.phone())),
                ada.billTo());
    }

    private static void assertTold(OrderRun run, String why) {
        assertThat(run.retail.cases.all().stream()
                        .filter(one -> one.code() == FailureCode.ADDRESS_CHANGED)
                        .toList())
                .singleElement()
                .matches(told -> told.status() == CaseStatus.OPEN)
                .extracting(Case::detail)
                .asString()
                .contains(why)
                .doesNotContain("Street");
    }
}
