package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPhotos;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claims, appeasements, and parcels that were lost or refused: what is given back without a customer who sends anything. */
class ReturnsWithoutGoodsTest extends ReturnsFixture {
    @Test
    void whatIsLostIsKeptAsSuchAndIsNoLongerToBeReturned() {
        ReturnId id = granted(new ReturnCause.ParcelLost("1Z1"), line("L1", 2, ReturnReason.NEVER_ARRIVED));

        assertThat(find(id).cause()).isEqualTo(new ReturnCause.ParcelLost("1Z1"));
        assertThat(find(id).to()).isEqualTo(new ReturnedTo.Never());
        assertStands(id, GoodsStatus.NOT_TO_COME, MoneyStatus.UNCALCULATED);
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Denied.class);
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        assertThat(find(id).unexpected()).hasSize(1);

        stored(intake.receive(submission(), id, complete("L1", 1)));
        assertThat(find(id).lines()).extracting(Return.Line::missing).containsExactly(0);
        assertThat(authorise(submission(), "L1", 1)).as("it is paid already").isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void whatIsPaidBeforeItComesIsNotReturnedAgainWhereItNeverCame() {
        ReturnRequest request = request("L1", 2);
        Submission sent = submission();
        Outcome paid = intake.authorise(sent, order.key(), request, true, purchase -> previews.of(purchase, request));
        returns.giveUp(((Outcome.Stored) paid).id());

        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void aRefusedParcelIsWaitedForFromItsCarrier() {
        ReturnId id = granted(
                new ReturnCause.ParcelRefused("1Z1"), new ReturnedTo.ByCarrier(), line("L1", 2, ReturnReason.UNWANTED));

        assertThat(find(id).to()).isEqualTo(new ReturnedTo.ByCarrier());
        assertStands(id, GoodsStatus.AUTHORISED, MoneyStatus.AWAITS_GOODS);
    }

    /** Its carrier tells it, and so does support: each under a key of its own. */
    @Test
    void noMoreIsLostWithAParcelThanLayInIt() {
        packed(1, "A");
        packed(2, "B");
        ReturnRequest.Line tee = line("L1", 1, ReturnReason.NEVER_ARRIVED);
        granted(new ReturnCause.ParcelLost(number("A")), tee);

        assertThat(grant(new ReturnCause.ParcelLost(number("A")), new ReturnedTo.Never(), tee))
                .isInstanceOf(Outcome.Conflict.class);

        granted(new ReturnCause.ParcelLost(number("B")), tee);
    }

    private String number(String parcel) {
        return order.id() + parcel;
    }

    /** One of the tees. */
    private void packed(int ordinal, String number) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        """
            insert into parcel (id, work_id, ordinal, lines, status, carrier, tracking_number, at, packed_at, asked_at)
            select f.id || '-P' || ?, f.id, ?, jsonb_build_array(jsonb_build_object('lineId', 'L1', 'quantity', 1)),
                'IN_TRANSIT', 'UPS', ?, now(), now(), now()
            from fulfillment_order f where f.order_id = ?
            """, ordinal, ordinal, number(number), order.id().value()));
    }

    @Test
    void anAppeasementIsRefusedByASecondPersonAndItsMoneyIsFreeAgain() {
        policy.appeasements(usd("90.00"), usd("20.00"), 9);
        ReturnId id = granted(new ReturnCause.Appeasement(usd("90.00"), ReturnReason.OTHER));
        calculate(id);
        assertStands(id, GoodsStatus.NOT_TO_COME, MoneyStatus.UNAPPROVED);

        stored(intake.refuse(id, FINANCE, "too much"));
        assertStands(id, GoodsStatus.REFUSED, MoneyStatus.ENDED);
        ReturnId other = granted(new ReturnCause.Appeasement(usd("90.00"), ReturnReason.OTHER));
        calculate(other);
        assertThat(total(other)).isEqualTo("90.00 USD");
        stored(intake.approve(other, FINANCE));
        assertThat(intake.refuse(other, FINANCE, "too late")).isInstanceOf(Outcome.Conflict.class);
    }

    /** Both tees for 50.00 and 50.00 for peace are more than the 90.00 that were paid. */
    @Test
    void whatWasGivenForPeaceIsNotGivenAgainWithTheGoods() {
        policy.appeasements(usd("90.00"), usd("90.00"), 9);
        ReturnId peace = granted(new ReturnCause.Appeasement(usd("50.00"), ReturnReason.OTHER));
        calculate(peace);
        ReturnId lost = granted(new ReturnCause.ParcelLost("1Z1"), line("L1", 2, ReturnReason.NEVER_ARRIVED));
        calculate(lost);

        assertThat(total(lost)).isEqualTo("40.00 USD");
        assertThat(find(lost).repayment().orElseThrow().refund().entries())
                .last()
                .isInstanceOfSatisfying(RefundEntry.Deduction.class, kept -> {
                    assertThat(kept.cause()).isEqualTo(RefundEntry.Deduction.Cause.GOODWILL);
                    assertThat(kept.amount()).isEqualTo(usd("-10.00"));
                });
    }

    @Test
    void noMoreIsGrantedThanTheCustomersLimit() {
        policy.claims(usd("500.00"), 1).appeasements(usd("5.00"), usd("5.00"), 1);
        granted(new ReturnCause.Claim(List.of("photo-1")), line("L1", 1, ReturnReason.DEFECTIVE));
        granted(new ReturnCause.Appeasement(usd("5.00"), ReturnReason.OTHER));

        assertThat(grant(
                        new ReturnCause.Claim(List.of("photo-2")),
                        new ReturnedTo.Never(),
                        line("L1", 1, ReturnReason.DEFECTIVE)))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(grant(new ReturnCause.Appeasement(usd("5.00"), ReturnReason.OTHER), new ReturnedTo.Never()))
                .isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void howMuchOfThePriceAClaimGivesIsKept() {
        ReturnCause part = new ReturnCause.Claim(List.of("photos/1.jpg"), Optional.of(30));
        ReturnId id = granted(part, line("L1", 1, ReturnReason.DEFECTIVE));
        assertThat(find(id).cause()).isEqualTo(part);
        assertThat(find(id).toRefund().cause()).isEqualTo(part);

        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update goods_return set cause = '{\"kind\":\"CLAIM\",\"photos\":[]}' where id = ?",
                        id.value()));
        assertThat(find(id).cause())
                .as("as claims were kept before there were parts")
                .isEqualTo(new ReturnCause.Claim(List.of("photos/1.jpg")));
    }

    /** Where photos are kept may tell who is on them. */
    @Test
    void thePhotosOfAClaimAreForgottenWithItsCustomer() {
        ReturnCause claim = new ReturnCause.Claim(List.of("photos/ada-canary.jpg"));
        ReturnId id = granted(claim, line("L1", 1, ReturnReason.DEFECTIVE));
        assertThat(find(id).cause()).isEqualTo(claim);

        POSTGRES.database().privacy().erase(new CustomerKey(order.key().account(), "7001"), List.of(order.key()));

        assertThat(find(id).cause()).isEqualTo(new ReturnCause.Claim(List.of()));
        String kept = POSTGRES.tables()
                .withHandle(
                        handle -> handle.createQuery("""
            select (select string_agg(r::text, '') from goods_return r)
                || coalesce((select string_agg(p::text, '') from person p), '')
            """).mapTo(String.class).one());
        assertThat(kept).doesNotContain("ada-canary");
    }

    /** The same of those that somebody took of goods on the counter. */
    @Test
    void thePhotosOfAnInspectionAreForgottenWithItsCustomer() {
        ReturnPhotos photos = POSTGRES.database().returnPhotos();
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 2)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        Finding seen = new Finding(
                SampleFacilities.ST_HARBOR,
                List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.NEW, Disposition.SCRAP)),
                List.of("photos/ada-canary-2.jpg", "photos/2.jpg"));
        stored(intake.inspect(submission(), id, seen));
        long last = find(id).lines().getFirst().inspections().getLast().number();
        assertThat(photos.ofInspections(id))
                .isEqualTo(Map.of(last, List.of("photos/ada-canary-2.jpg", "photos/2.jpg")));

        POSTGRES.database().privacy().erase(new CustomerKey(order.key().account(), "7001"), List.of(order.key()));

        assertThat(photos.ofInspections(id)).isEmpty();
    }

    private ReturnId granted(ReturnCause cause, ReturnRequest.Line... lines) {
        return granted(cause, new ReturnedTo.Never(), lines);
    }

    private ReturnId granted(ReturnCause cause, ReturnedTo to, ReturnRequest.Line... lines) {
        return ((Outcome.Stored) grant(cause, to, lines)).id();
    }

    private Outcome grant(ReturnCause cause, ReturnedTo to, ReturnRequest.Line... lines) {
        ReturnRequest request = new ReturnRequest(order.id(), cause, to, List.of(lines));
        return intake.authorise(submission(), order.key(), request, false, purchase -> previews.of(purchase, request));
    }

    /** Nobody waits for the rest. */
    private static Arrival complete(String lineId, int quantity) {
        return new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units(lineId, quantity)), true);
    }
}
