package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.activities.call.Steps.Taken;
import io.throughline.activities.fulfillment.EditedWork;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.activities.fulfillment.Routing.Routed;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.Order;
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
    private final EditedWork edited;
    private final Clock clock;

    OrderAllocation(
            Steps steps,
            Orders orders,
            InventoryLedger inventory,
            Policies policies,
            Routing routing,
            EditedWork edited,
            Clock clock) {
        this.steps = steps;
        this.orders = orders;
        this.inventory = inventory;
        this.policies = policies;
        this.routing = routing;
        this.edited = edited;
        this.clock = clock;
    }

    StepResult take(OrderView view, Steps.Step step) {
        return inTime(view, steps.takeAnewBy(step, OrderAllocation::settledBy, decision -> {
            ShortagePolicy shortage = shortage(view);
            Order order = orders.find(view.id()).orElseThrow();
            boolean inParts = shortage.inParts() || Routing.isCarriedOutInPart(order);
            Routed routed = inParts
                    ? routing.routeParts(view, order, shortage.onShortage())
                    : routing.route(view, order, shortage.onShortage());
            boolean begun = inParts && isGivenOut(view);
            if (routed.waits() && !begun) {
                return waits(view, routed);
            }
            if ((begun || routed.reply() instanceof Reply.Done) && view.status() == OrderStatus.APPROVED) {
                orders.advance(view.id(), OrderStatus.IN_FULFILLMENT, "stock is reserved and the work is given out");
            }
            return new Taken(begun ? Reply.done("what can be had of it is given out") : routed.reply());
        }));
    }

    private static String settledBy(Case open) {
        return switch (open.code()) {
            case NO_FACILITY -> "there is a facility for it, or it may wait for one";
            case FACILITY_PAUSED -> "its facility gives out work again, or is waited for";
            default -> "what was missing has come, or is waited for";
        };
    }

    /** What is still to come of an order of which a part is given out. */
    StepResult takeRest(OrderView view, Steps.Step step) {
        if (view.toBeUndone()) {
            return StepResult.cancelled();
        }
        StepResult taken =
                inTime(view, steps.takeBy(step, () -> view.cancelRequestedAt().isPresent(), decision -> {
                    if (view.cancelRequestedAt().isPresent()) {
                        return new Taken(giveUpRest(view));
                    }
                    Routed routed = routing.routeParts(
                            view,
                            orders.find(view.id()).orElseThrow(),
                            shortage(view).onShortage());
                    return routed.waits() ? waits(view, routed) : new Taken(routed.reply());
                }));
        if (taken.verdict() == StepResult.Verdict.CANCELLED) {
            // A person has called the order off by the case of the rest, or it has waited for too long.
            orders.view(view.id())
                    .filter(now -> now.cancelRequestedAt().isPresent() && !now.toBeUndone())
                    .ifPresent(this::giveUpRest);
        }
        return taken;
    }

    private Reply giveUpRest(OrderView view) {
        inventory.releaseRest(view.id(), "it was to be cancelled after goods had left");
        return Reply.done("the rest is given up");
    }

    private boolean isPast(Optional<Instant> instant) {
        return instant.filter(last -> !clock.instant().isBefore(last)).isPresent();
    }

    private boolean isGivenOut(OrderView view) {
        return orders.view(view.id())
                .filter(now -> !now.fulfillmentOrders().isEmpty())
                .isPresent();
    }

    /** What has its other goods given out whole does not lose them because something was added that does not come in time. */
    private Taken waits(OrderView view, Routed routed) {
        if (!shortage(view).inParts() && isPast(cancelAt(view)) && isGivenOut(view)) {
            return new Taken(Reply.refused(
                    FailureCode.STOCK_MISSING,
                    "it waits for " + routed.waitsFor()
                            + " for longer than its order may, of which the rest is given out"));
        }
        return routed.cancelAt()
                .or(() -> cancelAt(view))
                .filter(last -> !clock.instant().isBefore(last))
                .map(last -> giveUp(view, last, routed.waitsFor()))
                .orElseGet(() -> new Taken(routed.reply(), StepResult.waiting()));
    }

    /** An order waits as long as what was promised does not move too far. What its customer knows is another matter. */
    private StepResult inTime(OrderView view, StepResult result) {
        boolean waits = result.verdict() == StepResult.Verdict.WAITING;
        if (!waits && result.verdict() != StepResult.Verdict.PARKED) {
            shortage(view).patience().ifPresent(limited -> steps.relieve(promise(view), "it waits no more"));
            return result;
        }
        Optional<OrderPromise> promise = inventory.stockOf(view.id()).promise();
        StepResult borne = waits ? withinPatience(view, promise) : result;
        return (borne.verdict() == StepResult.Verdict.DONE ? result : borne)
                .withPromiseMoved(promise.filter(said -> !said.told()).isPresent());
    }

    private StepResult withinPatience(OrderView view, Optional<OrderPromise> promise) {
        Optional<Duration> patience = shortage(view).patience();
        if (patience.isEmpty()) {
            return StepResult.done();
        }
        Optional<Reply.Refused> tooLate =
                promise.filter(said -> said.isBeyond(patience.get())).map(said -> tooLate(said, patience.get()));
        Steps.Step step = promise(view);
        return steps.take(
                step,
                tooLate::isEmpty,
                decision -> tooLate.filter(late -> !steps.answered(step, late, Action.RETRY))
                        .<Reply>map(late -> late)
                        .orElseGet(() -> Reply.done("it is expected in time, or waited for all the same")));
    }

    private static Reply.Refused tooLate(OrderPromise said, Duration patience) {
        return new Reply.Refused(FailureCode.STOCK_MISSING, said.words(patience));
    }

    private static Steps.Step promise(OrderView view) {
        return new Steps.Step(view.id(), view.key().account(), "order.promise", "order");
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
        boolean follows = follows(view, stock);
        if (stock.isUntroubled() && queued.isEmpty() && !follows) {
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
                queued.flatMap(RoutingDecision::lookAgainAt).orElse(null),
                follows);
    }

    /** Whether what is still to come is looked after beside the work that is under way. */
    private boolean follows(OrderView view, OrderStock stock) {
        boolean open = !view.fulfillmentOrders().isEmpty()
                && shortage(view).inParts()
                && !(stock.waiting().isEmpty() && stock.unplaced().isEmpty());
        return open
                || (edited.mayFollow(view)
                        && orders.find(view.id())
                                .filter(order -> edited.follows(view, order))
                                .isPresent());
    }

    /** Why an order, or a part of it, that has all its stock has no facility yet, if it is to be looked at again. */
    private Optional<RoutingDecision> queued(OrderView view, OrderStock stock) {
        return view.routing()
                .filter(decision -> decision.lookAgainAt().isPresent()
                        && ((view.fulfillmentOrders().isEmpty()
                                        && stock.waiting().isEmpty())
                                || ((shortage(view).inParts() || edited.mayFollow(view))
                                        && !stock.unplaced().isEmpty())));
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
