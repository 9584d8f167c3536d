package io.throughline.activities.finance;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.call.Steps.Taken;
import io.throughline.activities.order.ChannelReading;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.finance.FinanceSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * An order that was carried out is to be paid before its books are closed. What its channel takes while it waits for a provider is waited
 * for as long as the order's policy says; what else is missing is a case. An order that is stored as paid costs no question.
 */
final class PaymentInFull {
    private final Steps steps;
    private final OutsideWorld world;
    private final Orders orders;
    private final ChannelReading reading;
    private final Policies policies;
    private final Clock clock;

    PaymentInFull(
            Steps steps, OutsideWorld world, Orders orders, ChannelReading reading, Policies policies, Clock clock) {
        this.steps = steps;
        this.world = world;
        this.orders = orders;
        this.reading = reading;
        this.policies = policies;
        this.clock = clock;
    }

    /** WAITING: until {@link #due} at most, or until the channel has news. */
    StepResult require(Order known) {
        if (known.isPaid() || !isOursToTake(known)) {
            return StepResult.done();
        }
        return steps.takeBy(
                step(known, FinanceSteps.PAYMENT), () -> newest(known).isPaid(), decision -> look(newest(known)));
    }

    private Taken look(Order order) {
        if (order.isPaid() || wasGivenUp(order)) {
            return new Taken(Reply.done("nothing is missing"));
        }
        if (due(order).filter(clock.instant()::isBefore).isPresent()) {
            return new Taken(Reply.done("its payment is on the way"), StepResult.waiting());
        }
        return new Taken(Reply.refused(
                FailureCode.PAYMENT_MISSING,
                order.paid() + " of " + order.total().shop() + " is paid"));
    }

    /** Until when the payment that was begun last is waited for; empty when none is on its way. */
    Optional<Instant> due(Order order) {
        return order.pendingPayments().stream()
                .map(Tender::at)
                .max(Comparator.naturalOrder())
                .map(begun -> begun.plus(patience(order)));
    }

    private Duration patience(Order order) {
        return policies.of(orders.view(order.id()).flatMap(OrderView::rules)).confirmPaymentWithin();
    }

    /** Where we only look on, others take the money, when it suits them. */
    private boolean isOursToTake(Order order) {
        return world.accounts().get(order.key().account()).isLive();
    }

    /** A capture that was declined and gone without is finance's claim already. */
    private boolean wasGivenUp(Order order) {
        return steps.goneWithout(step(order, "channel.capture"));
    }

    private Order newest(Order known) {
        return orders.view(known.id()).flatMap(reading::refresh).orElse(known);
    }

    private static Steps.Step step(Order order, String name) {
        return new Steps.Step(order.id(), order.key().account(), name, "order");
    }
}
