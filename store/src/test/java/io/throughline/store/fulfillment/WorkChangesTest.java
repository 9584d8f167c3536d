package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkChanges.MovedPart;
import io.throughline.domain.fulfillment.WorkChanges.Readdressed;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHold.Source;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What has changed of a store's work at its channel: the address that it goes to, and where it lies. */
class WorkChangesTest extends StoreReportsFixture {
    private static final String STREET = "77 Canary Wharf";

    private final WorkChanges changes = POSTGRES.database().workChanges();
    private final Orders orders = POSTGRES.database().orders();
    private final Reroutes reroutes = POSTGRES.database().reroutes();

    @Test
    void anotherAddressIsAFactOfTheWorkThatIsThereAndIsToldWithoutIt() {
        reads(version(1), ada());
        assertThat(changes.readdressed(order)).as("what was known first").isEmpty();
        reads(version(2), at(STREET, "07102"));
        reads(version(3), at(STREET, "07102"));

        Readdressed change = new Readdressed(id, 1, false);
        assertThat(changes.readdressed(order)).containsExactly(change);
        assertThat(trace().stream().map(TraceEntry::kind)).containsOnlyOnce("order.readdressed");
        assertThat(trace().toString()).doesNotContain("Canary", "07102");

        changes.settled(change);
        assertThat(changes.readdressed(order)).isEmpty();
        reads(version(4), at("1 Analytical Way", "10001"));
        assertThat(changes.readdressed(order)).containsExactly(new Readdressed(id, 2, true));
        changes.settled(change);
        assertThat(changes.readdressed(order))
                .as("settled by what was known before")
                .hasSize(1);
    }

    @Test
    void whoIsGivenItAfterwardsIsGivenItByTheNewAddress() {
        reads(version(1), ada());
        reads(version(2), at(STREET, "07102"));
        work.rejected(id, FulfillmentOrder.READDRESSED);
        inventory.release(id, true);
        FulfillmentOrderId later = allocate(OTHER, tees(3));
        assertThat(changes.readdressed(order)).containsExactly(new Readdressed(id, 1, false));

        changes.settled(new Readdressed(id, 1, false));
        reads(version(3), at(STREET, "10001"));
        assertThat(changes.readdressed(order))
                .as("nobody has the first any more")
                .containsExactly(new Readdressed(later, 1, true));
    }

    /** The work that waits for its label has not gone out with the address of before. */
    @Test
    void anAmendedAddressIsAFactOfOtherWorkThanWhatItWasAmendedFor() {
        reads(version(1), ada());
        amendsStreetAt("carrier.label " + id);
        assertThat(changes.readdressed(order)).isEmpty();
        assertThat(readAnew()).as("it concerns no other work").isEmpty();

        reads(version(2), ada());
        assertThat(changes.readdressed(order))
                .as("the channel says what it said")
                .isEmpty();
        amendsStreetAt("carrier.label " + order + "-F9");
        assertThat(changes.readdressed(order)).containsExactly(new Readdressed(id, 1, false));
        assertThat(readAnew()).as("who follows it does so with a reading").hasSize(1);
        assertThat(trace().stream().map(TraceEntry::kind)).containsOnlyOnce("order.readdressed");
        assertThat(trace().toString()).doesNotContain("Canary");
    }

