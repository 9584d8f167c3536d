package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockSubjectsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingOrders orders =
            new TestingOrders(clock, new TestingFulfillmentOrders(clock), new TestingPeople());
    private final List<String> heard = new ArrayList<>();
    private final StockSubjects desk =
            new StockSubjects(id -> heard.add("import " + id), orders, cases, new Deciding(), clock);

    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();

    @Test
    void anImportThatIsThereIsBooked() {
        assertThat(desk.handle(List.of(message("stock-import/I-7", 0)))).containsInstanceOf(Handling.Done.class);

        assertThat(heard).containsExactly("import I-7");
    }

    @Test
    void whatIsAboutSomethingElseIsForOthers() {
        assertThat(desk.handle(List.of(message("order/northwind/1", 0)))).isEmpty();
    }

    @Test
    void anOrderThatGotItsStockTriesAgain() {
        CaseId open = cases.open(
                        SampleAccounts.SHOP, order.id().value(), "order.allocate", FailureCode.STOCK_MISSING, "none")
                .id();

        assertThat(desk.handle(List.of(message("freed/" + order.id(), 0)))).containsInstanceOf(Handling.Done.class);

        Case decided = cases.find(open).orElseThrow();
        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision().map(Decision::action)).contains(Action.RETRY);
    }

    @Test
    void stockThatComesBeforeTheOrderHasSaidThatItWaitsIsToldAgain() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        orders.advance(order.id(), OrderStatus.VALIDATED, "");
        orders.advance(order.id(), OrderStatus.APPROVED, "");

        assertThat(desk.handle(List.of(message("freed/" + order.id(), 0)))).containsInstanceOf(Handling.Later.class);
        assertThat(desk.handle(List.of(message("freed/" + order.id(), 10)))).containsInstanceOf(Handling.Done.class);
    }

    private InboxMessage message(String subject, int attempts) {
        return new InboxMessage(1, SampleAccounts.SHOP, "throughline/x", "e", subject, "{}", clock.instant(), attempts);
    }

    private final class Deciding implements Interventions {
        @Override
        public Case decide(CaseId id, Decision decision) {
            return cases.decide(id, decision);
        }

        @Override
        public void cancel(OrderId id, String actor, String reason) {
            throw new UnsupportedOperationException();
        }
    }
}
