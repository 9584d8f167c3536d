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
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.StockStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
                    orders.find(view.id()).orElseThrow(), shortage(view).onShortage());
            if (routed.waits()) {
                return cancelAt(view)
                        .filter(last -> !clock.instant().isBefore(last))
                        .map(last -> giveUp(view, last))
                        .orElseGet(() -> new Taken(routed.reply(), StepResult.waiting()));
            }
            if (routed.reply() instanceof Reply.Done && view.status() == OrderStatus.APPROVED) {
                orders.advance(view.id(), OrderStatus.IN_FULFILLMENT, "stock is reserved and the work is given out");
            }
            return new Taken(routed.reply());
        });
    }

    private Taken giveUp(OrderView view, Instant last) {
        String waited = "its stock has not come by " + last;
        orders.requestCancel(view.id(), ACTOR, waited);
        return new Taken(Reply.done(waited), StepResult.cancelled());
    }

    /** Null when there is no trouble with the order's stock. */
    @Nullable
    StockStanding standing(OrderView view) {
        OrderStock stock = inventory.stockOf(view.id());
        return stock.isUntroubled()
                ? null
                : new StockStanding(
                        stock.waiting().stream().map(Commitment.Waiting::words).toList(),
                        stock.displaced().stream().map(OrderAllocation::words).toList(),
                        stock.promisedAt().orElse(null),
                        stock.waiting().isEmpty() ? null : cancelAt(view).orElse(null));
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
