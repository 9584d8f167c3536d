package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.returns.Advances;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was given before its goods came, and is not covered by what has come. */
class ReturnDebtsTest extends ReturnsFixture {
    private final ReturnDebts debts = POSTGRES.database().returnDebts();
    private final Advances advances = new Advances(new OnePolicy(policy::build), debts);

    @Test
    void worseGoodsAreADebtWithOneCase() {
        ReturnId id = paidFirst();
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(
                submission(),
                id,
                new Finding(
                        SampleFacilities.ST_HARBOR,
                        List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.UNSALEABLE, Disposition.SCRAP)))));

        advances.settle(find(id));
        advances.settle(find(id));

        assertThat(debts.find(id)).hasValueSatisfying(debt -> {
            assertThat(debt.amount()).hasToString("25.00 USD");
            assertThat(debt.outcome()).isEmpty();
        });
        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .extracting(Case::code)
                .containsExactly(FailureCode.ADVANCE_OWED);
    }

    @Test
    void whatIsAsItWasSaidToBeIsNoDebt() {
        ReturnId id = paidFirst();
        inspected(id);

        advances.settle(find(id));

        assertThat(debts.find(id)).isEmpty();
    }

    @Test
    void goodsThatNeverComeAreOwedAndNothingElseIsGivenFirst() {
        ReturnId id = paidFirst();
        returns.giveUp(id);

        advances.settle(find(id));

        assertThat(debts.find(id).orElseThrow().amount()).hasToString("25.00 USD");
        assertThat(authoriseFirst())
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class, no -> assertThat(no.why()).contains(id.value()));
        debts.decide(id, ReturnDebts.Outcome.WAIVED, "somebody");
        debts.decide(id, ReturnDebts.Outcome.KEPT, "somebody else");
        assertThat(debts.find(id).orElseThrow().outcome()).contains(ReturnDebts.Outcome.WAIVED);
        assertThat(authoriseFirst()).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void whatIsOwedCountsForHowOftenSomebodyMayReturn() {
        ReturnId id = paidFirst();
        returns.giveUp(id);
        int before = POSTGRES.database().purchases().othersRefunded(order.id(), order.placedAt());

        advances.settle(find(id));

        assertThat(POSTGRES.database().purchases().othersRefunded(order.id(), order.placedAt()))
                .isEqualTo(before + 1);
        debts.decide(id, ReturnDebts.Outcome.WAIVED, "somebody");
        assertThat(POSTGRES.database().purchases().othersRefunded(order.id(), order.placedAt()))
                .isEqualTo(before);
    }

    private ReturnId paidFirst() {
        ReturnId id = ((Outcome.Stored) authoriseFirst()).id();
        calculate(id);
        returns.issued(
                id,
                new Return.Issued(
                        "R-" + id,
                        Map.of("T1", "TX-" + id),
                        true,
                        POSTGRES.clock().instant()));
        return id;
    }

    private Outcome authoriseFirst() {
        ReturnRequest request = request("L1", 1);
        return intake.authorise(submission(), order.key(), request, true, purchase -> previews.of(purchase, request));
    }
}
