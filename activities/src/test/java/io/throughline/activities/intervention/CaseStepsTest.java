package io.throughline.activities.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CaseStepsTest {
    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(Instant.parse("2026-11-23T08:00:00Z")));
    private final Case open = retail.cases.open(
            SampleAccounts.SHOP, "O-7K2M9Q4XTA", "order.allocate order", FailureCode.STOCK_MISSING, "1 wanted, 0 had");
    private final String id = open.id().value();

    @Test
    void whatIsHarmlessIsDecidedByAnActorWhomNobodyKnows() {
        assertThat(retail.interventions.decided(id)).isFalse();
        assertThat(retail.interventions.decide(id, Action.RETRY)).contains("RETRY is decided");

        assertThat(retail.interventions.decided(id)).isTrue();
        assertThat(retail.cases.find(open.id()).flatMap(Case::decision))
                .hasValueSatisfying(
                        decision -> assertThat(decision.actorVerified()).isFalse());
    }

    @Test
    void whatIsNotIsDecidedWhereLittleIsAtStake() {
        assertThat(retail.interventions.decide(id, Action.CANCEL)).contains("CANCEL is decided");

        assertThat(retail.cases.find(open.id()).flatMap(Case::decision))
                .map(Decision::action)
                .contains(Action.CANCEL);
    }

    @Test
    void whatIsNotIsKeptAsAProposalWhereMuchIsAtStake() {
        retail.asked.muchIsAtStake();

        assertThat(retail.interventions.decide(id, Action.CANCEL)).contains("proposed");

        assertThat(retail.cases.find(open.id())).map(Case::status).contains(CaseStatus.OPEN);
        assertThat(retail.asked.proposals())
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.actorVerified()).isFalse());
    }

    @Test
    void whatIsRefusedIsInTheTraceOnce() {
        retail.interventions.decide(id, Action.RELEASE_HOLD);
        retail.interventions.decide(id, Action.RELEASE_HOLD);
        retail.interventions.refuse("O-7K2M9Q4XTA");

        assertThat(retail.trace.of("O-7K2M9Q4XTA"))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.kind()).isEqualTo("case.refused"));
    }

    @Test
    void whatCanNotBeDecidedIsAnsweredInWordsAndNotTriedForEver() {
        assertThat(retail.interventions.decide("C-4711", Action.RETRY)).isEqualTo("no case C-4711");
        assertThat(retail.interventions.decide("not a case", Action.RETRY)).isEqualTo("no case not a case");
        assertThat(retail.interventions.decide(id, Action.RELEASE_HOLD)).contains("allows");
        retail.cases.close(open.id(), "its cause has gone");
        assertThat(retail.interventions.decide(id, Action.RETRY)).contains("CLOSED");
    }

    @Test
    void whoComesSecondIsToldSo() {
        retail.cases.decide(open.id(), Action.CANCEL);

        assertThat(retail.interventions.decide(id, Action.RETRY)).contains("DECIDED");
        assertThat(retail.cases.find(open.id()).flatMap(Case::decision))
                .map(Decision::action)
                .contains(Action.CANCEL);
    }

    @Test
    void aCaseThatNobodyKnowsWaitsForNobody() {
        assertThat(retail.interventions.decided("C-4711")).isTrue();
    }
}
