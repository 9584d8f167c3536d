package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.ParcelTask;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SendBackReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels and scans of what comes back, and what goes back to its customer. */
class ReturnParcelsTest extends ReturnsFixture {
    private static final String CARRIER = "Sandbox Parcel";

    private final ReturnParcels parcels = POSTGRES.database().returnParcels();
    private final String number = "SP-" + UUID.randomUUID();
    private final Label label = new Label(new Tracking(CARRIER, number), "https://labels.example/" + number);

    @BeforeEach
    void labelsAreBought() {
        policy.mail(new ReturnPolicy.Mail(
                SampleFacilities.WH_EAST,
                Set.of(),
                List.of(SampleAccounts.CARRIER),
                Optional.empty(),
                true,
                new ReturnParcel.Terms(Duration.ofDays(21), Duration.ofDays(3))));
    }

    @Test
    void aLabelIsWantedFromTheAuthorisationOnAndKeptOnce() {
        ReturnId id = authorisedByMail(1);
        assertThat(find(id).parcelTask()).contains(ParcelTask.LABEL);

        parcels.labelled(of(id), SampleAccounts.CARRIER, label);
        parcels.labelled(of(id), SampleAccounts.CARRIER, new Label(new Tracking(CARRIER, "another"), "elsewhere"));

        ReturnParcel parcel = find(id).fromCustomer().orElseThrow();
        assertThat(parcel.status()).isEqualTo(ParcelStatus.LABELLED);
        assertThat(parcel.tracking()).contains(label.tracking());
        assertThat(parcel.boughtFrom()).contains(SampleAccounts.CARRIER);
        assertThat(parcel.terms().underWay()).isEqualTo(Duration.ofDays(21));
        assertThat(POSTGRES.database().trace().lookup(number))
                .contains(order.id().value());
        assertThat(find(authorised("L1", 1)).parcels())
                .as("what is carried into a store needs none")
                .isEmpty();
    }

    @Test
    void aScanMovesTheGoodsAndWakesTheirProcessOnce() {
        ReturnId id = labelled();
        Instant scanned = POSTGRES.clock().instant().plus(Duration.ofDays(10));

        hear(ParcelStatus.IN_TRANSIT, scanned);
        hear(ParcelStatus.IN_TRANSIT, scanned);
        assertStands(id, GoodsStatus.IN_TRANSIT, MoneyStatus.AWAITS_GOODS);
        assertThat(find(id).waitedForUntil()).isEqualTo(scanned.plus(Duration.ofDays(21)));
        assertThat(wakeUps(id)).hasSize(1);

        Instant delivered = scanned.plus(Duration.ofDays(1));
        hear(ParcelStatus.DELIVERED, delivered);
        hear(ParcelStatus.OUT_FOR_DELIVERY, delivered.plus(Duration.ofDays(1)));
        assertStands(id, GoodsStatus.DELIVERED, MoneyStatus.AWAITS_GOODS);
        assertThat(find(id).waitedForUntil()).isEqualTo(delivered.plus(Duration.ofDays(3)));
        assertThat(wakeUps(id)).hasSize(2);
        assertThat(parcels.hear(CARRIER, "unknown", new TrackingNews(ParcelStatus.DELIVERED, delivered)))
                .isEmpty();
    }

    @Test
    void whatIsScannedAfterItsReturnWasRefusedWakesNobody() {
        ReturnId id = labelled();
        stored(intake.refuse(id, SUPPORT, "not ours"));
        assertThat(find(id).parcelTask()).contains(ParcelTask.VOID_LABEL);

        hear(ParcelStatus.IN_TRANSIT, POSTGRES.clock().instant());

        assertThat(wakeUps(id)).isEmpty();
        assertThat(find(id).parcelTask()).as("it is on its way").isEmpty();
    }

    @Test
    void aLabelThatWasNotUsedIsGivenBackOrKept() {
        ReturnId voided = labelled();
        parcels.voided(of(voided));
        assertThat(find(voided).fromCustomer().orElseThrow().status()).isEqualTo(ParcelStatus.VOIDED);

        ReturnId without = authorisedByMail(1);
        parcels.unlabelled(of(without), "no carrier takes it");
        parcels.unlabelled(of(without), "no carrier takes it");
        assertThat(find(without).fromCustomer().orElseThrow().status()).isEqualTo(ParcelStatus.UNLABELLED);
        assertThat(find(without).toRefund().to()).isEqualTo(new ReturnedTo.ByMail(false));
    }

