package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.Verdict;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReturnsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Person SUPPORT = new Person("support", "support (key 1)");
    private static final Person FINANCE = new Person("finance", "finance (key 2)");

    private final Returns returns = POSTGRES.database().returns();
    private final ReturnIntake intake = POSTGRES.database().returnIntake();
    private final ReturnPolicyBuilder policy =
            new ReturnPolicyBuilder().limits(usd("500.00"), usd("500.00"), usd("500.00"));
    private final ReturnPreviews previews = new ReturnPreviews(
            POSTGRES.database().purchases(),
            new OnePolicy(policy),
            Clock.fixed(POSTGRES.clock().instant(), ZoneOffset.UTC));
    private final ReturnReckoning reckoning = new ReturnReckoning(new OnePolicy(policy));
    private Order order = SampleOrder.of(SampleOrder.freshKey()).build();

    /** Two tees at 25.00 and a cap at 40.00, of which the tees have left. */
    @BeforeEach
    void theTeesHaveLeft() {
        order = paid(SampleOrder.freshKey()).build();
        POSTGRES.stored(order);
        ship(allocate(order));
    }

    @Test
    void aReturnIsKeptFromItsAuthorisationToItsEnd() {
        ReturnId id = authorised("L1", 2);
        assertThat(id.value()).isEqualTo(order.id() + "-R1");
        assertStands(id, GoodsStatus.AUTHORISED, MoneyStatus.AWAITS_GOODS);

        stored(intake.receive(submission(), id, arrival("L1", 2)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.SCRAP)));
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);

        Return inspected = find(id);
        returns.booked(id, inspected.toBook());
        assertThat(find(id).toBook()).isEmpty();
        calculate(id);
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.APPROVED);
        Refund refund = find(id).repayment().orElseThrow().refund();
        assertThat(refund.total().shop()).hasToString("50.00 USD");

        returns.issued(
                id,
                new Return.Issued(
                        "R9", Map.of("T1", "TX9"), true, POSTGRES.clock().instant()));
        returns.issued(
                id,
                new Return.Issued(
                        "R10", Map.of("T1", "TX10"), true, POSTGRES.clock().instant()));
        returns.confirmed(id);
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.CONFIRMED);
        assertThat(find(id).repayment().flatMap(Return.Repayment::issued).orElseThrow())
                .satisfies(issued -> {
                    assertThat(issued.reference()).isEqualTo("R9");
                    assertThat(issued.transactions()).containsExactly(Map.entry("T1", "TX9"));
                });
        returns.endMoney(id, "in the books");
        returns.close(id);
        assertThat(find(id).closedAt()).isPresent();
        assertThat(returns.ofOrder(order.id())).singleElement().isEqualTo(find(id));
    }

    @Test
    void itIsToldInTheLineOfItsOrderAndFoundByItsName() {
        ReturnId id = authorised("L1", 1);

        assertThat(POSTGRES.database().trace().lookup(id.value()))
                .contains(order.id().value());
        assertThat(POSTGRES.database().trace().of(order.id().value()))
                .extracting(entry -> entry.kind())
                .contains("return.authorised");
    }

    @Test
    void noMoreComesBackThanWasHandedOver() {
        authorised("L1", 1);

        assertThat(authorise(submission(), "L1", 2)).isInstanceOf(Outcome.Denied.class);
        assertThat(authorise(submission(), "L2", 1)).isInstanceOf(Outcome.Denied.class);
        assertThat(authorise(submission(), "L1", 1)).isEqualTo(new Outcome.Stored(ReturnId.of(order.id(), 2)));
    }

    /** Whatever our rules say: the database counts by itself. */
    @Test
    void theDatabaseRefusesThatMoreComesBackThanWasHandedOver() {
        ReturnId id = authorised("L1", 2);

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update return_line set authorised = 3 where return_id = ?", id.value())))
                .hasMessageContaining("were handed over");
    }

    @Test
    void whatWasRefusedMayBeAskedForAgain() {
        ReturnId id = authorised("L1", 2);
        stored(intake.refuse(id, SUPPORT, "ask Ada Canary first"));

        assertStands(id, GoodsStatus.REFUSED, MoneyStatus.ENDED);
        assertThat(find(id).refused().flatMap(Return.Refused::reason)).contains("ask Ada Canary first");
        calculate(id);
        assertThat(find(id).repayment()).isEmpty();
        assertThat(intake.receive(submission(), id, arrival("L1", 1))).isInstanceOf(Outcome.Conflict.class);
        assertThat(authorise(submission(), "L1", 2)).isEqualTo(new Outcome.Stored(ReturnId.of(order.id(), 2)));
    }

    @Test
    void whatSomebodyHasLookedAtIsNotRefused() {
        ReturnId id = authorised("L1", 2);
        inspected(id);
        returns.booked(id, find(id).toBook());

        assertThat(intake.refuse(id, SUPPORT, "too late")).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void theSameSubmissionIsOne() {
        Submission submission = submission();
        ReturnId id = ReturnId.of(order.id(), 1);

        assertThat(authorise(submission, "L1", 1)).isEqualTo(new Outcome.Stored(id));
        assertThat(authorise(submission, "L1", 1)).isEqualTo(new Outcome.Replayed(id));
        Submission other = new Submission(SUPPORT, submission.key(), "other");
        assertThat(authorise(other, "L1", 1)).isInstanceOf(Outcome.KeyReused.class);

        Submission receipt = submission();
        stored(intake.receive(receipt, id, arrival("L1", 1)));
        assertThat(intake.receive(receipt, id, arrival("L1", 1))).isEqualTo(new Outcome.Replayed(id));
        assertThat(find(id).lines().getFirst().received()).isEqualTo(1);
    }

    @Test
    void whatNobodyExpectedIsTakenInAndBecomesACase() {
        ReturnId id = authorised("L1", 1);

        stored(intake.receive(submission(), id, arrival("L1", 2)));

        assertThat(find(id).unexpected()).singleElement().satisfies(beyond -> {
            assertThat(beyond.quantity()).isEqualTo(1);
            assertThat(beyond.sku()).isEqualTo(SampleOrder.TEE);
        });
        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .extracting(Case::code)
                .containsExactly(FailureCode.RETURN_UNEXPECTED);
    }

    @Test
    void whatHasNotComeCannotBeInspected() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 1)));

        assertThat(intake.inspect(submission(), id, finding("L1", 2, Disposition.RESTOCK)))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.receive(submission(), id, arrival("L9", 1))).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void theAskerIsNotTheSecondPerson() {
        policy.limits(usd("10.00"), usd("10.00"), usd("10.00"));
        ReturnId id = authorised("L1", 1);
        assertThat(intake.approve(id, FINANCE)).isInstanceOf(Outcome.Conflict.class);
        inspected(id);
        calculate(id);
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNAPPROVED);

        assertThat(intake.approve(id, SUPPORT)).isInstanceOf(Outcome.Conflict.class);
        stored(intake.approve(id, FINANCE));
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.APPROVED);
    }

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

    /** A gift card beside tees: it is nothing that could come back, and the rule says so before the database has to. */
    @Test
    void whatWasSoldWithoutGoodsIsRefusedInWords() {
        order = new OrderBuilder(SampleOrder.freshKey(), "USD")
                .line(SampleOrder.TEE, 2, "50.00")
                .giftCard(SampleOrder.CAP, "50.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .deliver(DeliveryMethod.NONE, Optional.empty(), Optional.empty())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "100.00", Optional.empty())
                .build();
        POSTGRES.stored(order);
        ship(allocate(order));

        assertThat(authorise(submission(), "L2", 1))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.verdicts())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        Verdict.Refused.class,
                                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.WITHOUT_GOODS)));
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Stored.class);
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

    @Test
    void whatIsGivenUpIsNotWaitedFor() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(
                submission(), id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), true)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void aJournalMayBeAboutAReturn() {
        ReturnId id = authorised("L1", 1);
        Journal journal = Journal.of(new CustomerPayment(
                id + "/refund/T1",
                id,
                order.key().account(),
                order.customer(),
                "bogus",
                usd("25.00"),
                LocalDate.parse("2026-11-24"),
                Optional.of(id + "/credit-note")));
        POSTGRES.database().journals().expect(journal);
        POSTGRES.database().journals().posted(journal.reference(), "PAY/" + id);
        POSTGRES.database().journals().confirmed(id);

        assertThat(POSTGRES.database().journals().of(id)).singleElement().satisfies(posting -> {
            assertThat(posting.journal()).isEqualTo(journal);
            assertThat(posting.documentNumber()).contains("PAY/" + id);
        });
        assertThat(POSTGRES.database().journals().of(order.id())).isEmpty();
    }

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

    private static ReturnRequest.Line line(String lineId, int quantity, ReturnReason reason) {
        return new ReturnRequest.Line(lineId, quantity, reason, Optional.empty());
    }

    private ReturnId authorised(String lineId, int quantity) {
        return ((Outcome.Stored) authorise(submission(), lineId, quantity)).id();
    }

    private Outcome authorise(Submission submission, String lineId, int quantity) {
        ReturnRequest request = request(lineId, quantity);
        return intake.authorise(submission, order.key(), request, false, purchase -> previews.of(purchase, request));
    }

    private ReturnRequest request(String lineId, int quantity) {
        return new ReturnRequest(
                order.id(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                List.of(new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.empty())));
    }

    private void inspected(ReturnId id) {
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
    }

    private void calculate(ReturnId id) {
        returns.calculate(id, (Purchase purchase) -> reckoning.of(find(id), purchase));
    }

    private String total(ReturnId id) {
        return find(id).repayment().orElseThrow().refund().total().shop().toString();
    }

    private Return find(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private void assertStands(ReturnId id, GoodsStatus goods, MoneyStatus money) {
        assertThat(find(id).goods()).isEqualTo(goods);
        assertThat(find(id).money()).isEqualTo(money);
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private static void stored(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    }

    private static Submission submission() {
        return new Submission(SUPPORT, UUID.randomUUID().toString(), "hash");
    }

    private static Arrival arrival(String lineId, int quantity) {
        return new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units(lineId, quantity)), false);
    }

    /** Nobody waits for the rest. */
    private static Arrival complete(String lineId, int quantity) {
        return new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units(lineId, quantity)), true);
    }

    private static Finding finding(String lineId, int quantity, Disposition disposition) {
        return new Finding(
                SampleFacilities.ST_HARBOR,
                List.of(new Finding.Units(lineId, quantity, ReturnPolicyBuilder.NEW, disposition)));
    }

    private static OrderBuilder paid(OrderKey key) {
        return SampleOrder.of(key)
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty());
    }

    private static FulfillmentOrderId allocate(Order order) {
        List<LineQuantity> tees = List.of(new LineQuantity("L1", SampleOrder.TEE, 2));
        var inventory = POSTGRES.inventory();
        inventory.record(new Movement(
                SampleFacilities.WH_EAST,
                SampleOrder.TEE,
                2,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order.id().value(),
                PostgresExtension.START));
        inventory.reserve(order.id(), tees, Set.of(SampleFacilities.WH_EAST));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), tees)),
                "nearest");
        return inventory.allocate(order.id(), plan).orElseThrow().getFirst().id();
    }

    private static void ship(FulfillmentOrderId id) {
        POSTGRES.database()
                .fulfillmentOrders()
                .observed(
                        id,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        POSTGRES.clock().instant(),
                        Optional.empty());
    }

    /** Whatever version is asked for. */
    private record OnePolicy(ReturnPolicyBuilder policy) implements ReturnPolicies {
        @Override
        public ReturnPolicy at(Instant instant) {
            return policy.build();
        }

        @Override
        public Optional<ReturnPolicy> named(String version) {
            return Optional.of(policy.build());
        }
    }
}
