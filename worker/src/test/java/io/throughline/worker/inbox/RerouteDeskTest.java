package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.fulfillment.TestingReroutes;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
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

class RerouteDeskTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingFulfillmentOrders work = new TestingFulfillmentOrders(clock);
    private final TestingReroutes reroutes = new TestingReroutes(work, clock);
    private final List<String> woken = new ArrayList<>();
    private final RerouteDesk desk =
            new RerouteDesk(reroutes, (reroute, about) -> woken.add(reroute.id() + " " + about));
    private final Reroute reroute = opened();

    private Reroute opened() {
        return reroutes.open(
                work.create(
                                ORDER.id(),
                                SampleFacilities.ST_HARBOR,
                                DeliveryMethod.SHIPPING,
                                FulfillmentStatus.RELEASED,
                                Optional.empty(),
                                List.of(new LineQuantity("L1", SampleOrders.TEE, 1)))
                        .id(),
                RerouteCause.SILENT);
    }

    @Test
    void aMessageAboutAnOpenRerouteWakesItsProcess() {
        assertThat(desk.handle(List.of(message("opened")))).containsInstanceOf(Handling.Done.class);

        assertThat(woken).containsExactly(reroute.id() + " reroute");
    }

    @Test
    void aProcessIsNotStartedForItsOwnEndButHearsOfOneThatCameFromElsewhere() {
        reroutes.end(reroute.id(), RerouteStatus.CALLED_OFF, Reroute.Finding.of("its order has ended"), List.of());

        desk.handle(List.of(message("answered")));
        assertThat(woken).isEmpty();
        desk.handle(List.of(message("called-off")));
        assertThat(woken).containsExactly(reroute.id() + " reroute");
    }

    @Test
    void whatIsAboutSomethingElseIsNoneOfItsBusiness() {
        InboxMessage other = new InboxMessage(
                1, SampleAccounts.SHOP, "orders/create", "e-1", "order/northwind/1", "{}", clock.instant(), 0);

        assertThat(desk.handle(List.of(other))).isEmpty();
    }

    @Test
    void aDecisionAtOneOfItsStepsWakesItAndStaysTheOrdersToo() {
        Case own = open("reroute.place " + reroute.id().work());
        Case others = open("facility.review " + reroute.id().work());

        assertThat(desk.resolve(own)).isFalse();
        assertThat(desk.resolve(others)).isFalse();

        assertThat(woken).containsExactly(reroute.id() + " " + own.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer.tell-choices", "customer.tell-wait", "customer.tell-moved"})
    void aMessageOfItsOwnThatWasDecidedAboutWakesIt(String step) {
        Case own = open(step + " " + reroute.id().work());

        desk.resolve(own);

        assertThat(woken).containsExactly(reroute.id() + " " + own.id());
    }

    @Test
    void stockThatComesForAnOrderWakesItsReroutesToo() {
        TestingOrders orders = new TestingOrders(clock, work, new TestingPeople());
        OrderView view = orders.hint(ORDER.key(), ORDER.channel(), SamplePolicies.RULES);
        List<String> told = new ArrayList<>();

        desk.alongside((order, about) -> told.add(order.id() + " " + about)).accept(view, "order stock");

        assertThat(told).containsExactly(ORDER.id() + " order stock");
        assertThat(woken).containsExactly(reroute.id() + " reroute");
    }

    private Case open(String step) {
        return cases.open(SampleAccounts.SHOP, ORDER.id().value(), step, FailureCode.NO_FACILITY, "nobody has it");
    }

    private InboxMessage message(String what) {
        return new InboxMessage(
                1,
                SampleAccounts.SHOP,
                "throughline/reroute",
                reroute.id() + "/" + what,
                reroute.id().workflowId(),
                "{}",
                clock.instant(),
                0);
    }
}
