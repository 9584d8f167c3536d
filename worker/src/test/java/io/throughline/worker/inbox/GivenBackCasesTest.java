package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.ReturnAdoption;
import io.throughline.domain.returns.ReturnId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GivenBackCasesTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingOrders orders =
            new TestingOrders(clock, new TestingFulfillmentOrders(clock), new TestingPeople());
    private final List<OrderKey> adopted = new ArrayList<>();
    private boolean beingPaid;
    private final GivenBackCases desk = new GivenBackCases(
            orders,
            (order, by) -> {
                adopted.add(order);
                return new ReturnAdoption.Outcome(
                        beingPaid ? List.of() : List.of(ReturnId.of(ORDER.id(), 1)),
                        beingPaid ? List.of(ReturnId.of(ORDER.id(), 2)) : List.of());
            },
            cases);

    @BeforeEach
    void theOrderIsKnown() {
        orders.hint(ORDER.key(), ORDER.channel(), SamplePolicies.RULES);
    }

    @Test
    void whatIsToBeBookedBecomesAReturn() {
        Case open = open("order.given-back R1");
        assertThat(desk.resolve(open)).isTrue();
        assertThat(adopted).as("not before it is decided").isEmpty();

        Case decided = cases.decide(open.id(), Action.BOOK_AS_RETURN);
        assertThat(desk.resolve(decided)).isTrue();

        assertThat(adopted).containsExactly(ORDER.key());
        assertThat(cases.open()).isEmpty();
    }

    /** What that gives may be what was seen. */
    @Test
    void whileAReturnOfTheOrderIsAboutToBePaidItIsAskedAgain() {
        beingPaid = true;
        Case open = open("order.given-back R1");

        assertThat(desk.resolve(cases.decide(open.id(), Action.BOOK_AS_RETURN))).isTrue();

        assertThat(cases.open())
                .singleElement()
                .satisfies(again -> assertThat(again.detail()).contains("about to give money back"));
    }

    @Test
    void whatIsRightAsItIsIsOnlySeenTo() {
        Case open = open("order.given-back R1 1f");

        assertThat(desk.resolve(cases.decide(open.id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();

        assertThat(adopted).isEmpty();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void othersAreLeftAlone() {
        assertThat(desk.resolve(open("order.after-end 2026-11-23T09:00:00Z 1f")))
                .isFalse();
    }

    private Case open(String step) {
        return cases.open(
                ORDER.key().account(), ORDER.id().value(), step, FailureCode.CHANGED_AFTER_SHIPMENT, "given back");
    }
}
