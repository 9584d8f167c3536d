package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.AdvanceDebt;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.domain.returns.TestingReturnDebts;
import io.throughline.domain.returns.TestingReturns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturnDeskTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingReturns returns = new TestingReturns();
    private final TestingReturnDebts debts = new TestingReturnDebts(returns);
    private final List<String> woken = new ArrayList<>();
    private final ReturnDesk desk = new ReturnDesk(returns, debts, cases, (returned, about) -> woken.add(about));
    private final ReturnId id = authorised();

    private ReturnId authorised() {
        return returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line(ORDER.lines().getFirst().id(), 1, ReturnReason.UNWANTED, Optional.empty()));
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

    @Test
    void whatIsOwedOfAnAdvanceIsKeptOrWaivedAndItsCaseCloses() {
        Case kept = owed(Action.RELEASE_HOLD);
        assertThat(desk.resolve(kept)).isTrue();
        assertThat(debts.find(id).orElseThrow().outcome()).contains(ReturnDebts.Outcome.KEPT);
        assertThat(cases.find(kept.id())).map(Case::status).contains(CaseStatus.CLOSED);

        Case again = owed(Action.ACCEPT_DIFFERENCE);
        desk.resolve(again);
        assertThat(debts.find(id).orElseThrow().outcome())
                .as("what was decided before stays")
                .contains(ReturnDebts.Outcome.KEPT);
    }

    private Case owed(Action action) {
        debts.settle(
                id,
                returned -> Optional.of(new AdvanceDebt.Owed(Money.of("20.00", CurrencyCode.of("USD")), "never came")));
        Case open =
                cases.open(SampleAccounts.SHOP, id.value(), "return.advance", FailureCode.ADVANCE_OWED, "20.00 USD");
        return cases.decide(open.id(), action);
    }

    /** What is read of a refund wakes its return only while that waits for it: its own process may have read it. */
    @Test
    void newsOfARefundWakesOnlyWhoWaitsForIt() {
        desk.handle(List.of(message("throughline/refund-told")));
        assertThat(woken).as("its money is not given back yet").isEmpty();

        returns.receive(id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), false));
        returns.inspect(
                id,
                new Finding(
                        SampleFacilities.WH_EAST,
                        List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.NEW, Disposition.RESTOCK))));
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(ORDER, "L1", "25.00"), false));
        returns.issued(id, new Return.Issued("R1", Map.of("T1", "TX1"), true, clock.instant()));
        desk.handle(List.of(message("throughline/refund-told")));
        assertThat(woken).containsExactly("return");

        returns.confirmed(id);
        desk.handle(List.of(message("throughline/refund-told")));
        assertThat(woken).containsExactly("return");
        desk.handle(List.of(message("throughline/refund-told"), message("throughline/return")));
        assertThat(woken).as("what people tell is news always").containsExactly("return", "return");
    }

    /** Somebody may have mended the order there, and then nobody has to decide about it any more. */
    @Test
    void newsOfAnOrderWakeTheReturnThatItsChannelReckonsOtherwise() {
        returns.receive(id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), false));
        returns.inspect(
                id,
                new Finding(
                        SampleFacilities.WH_EAST,
                        List.of(new Finding.Units("L1", 1, ReturnPolicyBuilder.NEW, Disposition.RESTOCK))));
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(ORDER, "L1", "25.00"), false));
        desk.heardOf(ORDER.key());
        assertThat(woken).as("it goes on by itself").isEmpty();

        Case differs = cases.open(
                SampleAccounts.SHOP, id.value(), "channel.suggest", FailureCode.REFUND_DIFFERS, "24.41, not 25.00");
        desk.heardOf(ORDER.key());
        desk.handle(List.of(message("throughline/refund-told")));
        assertThat(woken).containsExactly("return", "return");

        cases.close(differs.id(), "the difference was accepted");
        desk.heardOf(ORDER.key());
        assertThat(woken).hasSize(2);
    }

    private InboxMessage message(String topic) {
        return new InboxMessage(
                1,
                SampleAccounts.SHOP,
                topic,
                id + "/version-2",
                id.workflowId(SampleAccounts.SHOP),
                "{}",
                clock.instant(),
                0,
                Optional.empty());
    }

    private Case decided() {
        Case open =
                cases.open(SampleAccounts.SHOP, id.value(), "refund.issue", FailureCode.REFUND_REFUSED, "not any more");
        return cases.decide(open.id(), Action.RETRY);
    }
}
