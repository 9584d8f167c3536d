package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of the parcels that a store has packed. */
class StoreParcelsTest extends StoreReportsFixture {
    private final Parcels parcels = POSTGRES.database().parcels();

    @Test
    void aParcelThatIsToBeLabelledLeavesOnlyWithItsLabel() {
        take(new StoreReport.Packing(List.of(unlabelled(1), unlabelled(2))));
        assertThat(take(HANDOVER)).isInstanceOf(Answer.Refused.class);

        List<Parcel> packed = parcels.ofWork(id);
        assertThat(packed).extracting(Parcel::status).containsOnly(ParcelStatus.TO_BE_LABELLED);
        assertThat(packed).extracting(Parcel::lines).containsExactly(List.of(tees(1)), List.of(tees(2)));
        packed.forEach(parcel -> parcels.labelled(parcel.id(), SampleAccounts.CARRIER, label(parcel.id())));

        assertThat(work.get(id).tracking())
                .contains(new Tracking("Parcel", number(packed.getFirst().id())));
        assertThat(status(take(HANDOVER))).isEqualTo(FulfillmentStatus.SHIPPED);
        assertThat(parcels.ofOrder(order)).extracting(Parcel::status).containsOnly(ParcelStatus.IN_TRANSIT);
        assertThat(POSTGRES.database().trace().lookup(number(packed.getLast().id())))
                .contains(order.value());
    }

    @Test
    void whatNobodyTellsOfCountsAsDeliveredAfterItsTimeAndLateNewsStillCount() {
        take(new StoreReport.Packing(List.of(labelled("U"))));
        take(HANDOVER);
        POSTGRES.clock().advance(Duration.ofDays(31));
        parcels.takeAsDelivered(now().minus(Duration.ofDays(32)), 50);
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.SHIPPED);

        parcels.takeAsDelivered(now().minus(Duration.ofDays(30)), 50);

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.DELIVERED);
        assertThat(work.get(id).reason())
                .hasValueSatisfying(why -> assertThat(why).contains("nothing was heard"));
        assertThat(parcels.ofWork(id)).extracting(Parcel::status).containsExactly(ParcelStatus.UNHEARD);
        assertThat(parcels.unheardOf(tracking("U").carrier(), now(), 50))
                .doesNotContain(tracking("U").number());
        assertThat(hear("U", ParcelStatus.LOST)).isEqualTo(ParcelStatus.LOST);
    }

    @Test
    void whatItsStoreHasLabelledWithoutANumberCountsAsDeliveredToo() {
        take(new StoreReport.Packing(List.of(unlabelled(1), unlabelled(2))));
        parcels.leftToFacility(id, "it does so");
        take(HANDOVER);
        POSTGRES.clock().advance(Duration.ofDays(31));

        parcels.takeAsDelivered(now().minus(Duration.ofDays(30)), 50);

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.DELIVERED);
        assertThat(parcels.ofWork(id)).extracting(Parcel::status).containsOnly(ParcelStatus.UNHEARD);
    }

    @Test
    void whatItsStoreLabelsByItselfDoesNotLeaveWhenItsWorkIsTakenAway() {
        take(new StoreReport.Packing(List.of(unlabelled(1), unlabelled(2))));
        parcels.leftToFacility(id, "it does so");

        work.rejected(id, "taken away");

        assertThat(parcels.ofWork(id)).extracting(Parcel::status).containsOnly(ParcelStatus.VOIDED);
    }

    @Test
    void whereAParcelWasLostNothingIsTakenForGranted() {
        take(new StoreReport.Packing(List.of(labelled("V"), labelled("W"))));
        take(HANDOVER);
        hear("V", ParcelStatus.LOST);
        POSTGRES.clock().advance(Duration.ofDays(31));

        parcels.takeAsDelivered(now().minus(Duration.ofDays(30)), 50);

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.SHIPPED);
    }

    @Test
    void whatAStoreHasLabelledByItselfIsAskedForNoMoreWhenItsWorkIsTakenAway() {
        take(new StoreReport.Packing(List.of(labelled("X"))));

        work.rejected(id, "taken away");

        assertThat(parcels.ofWork(id)).extracting(Parcel::status).containsExactly(ParcelStatus.VOIDED);
        POSTGRES.clock().advance(Duration.ofHours(7));
        assertThat(parcels.unheardOf(tracking("X").carrier(), now(), 50))
                .doesNotContain(tracking("X").number());
    }

    @Test
    void workIsDeliveredWithItsLastParcelAndWhatIsToldLateTurnsNothingBack() {
        take(new StoreReport.Packing(List.of(labelled("A"), labelled("B"))));
        take(HANDOVER);

        assertThat(hear("A", ParcelStatus.DELIVERED)).isEqualTo(ParcelStatus.DELIVERED);
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.SHIPPED);
        assertThat(hear("B", ParcelStatus.OUT_FOR_DELIVERY)).isEqualTo(ParcelStatus.OUT_FOR_DELIVERY);
        assertThat(hear("B", ParcelStatus.DELIVERED)).isEqualTo(ParcelStatus.DELIVERED);
        assertThat(hear("B", ParcelStatus.IN_TRANSIT)).isEqualTo(ParcelStatus.DELIVERED);

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.DELIVERED);
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("work.status"))
                .last()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("to", "DELIVERED"));
        assertThat(parcels.hear("Another carrier", tracking("A").number(), news(ParcelStatus.LOST)))
                .isEmpty();
    }

    @Test
    void aParcelOfWhichNothingIsHeardIsAskedAboutOnceInAWhile() {
        take(new StoreReport.Packing(List.of(labelled("Q"))));
        take(HANDOVER);
        String number = tracking("Q").number();
        POSTGRES.clock().advance(Duration.ofHours(7));
        Instant before = now().minus(Duration.ofHours(6));

        assertThat(parcels.unheardOf("UPS", before, 500)).contains(number);
        assertThat(parcels.unheardOf("UPS", before, 500)).doesNotContain(number);
    }

    private static StoreReport.PackedParcel unlabelled(int tees) {
        return new StoreReport.PackedParcel(Optional.empty(), Map.of("L1", tees), OptionalInt.of(700));
    }

    private StoreReport.PackedParcel labelled(String name) {
        return new StoreReport.PackedParcel(Optional.of(tracking(name)), Map.of(), OptionalInt.empty());
    }

    private ParcelStatus hear(String name, ParcelStatus told) {
        return parcels.hear("UPS", tracking(name).number(), news(told))
                .getFirst()
                .parcel()
                .status();
    }

    private static TrackingNews news(ParcelStatus status) {
        return new TrackingNews(status, now());
    }

    private static Label label(ParcelId parcel) {
        return new Label(new Tracking("Parcel", number(parcel)), "https://labels.example/" + parcel);
    }

    private static String number(ParcelId parcel) {
        return "N" + parcel;
    }
}
