package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.rebuild.Rebuilding;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A return from its authorisation to its end, and who may do what with it. */
class ReturnsTest extends ReturnsFixture {
    @Test
    void howManyHaveComeFollowsFromReceiptsAndInspections() {
        ReturnId id = authorised("L1", 2);
        inspected(id);
        stored(intake.receive(submission(), id, arrival("L1", 1)));

        Rebuilding.mends(
                POSTGRES,
                ReadModel.RETURNS,
                "select return_id, number, received, inspected, sent_back from return_line order by 1, 2",
                1,
                "update return_line set received = 1, inspected = 0 where return_id = '" + id + "'");
    }

    /** By whoever has to find again what they have asked for, whatever has become of it. */
    @Test
    void whatWasAuthorisedIsFoundByTheKeyThatItWasAskedUnder() {
        Submission asked = submission();
        ReturnId id = ((Outcome.Stored) authorise(asked, "L1", 1)).id();
        stored(intake.refuse(id, FINANCE, "not wanted any more"));

        assertThat(intake.authorised(SUPPORT.owner(), asked.key())).contains(id);
        assertThat(intake.authorised(FINANCE.owner(), asked.key())).isEmpty();
        assertThat(intake.authorised(SUPPORT.owner(), "another")).isEmpty();
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
    void theDatabaseRefusesThatAReturnEndsBeforeItsMoney() {
        ReturnId id = authorised("L1", 1);

        assertThatThrownBy(() -> returns.close(id)).hasStackTraceContaining("TL005");
        assertThat(find(id).closedAt()).isEmpty();
    }

    @Test
    void theDatabaseRefusesThatAReturnEndsBeforeItsStockHasHeardOfIt() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 2)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        returns.booked(id, find(id).toBook());
        returns.endMoney(id, "somebody bears it");
        assertThatThrownBy(() -> returns.close(id)).hasStackTraceContaining("TL005");

        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        assertThatThrownBy(() -> returns.close(id)).hasStackTraceContaining("TL005");

        returns.booked(id, find(id).toBook());
        returns.close(id);
        assertThat(find(id).closedAt()).isPresent();
    }

    /** As a bug or a hand in the tables would have it. */
    @Test
    void theDatabaseRefusesThatARefundIsAnotherSumThanItsSteps() {
        ReturnId id = authorised("L1", 1);
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.SCRAP)));
        returns.booked(id, find(id).toBook());
        calculate(id);
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update return_refund_tender set amount = amount - 1 where return_id = ?", id.value()));
        returns.endMoney(id, "somebody bears it");

        assertThatThrownBy(() -> returns.close(id)).hasStackTraceContaining("TL005");
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
}
