package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.activities.call.Steps.Taken;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.activities.fulfillment.Routing.Routed;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ShortagePolicy;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.StockStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives an order its stock, or lets it wait for it by the policy that the order keeps to. */
final class OrderAllocation {
    private static final String ACTOR = "throughline";

    private final Steps steps;
    private final Orders orders;
    private final InventoryLedger inventory;
    private final Policies policies;
    private final Routing routing;
    private final Clock clock;

    OrderAllocation(
            Steps steps, Orders orders, InventoryLedger inventory, Policies policies, Routing routing, Clock clock) {
        this.steps = steps;
        this.orders = orders;
        this.inventory = inventory;
        this.policies = policies;
        this.routing = routing;
        this.clock = clock;
    }

    StepResult take(OrderView view, Steps.Step step) {
        return steps.takeBy(step, () -> false, decision -> {
            Routed routed = routing.route(
                    view, orders.find(view.id()).orElseThrow(), shortage(view).onShortage());
            if (routed.waits()) {
                return routed.cancelAt()
                        .or(() -> cancelAt(view))
                        .filter(last -> !clock.instant().isBefore(last))
                        .map(last -> giveUp(view, last, routed.waitsFor()))
                        .orElseGet(() -> new Taken(routed.reply(), StepResult.waiting()));
            }
            if (routed.reply() instanceof Reply.Done && view.status() == OrderStatus.APPROVED) {
                orders.advance(view.id(), OrderStatus.IN_FULFILLMENT, "stock is reserved and the work is given out");
            }
            return new Taken(routed.reply());
        });
    }

    private Taken giveUp(OrderView view, Instant last, String waitedFor) {
        String waited = waitedFor + ", which has not come by " + last;
        orders.requestCancel(view.id(), ACTOR, waited);
        return new Taken(Reply.done(waited), StepResult.cancelled());
    }

    /** Null when there is no trouble with the order's stock, and a place for it. */
    @Nullable
    StockStanding standing(OrderView view) {
        OrderStock stock = inventory.stockOf(view.id());
        Optional<RoutingDecision> queued = queued(view, stock);
        if (stock.isUntroubled() && queued.isEmpty()) {
            return null;
        }
        boolean waits = queued.isPresent() || !stock.waiting().isEmpty();
        return new StockStanding(
                Stream.concat(
                                stock.waiting().stream().map(Commitment.Waiting::words),
                                queued.stream().map(RoutingDecision::summary))
                        .toList(),
                stock.displaced().stream().map(OrderAllocation::words).toList(),
                stock.promisedAt().orElse(null),
                queued.flatMap(RoutingDecision::cancelAt)
                        .or(() -> waits ? cancelAt(view) : Optional.empty())
                        .orElse(null),
                queued.flatMap(RoutingDecision::lookAgainAt).orElse(null));
    }

    /** Why an order that has all its stock has no facility yet, if it is to be looked at again. */
    private static Optional<RoutingDecision> queued(OrderView view, OrderStock stock) {
        return view.routing()
                .filter(decision -> decision.lookAgainAt().isPresent()
                        && view.fulfillmentOrders().isEmpty()
                        && stock.waiting().isEmpty());
    }

    private static String words(Booking.Displaced lost) {
        return lost.work() + ": " + lost.units() + " × " + lost.sku() + " at " + lost.facility();
    }

    private Optional<Instant> cancelAt(OrderView view) {
        return shortage(view)
                .cancelAfter()
                .map((Duration wait) -> view.receivedAt().plus(wait));
    }

    private ShortagePolicy shortage(OrderView view) {
        return policies.of(view.rules()).shortage();
    }
}
