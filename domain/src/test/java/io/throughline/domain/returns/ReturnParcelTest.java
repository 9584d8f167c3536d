package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the parcel of a return is says how far its goods are, until when they are waited for, and what is to be done about its label. */
class ReturnParcelTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();
    private static final Instant DUE = ORDER.placedAt().plus(Duration.ofDays(14));
    private static final Label LABEL = new Label(new Tracking("Testing Parcel", "TP1"), "https://labels.example/TP1");
    private static final ReturnParcel.Terms TERMS = new ReturnParcel.Terms(Duration.ofDays(21), Duration.ofDays(3));

    private final TestingReturns returns = new TestingReturns();
    private final TestingReturnParcels parcels =
            new TestingReturnParcels(returns, Clock.fixed(ORDER.placedAt(), ZoneOffset.UTC));

    @Test
    void scansMoveTheGoodsAndTheTimeForWhichTheyAreWaitedFor() {
        ReturnId id = labelled(false);
        assertStands(id, GoodsStatus.AUTHORISED, CustomerStatus.GOODS_AWAITED, DUE);

        Instant scanned = DUE.minus(Duration.ofDays(1));
        hear(ParcelStatus.IN_TRANSIT, scanned);
        assertStands(id, GoodsStatus.IN_TRANSIT, CustomerStatus.GOODS_ON_THEIR_WAY, scanned.plus(Duration.ofDays(21)));

        Instant delivered = scanned.plus(Duration.ofDays(2));
        hear(ParcelStatus.DELIVERED, delivered);
        assertStands(id, GoodsStatus.DELIVERED, CustomerStatus.GOODS_DELIVERED, delivered.plus(Duration.ofDays(3)));

        hear(ParcelStatus.IN_TRANSIT, delivered.plus(Duration.ofDays(1)));
        assertStands(id, GoodsStatus.DELIVERED, CustomerStatus.GOODS_DELIVERED, delivered.plus(Duration.ofDays(3)));
    }

    @Test
    void anEarlyScanTakesNoTimeAway() {
        ReturnId id = labelled(false);
        hear(ParcelStatus.IN_TRANSIT, DUE.minus(Duration.ofDays(30)));

        assertThat(returns.get(id).waitedForUntil()).isEqualTo(DUE);
    }

    @Test
    void whatIsLostIsNotWaitedFor() {
        ReturnId id = labelled(false);
        Instant lost = DUE.minus(Duration.ofDays(10));
        hear(ParcelStatus.LOST, lost);

        assertStands(id, GoodsStatus.AUTHORISED, CustomerStatus.GOODS_AWAITED, lost);
    }

    @Test
    void aLabelThatNothingCameWithIsGivenBack() {
        ReturnId refused = labelled(false);
        returns.refuse(refused);
        assertThat(returns.get(refused).parcelTask()).contains(ParcelTask.VOID_LABEL);
        parcels.voided(ReturnParcelId.of(refused, 1));
        assertThat(returns.get(refused).parcelTask()).isEmpty();

        ReturnId never = labelled(false);
        assertThat(returns.get(never).parcelTask()).as("it may still be used").isEmpty();
        returns.giveUp(never);
        assertThat(returns.get(never).parcelTask()).contains(ParcelTask.VOID_LABEL);
        parcels.kept(ReturnParcelId.of(never, 1));
        assertThat(returns.get(never).parcelTask()).isEmpty();
    }

    @Test
    void aLabelThatWasScannedOrWithWhichGoodsCameIsKept() {
        ReturnId scanned = labelled(false);
        hear(ParcelStatus.IN_TRANSIT, DUE);
        returns.refuse(scanned);
        assertThat(returns.get(scanned).parcelTask()).isEmpty();

        ReturnId came = labelled(false);
        returns.receive(came, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), true));
        assertThat(returns.get(came).parcelTask()).isEmpty();
    }

    @Test
    void moneyThatIsGivenFirstWaitsUntilItIsKnownWhatIsKeptForALabel() {
        ReturnId id = authorised(true);
        assertThat(returns.get(id).money()).isEqualTo(MoneyStatus.AWAITS_GOODS);

        parcels.unlabelled(ReturnParcelId.of(id, 1), "no carrier");

        assertThat(returns.get(id).money()).isEqualTo(MoneyStatus.UNCALCULATED);
        assertThat(returns.get(id).toRefund().to()).isEqualTo(new ReturnedTo.ByMail(false));
    }

    @Test
    void whatIsNotTakenIsNotPaidAndGoesBackAndIsTold() {
        ReturnId id = labelled(false);
        returns.receive(id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), false));
        returns.inspect(
                id,
                new Finding(
                        SampleFacilities.WH_EAST,
                        List.of(new Finding.Units(
                                "L1",
                                1,
                                ReturnPolicyBuilder.UNSALEABLE,
                                Disposition.SEND_BACK,
                                Optional.of(SendBackReason.USED)))));

        assertThat(returns.get(id).toRefund().lines()).isEmpty();
        assertThat(returns.get(id).lines().getFirst().sentBack()).isEqualTo(1);
        assertThat(returns.get(id).parcelTask()).contains(ParcelTask.SEND_BACK);

        ReturnParcelId back = ReturnParcelId.of(id, 2);
        parcels.labelled(back, SampleAccounts.CARRIER, LABEL);
        assertThat(returns.get(id).parcelTask()).contains(ParcelTask.TELL_SENT_BACK);
        parcels.told(back);
        assertThat(returns.get(id).parcelTask()).isEmpty();

        returns.endMoney(id, "nothing was taken");
        assertThat(CustomerStatus.of(returns.get(id))).isEqualTo(CustomerStatus.SENT_BACK);
    }

    private void assertStands(ReturnId id, GoodsStatus goods, CustomerStatus status, Instant until) {
        assertThat(returns.get(id).goods()).isEqualTo(goods);
        assertThat(CustomerStatus.of(returns.get(id))).isEqualTo(status);
        assertThat(returns.get(id).waitedForUntil()).isEqualTo(until);
    }

    private void hear(ParcelStatus status, Instant at) {
        parcels.hear("Testing Parcel", "TP1", new TrackingNews(status, at));
    }

    private ReturnId labelled(boolean refundFirst) {
        ReturnId id = authorised(refundFirst);
        parcels.labelled(ReturnParcelId.of(id, 1), SampleAccounts.CARRIER, LABEL);
        return id;
    }

    private ReturnId authorised(boolean refundFirst) {
        ReturnId id = returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                refundFirst,
                DUE,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        returns.wantsLabel(id, new ReturnParcel.Wanted(SampleFacilities.WH_EAST, TERMS));
        return id;
    }
}
