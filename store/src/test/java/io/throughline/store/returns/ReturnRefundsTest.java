package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is given back for a return, and what the channel tells of that. */
class ReturnRefundsTest extends ReturnsFixture {
    /** Each of two returns is reckoned knowing of the other, so that both come to the whole. */
    @Test
    void returnsOfOneLineShareItsPriceToTheMinorUnit() {
        OrderKey key = SampleOrder.freshKey();
        order = new OrderBuilder(key, "USD")
                .line(SampleOrder.TEE, 2, "50.01")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "50.01", Optional.empty())
                .build();
        POSTGRES.stored(order);
        ship(allocate(order));
        ReturnId first = authorised("L1", 1);
        ReturnId second = authorised("L1", 1);
        inspected(first);
        inspected(second);
        calculate(first);
        calculate(second);

        assertThat(List.of(total(first), total(second))).containsExactlyInAnyOrder("25.01 USD", "25.00 USD");
    }

    @Test
    void theDatabaseRefusesThatMoreIsGivenBackThanWasCaptured() {
        ReturnId id = authorised("L1", 1);
        inspected(id);
        Refund much = new Refund(
                order.currency(),
                order.presentmentCurrency(),
                List.of(new RefundEntry.Goods(
                        "L1", SampleOrder.TEE, "tee", 1, usd("90.01"), usd("0.00"), usd("90.01"), List.of())),
                List.of(new Refund.ToTender("T1", "bogus", MoneyBag.of(usd("90.01")))));

        assertThatThrownBy(() -> returns.calculate(id, purchase -> new Returns.Reckoned(much, false)))
                .hasStackTraceContaining("TL003");
        assertThat(find(id).repayment()).isEmpty();
    }

    /** Its transaction is the return's for good, and another one may be issued; until then nobody else gets that money. */
    @Test
    void aRefundThatFailedMakesRoomForAnother() {
        ReturnId id = refunded("R1", "TX1");
        told("TX1", Tender.Status.FAILURE, 1);

        returns.failed(id, List.of("TX1"), true);
        returns.failed(id, List.of("TX1"), true);

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.APPROVED);
        Return.Repayment repayment = find(id).repayment().orElseThrow();
        assertThat(repayment.earlier()).isEqualTo(new Return.Earlier(1, Map.of(), Set.of("TX1")));
        assertThat(repayment.toGive()).isEqualTo(repayment.refund().tenders());
        assertThat(intake.authorise(
                        submission(),
                        order.key(),
                        request("L1", 1),
                        false,
                        purchase -> previewWithLeft(purchase, "65.00")))
                .isInstanceOf(Outcome.Stored.class);

        issue(id, "R2", "TX2");
        returns.confirmed(id);
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.CONFIRMED);
        Return.Repayment given = find(id).repayment().orElseThrow();
        assertThat(given.issued().orElseThrow().transactions()).containsExactly(Map.entry("T1", "TX2"));
        assertThat(given.everyTransaction()).containsExactlyInAnyOrder("TX1", "TX2");
        assertThat(given.given()).isEqualTo(given.refund().tenders());
    }

    /** Whoever reads it: where no webhook has told of it, the comparison does. */
    @Test
    void newsOfItsRefundWakesAReturnThatWaitsForIt() {
        ReturnId id = refunded("R1", "TX1");
        told("TX1", Tender.Status.PENDING, 1);
        assertThat(wakes(id)).as("what was not known before is news").hasSize(1);

        told("TX1", Tender.Status.PENDING, 1);
        assertThat(wakes(id)).as("the same again is none").hasSize(1);

        again("TX1", Tender.Status.SUCCESS, 120);
        assertThat(wakes(id)).as("that it got through is news").hasSize(2);

        returns.confirmed(id);
        again("TX1", Tender.Status.FAILURE, 180);
        assertThat(wakes(id)).as("nobody waits for it any more").hasSize(2);
    }

    @Test
    void newsOfSomebodyElsesRefundWakesNoReturn() {
        ReturnId id = refunded("R1", "TX1");

        told("TX2", Tender.Status.SUCCESS, 0);

        assertThat(wakes(id)).isEmpty();
    }

    private List<String> wakes(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select event_id from inbox_message where subject = :subject and topic = :topic")
                        .bind("subject", id.workflowId(order.key().account()))
                        .bind("topic", RefundNews.TOPIC)
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void whatFailedAndIsGivenOtherwiseIsNotGivenByTheChannel() {
        ReturnId id = refunded("R1", "TX1");

        returns.failed(id, List.of("TX1"), false);

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.CONFIRMED);
        assertThat(find(id).repayment().orElseThrow().given()).isEmpty();
    }

    @Test
    void theDatabaseRefusesThatARefundWhichHasNotFailedIsForgotten() {
        ReturnId id = refunded("R1", "TX1");

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update return_refund set reference = null, ours = null, issued_at = null where"
                                        + " return_id = ?",
                                id.value())))
                .hasMessageContaining("never becomes another");
    }

    private ReturnId refunded(String reference, String transaction) {
        ReturnId id = authorised("L1", 1);
        inspected(id);
        returns.booked(id, find(id).toBook());
        calculate(id);
        issue(id, reference, transaction);
        return id;
    }

    private void issue(ReturnId id, String reference, String transaction) {
        returns.issued(
                id,
                new Return.Issued(
                        reference,
                        Map.of("T1", transaction),
                        true,
                        POSTGRES.clock().instant()));
    }

    /** The channel tells of a refund of 25.00, and so many tees less. */
    private void told(String transaction, Tender.Status status, int fewer) {
        told(transaction, status, fewer, 60);
    }

    private void again(String transaction, Tender.Status status, int seconds) {
        told(transaction, status, 1, seconds);
    }

    private void told(String transaction, Tender.Status status, int fewer, int seconds) {
        Order afterwards = new OrderBuilder(order.key(), "USD")
                .line(SampleOrder.TEE, 2 - fewer, "25.00")
                .line(SampleOrder.CAP, 1, "40.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender(transaction, Tender.Kind.REFUND, status, "bogus", "25.00", Optional.of("T1"))
                .version(order.version().plusSeconds(seconds))
                .build();
        POSTGRES.database()
                .orders()
                .accept(afterwards, PersonalData.none(), POSTGRES.clock().instant());
    }

    private ReturnPreview previewWithLeft(Purchase purchase, String left) {
        assertThat(purchase.payments())
                .singleElement()
                .satisfies(payment -> assertThat(payment.left()).hasToString(left + " USD"));
        return previews.of(purchase, request("L1", 1));
    }

    /** Somebody was faster at the channel: the return is reckoned from what was known when it was authorised. */
    @Test
    void unitsThatSomebodyTookOffAtTheChannelAreStillReckoned() {
        ReturnId id = authorised("L1", 1);
        Order afterwards = new OrderBuilder(order.key(), "USD")
                .line(SampleOrder.TEE, 1, "25.00")
                .line(SampleOrder.CAP, 1, "40.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "bogus", "75.00", Optional.of("T1"))
                .version(order.version().plusSeconds(60))
                .build();
        POSTGRES.database()
                .orders()
                .accept(afterwards, PersonalData.none(), POSTGRES.clock().instant());
        inspected(id);

        calculate(id);

        assertThat(total(id)).isEqualTo("25.00 USD");
    }

    /** It goes back to no payment, so that only the whole tells that there is less left; before and after the channel tells of it. */
    @Test
    void whatBecameStoreCreditIsLeftToNobody() {
        policy.storeCredit();
        ReturnRequest request = new ReturnRequest(
                order.id(),
                new ReturnCause.ByChoice(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                RefundTo.STORE_CREDIT,
                List.of(line("L1", 1, ReturnReason.UNWANTED)));
        ReturnId id = ((Outcome.Stored) intake.authorise(
                        submission(), order.key(), request, false, purchase -> previews.of(purchase, request)))
                .id();
        assertThat(find(id).refundTo()).isEqualTo(RefundTo.STORE_CREDIT);
        inspected(id);
        calculate(id);
        assertLeft("65.00");
        assertNoMoreThan("65.00");

        returns.issued(
                id,
                new Return.Issued(
                        "R1",
                        Map.of(Refund.STORE_CREDIT, "TX1"),
                        true,
                        POSTGRES.clock().instant()));
        Order afterwards = new OrderBuilder(order.key(), "USD")
                .line(SampleOrder.TEE, 1, "25.00")
                .line(SampleOrder.CAP, 1, "40.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender(
                        "TX1",
                        Tender.Kind.REFUND,
                        Tender.Status.SUCCESS,
                        "shopify_store_credit",
                        "25.00",
                        Optional.empty())
                .version(order.version().plusSeconds(60))
                .build();
        POSTGRES.database()
                .orders()
                .accept(afterwards, PersonalData.none(), POSTGRES.clock().instant());

        assertThat(find(id).repayment().orElseThrow().transactions())
                .containsExactly(Map.entry(Refund.STORE_CREDIT, "TX1"));
        assertLeft("65.00");
        assertNoMoreThan("65.00");
    }

    private void assertLeft(String left) {
        Purchase purchase = POSTGRES.database().purchases().find(order.id()).orElseThrow();
        assertThat(purchase.payments())
                .singleElement()
                .satisfies(payment -> assertThat(payment.left()).hasToString(left + " USD"));
    }

    /** Whatever our rules say: the database counts by itself. */
    private void assertNoMoreThan(String left) {
        ReturnId other = authorised("L1", 1);
        Money more = usd(left).plus(usd("0.01"));
        Refund much = new Refund(
                order.currency(),
                order.presentmentCurrency(),
                List.of(new RefundEntry.Goods("L1", SampleOrder.TEE, "tee", 1, more, usd("0.00"), more, List.of())),
                List.of(new Refund.ToTender("T1", "bogus", MoneyBag.of(more))));
        assertThatThrownBy(() -> returns.calculate(other, purchase -> new Returns.Reckoned(much, false)))
                .hasStackTraceContaining("TL003");
        stored(intake.refuse(other, SUPPORT, "only tried"));
    }
}