    @Test
    void parcelsOfWhichNothingIsHeardAreAskedAboutInTheirTurn() {
        labelled();
        Instant later = POSTGRES.clock().instant().plus(Duration.ofHours(1));

        assertThat(parcels.unheardOf(CARRIER, later, 100)).contains(number);
        assertThat(parcels.unheardOf(CARRIER, POSTGRES.clock().instant().minus(Duration.ofHours(1)), 100))
                .doesNotContain(number);
    }

    @Test
    void whatIsNotTakenGoesBackIsNotPaidAndMayComeAgain() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 2)));
        stored(intake.inspect(submission(), id, sentBack(1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));

        ReturnParcel back = find(id).toSendBack().findFirst().orElseThrow();
        assertThat(back.facility()).isEqualTo(SampleFacilities.ST_HARBOR);
        assertThat(find(id).parcelTask()).contains(ParcelTask.SEND_BACK);
        assertThat(find(id).lines().getFirst().inspections().getFirst().back())
                .contains(new Return.SentBack(SendBackReason.USED, back.id()));
        calculate(id);
        assertThat(total(id)).isEqualTo("25.00 USD");

        parcels.labelled(back.id(), SampleAccounts.CARRIER, label);
        parcels.told(back.id());
        assertThat(find(id).parcelTask()).isEmpty();
        assertThat(authorise(submission(), "L1", 2)).isInstanceOf(Outcome.Denied.class);
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Stored.class);
    }

    /** Whatever our rules say: of two tees that were handed over one was taken and one sent back, so one may come again. */
    @Test
    void theDatabaseCountsWhatWasSentBackAsNotReturned() {
        ReturnId first = authorised("L1", 2);
        stored(intake.receive(submission(), first, arrival("L1", 2)));
        stored(intake.inspect(submission(), first, sentBack(1)));
        ReturnId second = authorised("L1", 1);

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update return_line set authorised = 2 where return_id = ?", second.value())))
                .hasMessageContaining("were handed over");
    }

    @Test
    void whatIsPaidBeforeItComesIsNotSentBack() {
        ReturnRequest request = request("L1", 1);
        ReturnId id = ((Outcome.Stored) intake.authorise(
                        submission(), order.key(), request, true, purchase -> previews.of(purchase, request)))
                .id();
        stored(intake.receive(submission(), id, arrival("L1", 1)));

        assertThat(intake.inspect(submission(), id, sentBack(1))).isInstanceOf(Outcome.Conflict.class);
        assertThatThrownBy(() -> POSTGRES.tables().useTransaction(handle -> {
                    handle.execute(
                            "insert into return_parcel (id, return_id, ordinal, direction, facility, under_way_seconds,"
                                    + " received_within_seconds, status, at, asked_at)"
                                    + " values (?, ?, 1, 'TO_CUSTOMER', 'ST-HARBOR', 0, 0, 'TO_BE_LABELLED', now(), now())",
                            of(id).value(),
                            id.value());
                    handle.execute(
                            "insert into return_inspection (return_id, line, facility, quantity, grade, disposition,"
                                    + " inspected_by, inspected_at, reason, parcel)"
                                    + " values (?, 1, 'ST-HARBOR', 1, 'NEW', 'SEND_BACK', 'ada', now(), 'USED', ?)",
                            id.value(),
                            of(id).value());
                }))
                .hasMessageContaining("were paid for before they came");
    }

    private ReturnId labelled() {
        ReturnId id = authorisedByMail(1);
        parcels.labelled(of(id), SampleAccounts.CARRIER, label);
        return id;
    }

    private ReturnId authorisedByMail(int units) {
        ReturnRequest request = new ReturnRequest(
                order.id(), new ReturnedTo.ByMail(), List.of(line("L1", units, ReturnReason.UNWANTED)));
        return ((Outcome.Stored) intake.authorise(
                        submission(), order.key(), request, false, purchase -> previews.of(purchase, request)))
                .id();
    }

    private void hear(ParcelStatus status, Instant at) {
        parcels.hear(CARRIER, number, new TrackingNews(status, at));
    }

    /** What the carrier's news have left in the inbox for the return's process. */
    private static List<String> wakeUps(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select event_id from inbox_message where topic = 'throughline/return' and event_id like :event")
                        .bind("event", id + "/" + id + "-P%")
                        .mapTo(String.class)
                        .list());
    }

    private static ReturnParcelId of(ReturnId id) {
        return ReturnParcelId.of(id, 1);
    }

    private static Finding sentBack(int quantity) {
        return new Finding(
                SampleFacilities.ST_HARBOR,
                List.of(new Finding.Units(
                        "L1",
                        quantity,
                        ReturnPolicyBuilder.NEW,
                        Disposition.SEND_BACK,
                        Optional.of(SendBackReason.USED))));
    }
}
