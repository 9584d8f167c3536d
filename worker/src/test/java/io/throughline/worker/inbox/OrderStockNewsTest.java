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
import io.throughline.domain.intervention.CancellationPlanner;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.ChangePlan;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStockNewsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingOrders orders =
            new TestingOrders(clock, new TestingFulfillmentOrders(clock), new TestingPeople());
    private final List<String> heard = new ArrayList<>();
    private final OrderStockNews desk = new OrderStockNews(
            orders, cases, new Deciding(), (open, about) -> heard.add(open.id() + " " + about), clock);

    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();

    @Test
    void anOrderWhoseStockHasComeIsWoken() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);

        assertThat(desk.handle(List.of(message("stock-of/" + order.id(), "FREED"))))
                .containsInstanceOf(Handling.Done.class);

        assertThat(heard).containsExactly(order.id() + " order stock");
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatIsAboutSomethingElseIsForOthers() {
        assertThat(desk.handle(List.of(message("order/northwind/1", "FREED")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREED", "EXPECTED"})
    void stockThatHasComeOrIsExpectedAgainAnswersWhoeverWasAskedAboutIt(String news) {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        CaseId open = cases.open(
                        SampleAccounts.SHOP, order.id().value(), "order.allocate", FailureCode.STOCK_MISSING, "none")
                .id();

        desk.handle(List.of(message("stock-of/" + order.id(), "REPROMISED")));
        assertThat(cases.find(open).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
        desk.handle(List.of(message("stock-of/" + order.id(), news)));

        Case decided = cases.find(open).orElseThrow();
        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision().map(Decision::action)).contains(Action.RETRY);
    }

    /** A part that has come says nothing of whether the customer bears the date of the rest. */
    @Test
    void whetherADateIsBorneIsNotAnsweredByStock() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        CaseId open = cases.open(
                        SampleAccounts.SHOP,
                        order.id().value(),
                        "order.promise order",
                        FailureCode.STOCK_MISSING,
                        "too late")
                .id();

        desk.handle(List.of(message("stock-of/" + order.id(), "FREED")));

        assertThat(cases.find(open).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(heard).containsExactly(order.id() + " order stock");
    }

    /** Stored by the version before, and not handled until this one was started. */
    @Test
    void whatWasStoredBeforeThereWasOtherNewsIsUnderstood() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        CaseId open = cases.open(
                        SampleAccounts.SHOP, order.id().value(), "order.allocate", FailureCode.STOCK_MISSING, "none")
                .id();

        desk.handle(List.of(new InboxMessage(
                1, SampleAccounts.SHOP, "throughline/freed", "e", "freed/" + order.id(), "{}", clock.instant(), 0)));

        assertThat(heard).containsExactly(order.id() + " order stock");
        assertThat(cases.find(open).orElseThrow().status()).isEqualTo(CaseStatus.DECIDED);
    }

    @Test
    void anOrderThatHasEndedIsLeftAlone() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        orders.advance(order.id(), OrderStatus.CANCELLED, "");

        assertThat(desk.handle(List.of(message("stock-of/" + order.id(), "DISPLACED"))))
                .containsInstanceOf(Handling.Done.class);
        assertThat(heard).isEmpty();
    }

    private InboxMessage message(String subject, String news) {
        return new InboxMessage(
                1, SampleAccounts.SHOP, "throughline/stock-" + news, "e", subject, "{}", clock.instant(), 0);
    }

    private final class Deciding implements Interventions {
        @Override
        public Case decide(CaseId id, Decision decision) {
            return cases.decide(id, decision);
        }

        @Override
        public boolean cancel(OrderId id, String actor, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ChangePlan> planCancellation(OrderId id, String actor, CancellationPlanner planner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cancelAsPlanned(
                OrderId id, String token, String actor, String reason, CancellationPlanner planner) {
            throw new UnsupportedOperationException();
        }
    }
}
