package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.activities.fulfillment.Coverage;
import io.throughline.activities.fulfillment.LegStates;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCheck;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.Closing;
import io.throughline.workflows.order.OrderSteps;
import io.throughline.workflows.order.Standing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The steps of an order that only our own database takes part in. */
public final class OrderStepsImpl implements OrderSteps {
    private static final String WHOLE_ORDER = "order";

    private final Steps steps;
    private final Orders orders;
    private final InventoryLedger inventory;
    private final Policies policies;
    private final OrderCheck check;
    private final OrderAllocation allocation;
    private final LegStates legStates;

    public OrderStepsImpl(
            Steps steps,
            Orders orders,
            InventoryLedger inventory,
            Policies policies,
            OrderCheck check,
            Routing routing,
            LegStates legStates,
            Clock clock) {
        this.steps = steps;
        this.orders = orders;
        this.inventory = inventory;
        this.policies = policies;
        this.check = check;
        this.allocation = new OrderAllocation(steps, orders, inventory, policies, routing, clock);
        this.legStates = legStates;
    }

    @Override
    public StepResult screen(OrderId id, String policyVersion) {
        OrderView view = view(id);
        return steps.take(step(view, "order.screen"), decision -> {
            if (screenedBefore(view.status())) {
                return Reply.done("it was let through before");
            }
            Order order = orders.find(id).orElseThrow();
            Optional<Reply> objection = objection(order, policies.version(policyVersion), decision);
            if (objection.isPresent()) {
                return objection.get();
            }
            if (view.status() == OrderStatus.RECEIVED) {
                orders.advance(id, OrderStatus.VALIDATED, "totals and products are right");
            }
            orders.advance(id, OrderStatus.APPROVED, "no hold stands against it");
            return Reply.done(id.value());
        });
    }

    private static boolean screenedBefore(OrderStatus status) {
        return status != OrderStatus.RECEIVED && status != OrderStatus.VALIDATED;
    }

    private Optional<Reply> objection(Order order, OrderPolicy policy, Optional<Decision> decision) {
        Optional<OrderCheck.Finding> finding = check.check(order);
        if (finding.isPresent()) {
            return finding.map(found -> Reply.refused(found.code(), found.detail()));
        }
        List<String> holds =
                order.tags().stream().filter(policy.holdTags()::contains).toList();
        boolean released = decision.map(Decision::action)
                .filter(Action.RELEASE_HOLD::equals)
                .isPresent();
        return holds.isEmpty() || released
                ? Optional.empty()
                : Optional.of(Reply.refused(FailureCode.ORDER_ON_HOLD, "held because of " + String.join(", ", holds)));
    }

    @Override
    public StepResult allocate(OrderId id) {
        OrderView view = view(id);
        return allocation.take(view, step(view, "order.allocate"));
    }

    @Override
    public Standing look(OrderId id) {
        OrderView view = view(id);
        return steps.retrying(
                step(view, "order.look"),
                () -> new Standing(
                        view.status(),
                        view.posting(),
                        view.cancelRequestedAt().isPresent(),
                        view.channelChanged(),
                        view.fulfillmentOrders().stream()
                                .map(work -> legStates.of(view, work, replaced(work, view.fulfillmentOrders())))
                                .toList(),
                        allocation.standing(view)));
    }

    private boolean replaced(FulfillmentOrder one, List<FulfillmentOrder> work) {
        return one.status() == FulfillmentStatus.REJECTED
                && orders.find(one.id().order())
                        .map(order -> Coverage.replaced(order, one, work))
                        .orElse(false);
    }

    @Override
    public StepResult reviewLateChange(OrderId id) {
        boolean ending = view(id).status() == OrderStatus.CANCELLED || steps.asked(id, FailureCode.RECALL_REFUSED);
        if (ending) {
            return StepResult.cancelled();
        }
        return steps.take(
                step(view(id), "order.late-change"),
                decision -> Reply.refused(
                        FailureCode.CHANGED_AFTER_SHIPMENT,
                        "it was to be cancelled after goods had left; take them back as a return"));
    }

    @Override
    public void releaseStock(OrderId id) {
        steps.retrying(step(view(id), "order.release"), () -> {
            inventory.releaseAll(id, "the order has ended");
            return id;
        });
    }

    @Override
    public Closing close(OrderId id, boolean completed) {
        OrderView view = view(id);
        return steps.retrying(step(view, "order.close"), () -> {
            OrderStatus end = completed ? OrderStatus.COMPLETED : OrderStatus.CANCELLED;
            giveBackWhatIsLeft(id, completed);
            if (!view.status().ended()) {
                orders.advance(
                        id, end, completed ? "everything is handed over, paid and booked" : "what was done is undone");
            }
            steps.relieveAll(id, "the order has ended");
            return new Closing(view.status().ended() ? view.status() : end, view.posting());
        });
    }

    /** A line that was reserved and then taken off the order at its channel; and the basket of an order that was cancelled early. */
    private void giveBackWhatIsLeft(OrderId id, boolean completed) {
        if (!completed || !inventory.stockOf(id).unrouted().isEmpty()) {
            inventory.releaseAll(id, "the order ended without it");
        }
    }

    private OrderView view(OrderId id) {
        return orders.view(id).orElseThrow(() -> new IllegalStateException("order " + id + " is not stored"));
    }

    private static Steps.Step step(OrderView view, String name) {
        return new Steps.Step(view.id(), view.key().account(), name, WHOLE_ORDER);
    }
}
