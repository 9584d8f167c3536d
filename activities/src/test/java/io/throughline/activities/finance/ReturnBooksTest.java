package io.throughline.activities.finance;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.domain.returns.SampleRefunds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturnBooksTest {
    /** Eleven in the evening of the 23rd in Newark, where it is the 24th in Dublin. */
    private static final Instant REFUNDED_AT = Instant.parse("2026-11-24T04:00:00Z");

    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(REFUNDED_AT));
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final ReturnBooks books = new ReturnBooks(
            retail.effects,
            retail.world,
            retail.orders,
            retail.work,
            new SampleFacilities(),
            retail.journals,
            retail.passedOn,
            retail.policies);

    /** The money was given before anybody knew where the goods would come to. */
    @Test
    void aCreditNoteThatWasRefusedIsTheSameWhenTheGoodsHaveComeToAnotherDaysPlace() {
        ReturnId id = refunded();
        retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
        assertThat(books.post(retail.returns.get(id), Optional.empty()))
                .isEqualTo(Reply.refused(FailureCode.CREDIT_REJECTED, "no such product"));
        comesTo(id, SampleFacilities.ST_DUBLIN);

        Reply posted = books.post(retail.returns.get(id), Optional.of(decision()));

        assertThat(posted).isInstanceOf(Reply.Done.class);
        assertThat(retail.journals.of(id)).hasSize(2).allSatisfy(posting -> {
            assertThat(posting.journal().businessDate()).isEqualTo(LocalDate.of(2026, 11, 23));
            assertThat(posting.status()).isEqualTo(PostingStatus.CONFIRMED);
        });
    }

    @Test
    void whatIsPostedAtOnceHasTheDayOfThePlaceWhereTheGoodsAre() {
        ReturnId id = refunded();
        comesTo(id, SampleFacilities.ST_DUBLIN);

        books.post(retail.returns.get(id), Optional.empty());

        assertThat(retail.journals.of(id))
                .extracting(Journals.Posting::journal)
                .allMatch(journal -> journal.businessDate().equals(LocalDate.of(2026, 11, 24)));
    }

    /** The first work of the order was another one, at another place, and never left. */
    @Test
    void whatNobodyHasSeenComesBackToWhereItLeft() {
        retail.work.create(
                order.id(),
                SampleFacilities.ST_DUBLIN,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.REJECTED,
                Optional.empty(),
                SamplePurchases.everything(order));
        ReturnId id = refunded();

        books.post(retail.returns.get(id), Optional.empty());

        assertThat(retail.journals.of(id))
                .extracting(Journals.Posting::journal)
                .allMatch(journal -> journal.businessDate().equals(LocalDate.of(2026, 11, 23)));
    }

    private ReturnId refunded() {
        retail.hears(order);
        retail.orders.accept(order, PersonalData.none(), REFUNDED_AT);
        retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                SamplePurchases.everything(order));
        ReturnId id = retail.returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        retail.returns.calculate(
                id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(order, "L1", "24.42"), false));
        retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "R-T1"), true, REFUNDED_AT));
        retail.returns.confirmed(id);
        return id;
    }

    private static Decision decision() {
        return new Decision(Action.RETRY, "ada", true, Optional.empty(), Map.of(), REFUNDED_AT);
    }

    private void comesTo(ReturnId id, FacilityId place) {
        retail.returns.receive(id, new Arrival(place, List.of(new Arrival.Units("L1", 1)), true));
        retail.returns.inspect(
                id,
                new Finding(place, List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.NEW, Disposition.RESTOCK))));
    }
}
