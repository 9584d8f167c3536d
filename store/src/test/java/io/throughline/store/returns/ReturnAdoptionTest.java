package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnAdoption;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPostings;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Shelved;
import io.throughline.store.SampleOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody gave back at the channel, and a person wants to be a return. */
class ReturnAdoptionTest extends ReturnsFixture {
    private final ReturnAdoption adoption = POSTGRES.database().returnAdoption(new OnePolicy(policy::build));

    @Test
    void whatWasGivenForUnitsIsAReturnWhoseMoneyIsThroughAndWhoseGoodsAreWaitedFor() {
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));

        ReturnId id = adoptedOne();

        Return made = find(id);
        assertStands(id, GoodsStatus.AUTHORISED, MoneyStatus.CONFIRMED);
        assertThat(made.cause()).isEqualTo(new ReturnCause.GivenElsewhere());
        assertThat(made.to()).isEqualTo(new ReturnedTo.ByCarrier());
        assertThat(made.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.authorised()).isEqualTo(1));
        assertThat(made.repayment().orElseThrow().given())
                .containsExactly(new Refund.ToTender("T1", "bogus", MoneyBag.of(usd("25.00"))));
        assertThat(made.repayment().orElseThrow().issued().orElseThrow().ours()).isFalse();
        assertThat(note(made).total()).isEqualTo(usd("25.00").negated());
        assertThat(wakes(id)).isEqualTo(1);
    }

    @Test
    void itIsMadeOnce() {
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));

        assertThat(adoption.adopt(order.key(), "ada").made()).hasSize(1);
        assertThat(adoption.adopt(order.key(), "ada").made()).isEmpty();
    }

    /** They come into stock by it, and no other return can be asked for them. */
    @Test
    void theGoodsComeInByIt() {
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));
        ReturnId id = adoptedOne();

        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        returns.booked(id, find(id).toBook());
        returns.endMoney(id, "the return is in the books");
        returns.close(id);

        assertThat(find(id).closedAt()).isPresent();
        assertThat(authorised("L1", 1)).as("the other tee").isNotEqualTo(id);
    }

    /** At a place whose stock others move: the return brings it in. Asked for once. */
    @Test
    void whatTheShopHasPutOnAShelfHasComeAndNobodyReceivesItAgain() {
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));
        ReturnId id = adoptedOne();
        assertThat(returns.asksForShelves(id)).isTrue();

        returns.shelved(id, List.of(shelved(2, false)));
        returns.shelved(id, List.of(shelved(1, false)));

        assertThat(returns.asksForShelves(id)).isFalse();
        assertThat(find(id).goods()).isEqualTo(GoodsStatus.INSPECTED);
        assertThat(find(id).toBook()).singleElement().satisfies(found -> {
            assertThat(found.quantity()).as("one was waited for").isEqualTo(1);
            assertThat(found.disposition()).isEqualTo(Disposition.RESTOCK);
        });
        assertThat(find(id).unexpected()).isEmpty();
        assertThat(POSTGRES.database().trace().of(order.id().value()))
                .filteredOn(
                        entry -> Set.of("return.received", "return.inspected").contains(entry.kind()))
                .extracting(entry -> entry.kind() + " " + entry.detail().get("units") + ": "
                        + entry.detail().get("lines 001"))
                .containsExactly(
                        "return.received 1: 1 " + SampleOrder.TEE.value(),
                        "return.inspected 1: RESTOCK 1 " + SampleOrder.TEE.value());
    }

    /** The shop itself moves the stock there, and its feed tells of it: it is not booked a second time. */
    @Test
    void whatIsCountedAtTheShelfIsNotBroughtInAgain() {
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));
        ReturnId id = adoptedOne();

        returns.shelved(id, List.of(shelved(1, true)));

        assertThat(find(id).goods()).isEqualTo(GoodsStatus.INSPECTED);
        assertThat(find(id).toBook()).isEmpty();
        returns.endMoney(id, "the return is in the books");
        returns.close(id);
        assertThat(find(id).closedAt()).isPresent();
    }

    private static Shelved shelved(int units, boolean counted) {
        return new Shelved("L1", units, SampleFacilities.WH_EAST, new ConditionGrade("NEW"), counted);
    }

    @Test
    void moneyAloneIsAnAllowance() {
        told(0, refund("R1", Tender.Status.SUCCESS, "5.00"));

        Return made = find(adoptedOne());

        assertThat(made.goods()).isEqualTo(GoodsStatus.NOT_TO_COME);
        assertThat(made.repayment().orElseThrow().refund().entries())
                .containsExactly(new RefundEntry.Goodwill(ReturnReason.OTHER, usd("5.00")));
        assertThat(note(made).lines()).extracting(SalesInvoice.Line::kind).containsExactly(SalesInvoice.Kind.ALLOWANCE);
    }

    @Test
    void whatWasKeptOfThePriceIsAStepOfIts() {
        told(1, refund("R1", Tender.Status.SUCCESS, "20.00"));

        Return made = find(adoptedOne());

        assertThat(made.repayment().orElseThrow().refund().entries())
                .extracting(RefundEntry::amount)
                .containsExactly(usd("25.00"), usd("5.00").negated());
        assertThat(note(made).total()).isEqualTo(usd("20.00").negated());
    }

    /** One transaction for each payment, as with ours. */
    @Test
    void twoRefundsOfOnePaymentAreTwoReturns() {
        told(1, refund("R1", Tender.Status.SUCCESS, "5.00"), refund("R2", Tender.Status.SUCCESS, "25.00"));

        List<ReturnId> made = adoption.adopt(order.key(), "ada").made();

        assertThat(made).hasSize(2);
        assertThat(made)
                .extracting(id -> find(id).repayment().orElseThrow().everyTransaction())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).containsExactly("R1"),
                        two -> assertThat(two).containsExactly("R2"));
        assertThat(find(made.getFirst()).lines())
                .as("the greater one took the tee")
                .hasSize(1);
        assertThat(find(made.getLast()).lines()).isEmpty();
    }

    @Test
    void whatIsOnItsWayIsFollowed() {
        told(1, refund("R1", Tender.Status.PENDING, "25.00"));

        assertThat(find(adoptedOne()).money()).isEqualTo(MoneyStatus.ISSUED);
    }

    @Test
    void whatAReturnOfOursGaveIsNotMadeOne() {
        ReturnId ours = authorised("L1", 1);
        inspected(ours);
        calculate(ours);
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));
        returns.issued(
                ours,
                new Return.Issued(
                        "R", Map.of("T1", "R1"), true, POSTGRES.clock().instant()));

        assertThat(adoption.adopt(order.key(), "ada").made()).isEmpty();
    }

    /** Its reply may be lost: what the channel tells of may be its own. */
    @Test
    void whileAReturnIsAboutToBePaidNothingIsMadeOne() {
        ReturnId ours = authorised("L1", 1);
        inspected(ours);
        calculate(ours);
        told(1, refund("R1", Tender.Status.SUCCESS, "25.00"));

        assertThat(adoption.adopt(order.key(), "ada")).isEqualTo(new ReturnAdoption.Outcome(List.of(), List.of(ours)));
    }

    /** A person bears that the channel gave another amount: the return gives that, once, and what was calculated is kept. */
    @Test
    void whatWasGivenInPlaceOfARefundIsItsRefundFromThenOn() {
        ReturnId id = authorised("L1", 1);
        inspected(id);
        returns.booked(id, find(id).toBook());
        calculate(id);
        told(1, refund("R1", Tender.Status.SUCCESS, "20.00"));
        Refund given = lessBy(find(id).repayment().orElseThrow().refund(), "5.00", "20.00");

        taken(id, given);
        taken(id, given);

        assertThat(total(id)).isEqualTo("20.00 USD");
        assertThat(find(id).money()).isEqualTo(MoneyStatus.ISSUED);
        assertThat(calculated(id)).isEqualTo("2500");
        returns.confirmed(id);
        returns.endMoney(id, "the return is in the books");
        returns.close(id);
        assertThat(find(id).closedAt())
                .as("its steps come to what its tenders get")
                .isPresent();
    }

    @Test
    void theDatabaseRefusesAnotherRefundInAnyOtherWay() {
        ReturnId id = authorised("L1", 1);
        inspected(id);
        calculate(id);

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update return_refund set calculated = body, body = '{}' where return_id = ?",
                                id.value())))
                .hasMessageContaining("never becomes another");
    }

    private static String calculated(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                select calculated #>> '{tenders,0,amount,shop,minor}' from return_refund where return_id = :id
                """)
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .one());
    }

    private void taken(ReturnId id, Refund given) {
        returns.takenAsGiven(
                id,
                given,
                new Return.Issued(
                        "R1", Map.of("T1", "R1"), false, POSTGRES.clock().instant()));
    }

    private static Refund lessBy(Refund ours, String less, String given) {
        List<RefundEntry> entries = new ArrayList<>(ours.entries());
        entries.add(new RefundEntry.Deduction(
                RefundEntry.Deduction.Cause.LIMIT,
                Optional.empty(),
                "order",
                "somebody has given less back at the channel",
                usd(less).negated(),
                List.of()));
        return new Refund(
                ours.currency(),
                ours.presentmentCurrency(),
                entries,
                List.of(new Refund.ToTender("T1", "bogus", MoneyBag.of(usd(given)))));
    }

    private ReturnId adoptedOne() {
        List<ReturnId> made = adoption.adopt(order.key(), "ada").made();
        assertThat(made).hasSize(1);
        return made.getFirst();
    }

    private SalesInvoice note(Return made) {
        return new ReturnPostings(made, made.repayment().orElseThrow().refund(), order)
                .creditNote(SampleFacilities.WH_EAST, LocalDate.of(2026, 11, 24));
    }

    private int wakes(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select count(*) from inbox_message where subject = :subject")
                        .bind("subject", id.workflowId(order.key().account()))
                        .mapTo(Integer.class)
                        .one());
    }

    private record Given(String id, Tender.Status status, String amount) {}

    private static Given refund(String id, Tender.Status status, String amount) {
        return new Given(id, status, amount);
    }

    /** The channel tells of so many tees less, and of these refunds. */
    private void told(int fewer, Given... refunds) {
        OrderBuilder afterwards = new OrderBuilder(order.key(), "USD")
                .line(SampleOrder.TEE, 2 - fewer, 2 - fewer == 2 ? "50.00" : "25.00")
                .line(SampleOrder.CAP, 1, "40.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .version(order.version().plusSeconds(60));
        for (Given refund : refunds) {
            afterwards = afterwards.tender(
                    refund.id(), Tender.Kind.REFUND, refund.status(), "bogus", refund.amount(), Optional.of("T1"));
        }
        POSTGRES.database()
                .orders()
                .accept(
                        afterwards.build(),
                        PersonalData.none(),
                        POSTGRES.clock().instant());
    }
}
