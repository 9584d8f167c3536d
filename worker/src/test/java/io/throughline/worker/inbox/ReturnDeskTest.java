package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.TestingReturns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturnDeskTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingReturns returns = new TestingReturns();
    private final List<String> woken = new ArrayList<>();
    private final ReturnDesk desk = new ReturnDesk(returns, cases, (returned, about) -> woken.add(about));
    private final ReturnId id = authorised();

    private ReturnId authorised() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        return returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line(order.lines().getFirst().id(), 1, ReturnReason.UNWANTED, Optional.empty()));
    }

    @Test
    void whileTheReturnIsOpenItsProcessHearsOfTheDecision() {
        Case decided = decided();

        assertThat(desk.resolve(decided)).isTrue();

        assertThat(woken).containsExactly(decided.id().value());
        assertThat(cases.find(decided.id())).map(Case::status).contains(CaseStatus.DECIDED);
    }

    @Test
    void onceItHasEndedADecisionIsTheEndOfTheCase() {
        returns.close(id);
        Case decided = decided();

        assertThat(desk.resolve(decided)).isTrue();

        assertThat(woken).isEmpty();
        assertThat(cases.find(decided.id())).map(Case::status).contains(CaseStatus.CLOSED);
        assertThat(cases.outcome(decided.id())).contains("decided when the return had ended");
    }

    private Case decided() {
        Case open =
                cases.open(SampleAccounts.SHOP, id.value(), "refund.issue", FailureCode.REFUND_REFUSED, "not any more");
        return cases.decide(open.id(), Action.RETRY);
    }
}
