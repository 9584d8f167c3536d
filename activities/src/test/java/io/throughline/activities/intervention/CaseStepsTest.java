package io.throughline.activities.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void anAmendmentThatIsKeptIsDecidedByItsName() {
        Case refused = retail.cases.open(
                SampleAccounts.SHOP,
                "O-7K2M9Q4XTA",
                "customer.tell F1",
                FailureCode.MESSAGE_REFUSED,
                "no such mailbox");
        Amendment kept = retail.amendments.keep(refused.id(), Map.of("customerEmail", "canary@example.com"), "ada");
        String name = kept.id().value();

        assertThat(retail.interventions.amend(id, name)).isEqualTo("no amendment " + name + " of " + id);
        assertThat(retail.interventions.amend(refused.id().value(), "AM-4711")).contains("no amendment AM-4711");
        assertThat(retail.interventions.amend(refused.id().value(), name)).contains("AMEND_AND_RETRY is decided");

        Decision decision =
                retail.cases.find(refused.id()).flatMap(Case::decision).orElseThrow();
        assertThat(decision.amendment()).isEqualTo(Map.of("customerEmail", name));
        assertThat(decision.toString()).doesNotContain("canary");
        assertThat(kept.toString()).doesNotContain("canary");
    }

    @Test
    void eachAmendmentThatIsRefusedIsInTheTraceOnce() {
        Case refused = retail.cases.open(
                SampleAccounts.SHOP,
                "O-7K2M9Q4XTA",
                "customer.tell F1",
                FailureCode.MESSAGE_REFUSED,
                "no such mailbox");
        Amendment first = retail.amendments.keep(refused.id(), Map.of("customerEmail", "canary@example.com"), "ada");
        Amendment second = retail.amendments.keep(refused.id(), Map.of("customerPhone", "+1 201 555 0123"), "ada");
        retail.cases.close(refused.id(), "its cause has gone");

        for (Amendment amendment : List.of(first, second, first)) {
            assertThat(retail.interventions.amend(
                            refused.id().value(), amendment.id().value()))
                    .contains("CLOSED");
        }

        assertThat(retail.trace.of("O-7K2M9Q4XTA"))
                .filteredOn(entry -> entry.kind().equals("case.refused"))
                .hasSize(2);
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
