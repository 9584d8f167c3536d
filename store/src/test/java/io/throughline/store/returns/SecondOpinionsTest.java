package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Regraded;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SendBackReason;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a second person makes of a refund that waits for them: they agree, look again, or say no. */
class SecondOpinionsTest extends ReturnsFixture {
    private static final Person COUNTER = new Person("harbor", "harbor (key 3)");

    @Test
    void whoHasLookedAtTheGoodsDoesNotApprove() {
        ReturnId id = unapproved(Disposition.RESTOCK, FINANCE);

        assertThat(intake.approve(id, SUPPORT)).isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.approve(id, FINANCE))
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class, no -> assertThat(no.why()).contains("has looked at the goods"));
        stored(intake.approve(id, COUNTER));
        assertThat(find(id).money()).isEqualTo(MoneyStatus.APPROVED);
    }

    @Test
    void aCorrectedGradeIsReckonedAnewAndIsAnotherPersonsToApprove() {
        ReturnId id = unapproved(Disposition.RESTOCK, SUPPORT);
        assertThat(total(id)).isEqualTo("25.00 USD");

        stored(intake.regrade(
                submission(FINANCE), id, List.of(new Regraded(inspection(id), ReturnPolicyBuilder.UNSALEABLE))));

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        reckon(id);
        assertThat(total(id)).isEqualTo("0.00 USD");
        assertThat(intake.approve(id, FINANCE)).isInstanceOf(Outcome.Conflict.class);
        stored(intake.approve(id, COUNTER));
        assertThat(intake.regrade(
                        submission(FINANCE), id, List.of(new Regraded(inspection(id), ReturnPolicyBuilder.NEW))))
                .as("it is approved")
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(putAside(id)).isEqualTo(1);
    }

    @Test
    void theSameCorrectionIsTakenInOnce() {
        ReturnId id = unapproved(Disposition.RESTOCK, SUPPORT);
        Submission once = submission(FINANCE);
        List<Regraded> found = List.of(new Regraded(inspection(id), ReturnPolicyBuilder.UNSALEABLE));

        stored(intake.regrade(once, id, found));
        reckon(id);

        assertThat(intake.regrade(once, id, found)).isInstanceOf(Outcome.Replayed.class);
        assertThat(total(id)).isEqualTo("0.00 USD");
    }

    @Test
    void refusedGoodsGoBackAndCountAsTheCustomers() {
        ReturnId id = unapproved(Disposition.REFURBISH, SUPPORT);
        returns.booked(id, find(id).toBook());

        stored(intake.refuse(id, FINANCE, "the seal is broken", RefusedGoods.SEND_BACK));

        Return refused = find(id);
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        assertThat(refused.toRefund().lines()).isEmpty();
        assertThat(refused.toBook()).singleElement().satisfies(found -> {
            assertThat(found.disposition()).isEqualTo(Disposition.SEND_BACK);
            assertThat(found.stockedAs()).contains(Disposition.REFURBISH);
            assertThat(found.back().orElseThrow().reason()).isEqualTo(SendBackReason.NOT_PAID_FOR);
        });
        assertThat(refused.toSendBack()).hasSize(1);
        assertThat(authorise(submission(), "L1", 2))
                .as("it is the customer's again")
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void goodsThatAreKeptStayReturnedAndNothingIsPaid() {
        ReturnId id = unapproved(Disposition.RESTOCK, SUPPORT);
        returns.booked(id, find(id).toBook());

        stored(intake.refuse(id, FINANCE, "it is not what was sold", RefusedGoods.KEEP));

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.ENDED);
        assertThat(find(id).repayment()).isEmpty();
        assertThat(returns.isMoneyRefused(id)).isTrue();
        assertThat(authorise(submission(), "L1", 2)).isInstanceOf(Outcome.Denied.class);
        returns.close(id);
        assertThat(find(id).closedAt()).isPresent();
    }

    @Test
    void whatWasScrappedDoesNotGoBack() {
        ReturnId id = unapproved(Disposition.SCRAP, SUPPORT);
        returns.booked(id, find(id).toBook());

        assertThat(intake.refuse(id, FINANCE, "worn", RefusedGoods.SEND_BACK)).isInstanceOf(Outcome.Conflict.class);
        assertThat(find(id).money()).isEqualTo(MoneyStatus.UNAPPROVED);
    }

    @Test
    void theDatabaseLetsNobodyForgetARefundThatWasNotPutAside() {
        ReturnId id = unapproved(Disposition.RESTOCK, SUPPORT);

        assertThatThrownBy(() -> POSTGRES.tables().useHandle(handle -> {
                    handle.execute("delete from return_refund_tender where return_id = ?", id.value());
                    handle.execute("delete from return_refund where return_id = ?", id.value());
                }))
                .hasMessageContaining("is not put aside");
    }

    private ReturnId unapproved(Disposition disposition, Person inspector) {
        ReturnId id = authorised("L1", 1);
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(inspector), id, finding("L1", 1, disposition)));
        reckon(id);
        assertThat(find(id).money()).isEqualTo(MoneyStatus.UNAPPROVED);
        return id;
    }

    private void reckon(ReturnId id) {
        returns.calculate(
                id,
                purchase ->
                        new Returns.Reckoned(reckoning.of(find(id), purchase).refund(), true));
    }

    private long inspection(ReturnId id) {
        return find(id).lines().getFirst().inspections().getFirst().number();
    }

    private static Submission submission(Person by) {
        return new Submission(by, UUID.randomUUID().toString(), "hash");
    }

    private static int putAside(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from return_refund_put_aside where return_id = :id")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }
}