    private void amendsStreetAt(String step) {
        Case refused = POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, order.value(), step, FailureCode.CARRIER_REFUSED, "ADDRESS_INCOMPLETE");
        Amendment kept = POSTGRES.database()
                .amendments()
                .keep(refused.id(), Map.of("shipToStreet", "2 Canary Row, " + step), "ada");
        POSTGRES.database()
                .interventions()
                .decide(
                        refused.id(),
                        new Decision(Action.AMEND_AND_RETRY, "ada", true, Optional.empty(), kept.kept(), now()));
    }

    /** A channel tells its times in whole seconds. */
    @Test
    void anotherAddressWithinTheSameVersionIsNotMissed() {
        Order version = version(1);
        reads(version, ada());
        reads(version, at(STREET, "07102"));

        assertThat(changes.readdressed(order)).containsExactly(new Readdressed(id, 1, false));
        assertThat(POSTGRES.database().people().find(version.customer())).contains(at(STREET, "07102"));
        orders.accept(version, ada(), now().minus(Duration.ofDays(1)));
        assertThat(POSTGRES.database().people().find(version.customer()))
                .as("a reading that began before")
                .contains(at(STREET, "07102"));
    }

    @Test
    void whoWasErasedHasNoAddressThatCouldChange() {
        Order version = version(1);
        reads(version, ada());
        POSTGRES.database().people().erase(version.customer());
        reads(version(2), at(STREET, "07102"));

        assertThat(changes.readdressed(order)).isEmpty();
        assertThat(POSTGRES.database().people().find(version.customer())).contains(PersonalData.none());
    }

    @Test
    void whatIsMovedGoesThereByARerouteThatIsOpenedWithIt() {
        assertThat(changes.moved(id, OTHER, "gid://2")).isTrue();
        assertThat(changes.moved(id, OTHER, "gid://2")).as("told twice").isFalse();

        assertThat(changes.movedTo(id)).contains(OTHER);
        Reroute opened = reroutes.latest(id).orElseThrow();
        assertThat(opened.cause()).isEqualTo(RerouteCause.MOVED);
        assertThat(messages(opened)).hasSize(1);
        assertThat(trace().stream().map(TraceEntry::kind)).containsOnlyOnce("work.moved", "reroute.opened");
        assertThat(POSTGRES.database().trace().lookup("gid://2")).contains(order.value());

        reroutes.end(opened.id(), RerouteStatus.KEPT, Reroute.Finding.of("its facility was quicker"), List.of());
        assertThat(changes.moved(id, OTHER, "gid://2"))
                .as("it lies there still")
                .isFalse();
        assertThat(reroutes.ofOrder(order)).hasSize(1);
    }

    @Test
    void whatIsMovedInPartIsKnownPartByPart() {
        List<MovedPart> parts = List.of(
                new MovedPart(STORE, "gid://1", List.of(tees(1))), new MovedPart(OTHER, "gid://2", List.of(tees(2))));
        assertThat(changes.moved(id, OTHER, "gid://2")).isTrue();
        assertThat(changes.parts(id)).as("moved whole").isEmpty();
        ends(reroutes.latest(id).orElseThrow(), RerouteStatus.KEPT);

        assertThat(changes.parted(id, parts)).as("another move").isTrue();
        assertThat(changes.parted(id, parts)).as("told twice").isFalse();

        assertThat(changes.parts(id)).isEqualTo(parts);
        assertThat(changes.movedTo(id)).contains(OTHER);
        assertThat(reroutes.latest(id).orElseThrow().cause()).isEqualTo(RerouteCause.MOVED);
        assertThat(trace().stream().map(TraceEntry::summary))
                .anyMatch(told -> told.contains("to several places at its channel: 1 × " + tee + " at " + STORE));
        assertThat(POSTGRES.database().trace().lookup("gid://1")).contains(order.value());
        ends(reroutes.latest(id).orElseThrow(), RerouteStatus.KEPT);
        assertThat(changes.parted(id, parts)).as("it lies there still").isFalse();
    }

    @Test
    void whatHasLeftOrLiesThereIsNotMoved() {
        assertThat(changes.moved(id, STORE, "gid://2")).isFalse();
        pack();
        take(HANDOVER);
        assertThat(changes.moved(id, OTHER, "gid://2")).isFalse();
        assertThat(reroutes.ofOrder(order)).isEmpty();
    }

    /** It has not failed anybody: elsewhere the database refuses to give a facility what it has rejected. */
    @Test
    void itsFacilityMayGetAgainWhatWasTakenFromItThroughNoFaultOfIts() {
        for (String reason : List.of(FulfillmentOrder.READDRESSED, FulfillmentOrder.MOVED, FulfillmentOrder.EDITED)) {
            work.rejected(id, reason);
            inventory.release(id, true);
            id = allocate(STORE, tees(3));
            assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.ALLOCATED);
        }
        work.rejected(id, "taken away to be routed again");
        inventory.release(id, true);
        assertThatThrownBy(() -> allocate(STORE, tees(3))).hasMessageContaining("23514");
    }

    /** What its channel has told meanwhile was compared with nothing. */
    @Test
    void anOrderThatChangedWhileItsWorkWasOnItsWayIsReadAnewWhenThatHasEnded() {
        reads(version(1), ada());
        POSTGRES.clock().advance(Duration.ofHours(1));
        ends(reroutes.open(id, RerouteCause.SHORT), RerouteStatus.KEPT);
        assertThat(readAnew()).as("nothing has changed").isEmpty();

        POSTGRES.clock().advance(Duration.ofHours(1));
        Reroute second = reroutes.open(id, RerouteCause.SHORT);
        reads(version(2), ada());
        ends(second, RerouteStatus.KEPT);
        assertThat(readAnew()).hasSize(1);
    }

    @Test
    void anAddressThatIsNotFollowedYetIsLookedAtWhenTheWorkStays() {
        reads(version(1), ada());
        Order known = orders.find(order).orElseThrow();
        POSTGRES.clock().advance(Duration.ofHours(1));
        Reroute open = reroutes.open(id, RerouteCause.SHORT);
        orders.accept(known, at(STREET, "07102"), now());
        assertThat(changes.readdressed(order)).hasSize(1);

        ends(open, RerouteStatus.KEPT);
        assertThat(readAnew()).hasSize(1);
    }

    @Test
    void whatWasToBeTakenOffAndStaysIsComparedAnew() {
        POSTGRES.clock().advance(Duration.ofHours(1));
        ends(reroutes.open(id, RerouteCause.EDITED), RerouteStatus.KEPT);
        assertThat(readAnew()).hasSize(1);
    }

    private void ends(Reroute reroute, RerouteStatus outcome) {
        reroutes.end(reroute.id(), outcome, Reroute.Finding.of("for the test"), List.of());
    }

    private List<InboxMessage> readAnew() {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.body().equals("channel"))
                .filter(message -> message.subject()
                        .equals(orders.view(order).orElseThrow().key().workflowId()))
                .toList();
    }

    /** Under the lock of the work: it left before, or it is to go elsewhere. */
    @RepeatedTest(5)
    void aMoveAndAReportAtOnceAreOneAfterTheOther() throws Exception {
        pack();
        List<Object> answers =
                Together.run(2, thread -> thread == 0 ? changes.moved(id, OTHER, "gid://2") : take(HANDOVER));

        boolean goes = answers.getFirst().equals(true);
        assertThat(answers.getLast()).isInstanceOf(Answer.Taken.class);
        assertThat(reroutes.latest(id).isPresent()).isEqualTo(goes);
    }

    /** As a dispute does: all work of the order, and not again once somebody has let it go. */
    @Test
    void moneyThatIsNotThereAnyMoreHoldsAllWorkOfItsOrder() {
        WorkHolds holds = POSTGRES.database().workHolds();
        WorkHold expired = new WorkHold(Source.PAYMENT, "A1", "its payment was authorised until yesterday");
        Optional<Instant> until = work.get(id).deadline();
        assertThat(holds.place(order, expired)).isTrue();

        assertThat(work.get(id).held()).contains(expired);
        assertThat(take(new StoreReport.Acknowledged()))
                .isEqualTo(new Answer.Refused(FulfillmentStatus.RELEASED, expired.reason()));
        POSTGRES.clock().advance(Duration.ofHours(2));
        holds.end(order, Source.PAYMENT, "A1", "somebody has decided so");
        assertThat(work.get(id).held()).isEmpty();
        assertThat(work.get(id).deadline()).isEqualTo(until.map(at -> at.plus(Duration.ofHours(2))));
        assertThat(holds.place(order, expired)).isFalse();
    }

    private void pack() {
        take(new StoreReport.Acknowledged());
        take(new StoreReport.PickStarted());
        take(StoreReport.Packing.labelled(List.of(tracking("P"))));
    }

    private Order version(int number) {
        Order known = orders.find(order).orElseThrow();
        return known.withVersion(known.version().plusSeconds(number));
    }

    private void reads(Order version, PersonalData person) {
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        orders.accept(version, person, now());
    }

    private static PersonalData ada() {
        return SampleOrder.ada();
    }

    private static PersonalData at(String street, String postalCode) {
        PersonalData ada = ada();
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

    private List<TraceEntry> trace() {
        return POSTGRES.database().trace().of(order.value());
    }

    private static List<InboxMessage> messages(Reroute reroute) {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.subject().equals(reroute.id().workflowId()))
                .toList();
    }
}
