package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.activities.fulfillment.Coverage;
import io.throughline.activities.fulfillment.EditedWork;
import io.throughline.activities.fulfillment.LegStates;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.activities.payment.AuthorisationTerms;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.GivenBackStep;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCheck;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.Closing;
import io.throughline.workflows.order.OrderSteps;
import io.throughline.workflows.order.Standing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps of an order that only our own database takes part in. */
public final class OrderStepsImpl implements OrderSteps {
    private static final String WHOLE_ORDER = "order";
    private static final int MOST_SHOWN = 6;
    private static final String LATE_CHANGE = "order.late-change";
    private static final String CALLED_OFF_TOO_LATE =
            "it was to be cancelled after goods had left; take them back as a return";

    private final Steps steps;
    private final Orders orders;
    private final InventoryLedger inventory;
    private final Policies policies;
    private final OrderCheck check;
    private final AwaitedProducts awaited;
    private final OrderAllocation allocation;
    private final Coverage coverage;
    private final EditedWork edited;
    private final LegStates legStates;
    private final Reroutes reroutes;
    private final Restraints restraints;
    private final AuthorisationTerms authorised;

    public OrderStepsImpl(
            Steps steps,
            Orders orders,
            InventoryLedger inventory,
            Policies policies,
            OrderCheck check,
            AwaitedProducts awaited,
            Routing routing,
            Coverage coverage,
            EditedWork edited,
            LegStates legStates,
            Reroutes reroutes,
            Restraints restraints,
            AuthorisationTerms authorised,
            Clock clock) {
        this.steps = steps;
        this.orders = orders;
        this.inventory = inventory;
        this.policies = policies;
        this.check = check;
        this.awaited = awaited;
        this.allocation = new OrderAllocation(steps, orders, inventory, policies, routing, edited, clock);
        this.coverage = coverage;
        this.edited = edited;
        this.legStates = legStates;
        this.reroutes = reroutes;
        this.restraints = restraints;
        this.authorised = authorised;
    }

    @Override
    public StepResult screen(OrderId id, String policyVersion) {
        OrderView view = view(id);
        Steps.Step step = step(view, "order.screen");
        return steps.takeAnew(step, OrderStepsImpl::settledBy, decision -> {
            if (screenedBefore(view.status())) {
                return Reply.done("it was let through before");
            }
            Optional<Reply> objection = objection(step, checkable(id), policies.version(policyVersion));
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

    /** With the products of ours that people have said are meant, where it has others. */
    private Order checkable(OrderId id) {
        Order order = orders.find(id).orElseThrow();
        return check.unknown(order).isEmpty() ? order : orders.named(id);
    }

    /** Why nobody has to decide any more what its screening had asked. */
    private static String settledBy(Case open) {
        return switch (open.code()) {
            case UNKNOWN_SKU -> "the catalogue knows all of its products";
            case ORDER_ON_HOLD -> "its channel has taken off what held it";
            case ORDER_TOTALS_DISAGREE, ORDER_UNREADABLE -> "its channel has corrected it";
            default -> "nothing stands against it any more";
        };
    }

    private static boolean screenedBefore(OrderStatus status) {
        return status != OrderStatus.RECEIVED && status != OrderStatus.VALIDATED;
    }

    /** A hold that was released once stays so, whatever else was found to object to since. */
    private Optional<Reply> objection(Steps.Step step, Order order, OrderPolicy policy) {
        Optional<OrderCheck.Finding> finding = check.check(order);
        if (finding.isPresent()) {
            awaitUnknown(order, finding.get());
            return finding.map(found -> Reply.refused(found.code(), found.detail()));
        }
        List<String> holds = order.tags().stream()
                .filter(policy.holdTags()::contains)
                .sorted()
                .toList();
        if (holds.isEmpty()) {
            return Optional.empty();
        }
        Reply.Refused hold =
                new Reply.Refused(FailureCode.ORDER_ON_HOLD, "held because of " + String.join(", ", holds));
        return steps.answered(step, hold, Action.RELEASE_HOLD) ? Optional.empty() : Optional.of(hold);
    }

    /** Before anybody is asked, so that no product comes unnoticed in between. */
    private void awaitUnknown(Order order, OrderCheck.Finding finding) {
        if (finding.code() == FailureCode.UNKNOWN_SKU) {
            awaited.await(order.key(), order.id().value(), check.unknown(order));
        }
    }

    @Override
    public StepResult allocate(OrderId id) {
        OrderView view = view(id);
        return allocation.take(view, step(view, "order.allocate"));
    }

    @Override
    public StepResult allocateRest(OrderId id) {
        OrderView view = view(id);
        return allocation.takeRest(view, step(view, "order.allocate-rest"));
    }

    @Override
    public Standing look(OrderId id) {
        // Read first: of a reroute that has ended, the work that others do instead is in the view.
        List<Reroute> known = reroutes.ofOrder(id);
        OrderView view = view(id);
        return steps.retrying(step(view, "order.look"), () -> standing(view, known));
    }

    private Standing standing(OrderView view, List<Reroute> known) {
        Optional<AuthorisationTerms.Due> due = authorised.due(view);
        return new Standing(
                view.status(),
                view.posting(),
                view.cancelRequestedAt().isPresent(),
                view.channelChanged(),
                view.fulfillmentOrders().stream()
                        .map(work -> legStates.of(view, work, replaced(work, view.fulfillmentOrders(), known)))
                        .toList(),
                allocation.standing(view),
                view.routing().map(OrderStepsImpl::words).orElse(null),
                mayBeKept(view),
                view.cancelDeclinedAt().isPresent(),
                isDisputed(view),
                due.map(AuthorisationTerms.Due::from).orElse(null),
                due.map(AuthorisationTerms.Due::until).orElse(null));
    }

    private static boolean isDisputed(OrderView view) {
        return view.openWork().stream()
                .flatMap(work -> work.held().stream())
                .anyMatch(hold -> hold.source() == WorkHold.Source.DISPUTE);
    }

    /** Everything that is wanted lies with facilities that decide for themselves whether they give it back, and the money has not gone back. */
    private boolean mayBeKept(OrderView view) {
        List<FulfillmentOrder> open = view.openWork();
        return view.toBeUndone()
                && !open.isEmpty()
                && open.stream().allMatch(legStates::mayBeKept)
                && orders.find(view.id())
                        .filter(order -> order.cancelledAt().isEmpty())
                        .filter(view::isWhollyOpen)
                        .isPresent();
    }

    @Override
    public StepResult declineCancellation(OrderId id) {
        OrderView view = view(id);
        if (view.cancelRequestedAt().isEmpty()) {
            return StepResult.done();
        }
        List<FulfillmentOrder> open = view.openWork();
        return steps.retrying(step(view, "order.decline"), () -> {
            if (!mayBeKept(view) || !open.stream().allMatch(FulfillmentOrder::kept)) {
                return StepResult.cancelled();
            }
            String facilities = open.stream()
                    .map(work -> work.facility().value())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            orders.declineCancel(id, facilities + " was asked to give its work back and goes on with it");
            // Its channel may just have cancelled it.
            return view(id).cancelRequestedAt().isEmpty() ? StepResult.done() : StepResult.cancelled();
        });
    }

    /** How it was routed, and the first of what was considered; the trace has the rest. */
    private static String words(RoutingDecision decision) {
        List<String> shown = decision.considered().stream().limit(MOST_SHOWN).toList();
        return decision.summary() + (shown.isEmpty() ? "" : " (" + String.join("; ", shown) + ")");
    }

    private boolean replaced(FulfillmentOrder one, List<FulfillmentOrder> work, List<Reroute> known) {
        return one.status() == FulfillmentStatus.REJECTED
                && known.reversed().stream()
                        .filter(reroute -> reroute.id().work().equals(one.id()))
                        .findFirst()
                        .map(Reroute::leftItsFacility)
                        .orElseGet(() -> byOthers(one, work));
    }

    /** As what was routed again before reroutes were kept. */
    private boolean byOthers(FulfillmentOrder one, List<FulfillmentOrder> work) {
        return orders.find(one.id().order())
                .map(order -> coverage.replaced(view(order.id()).rules(), order, one, work))
                .orElse(false);
    }

    @Override
    public StepResult reviewLateChange(OrderId id) {
        OrderView view = view(id);
        boolean endsAlready = steps.asked(id, FailureCode.RECALL_REFUSED) || givenBack(view);
        if (view.status() == OrderStatus.CANCELLED || endsAlready) {
            return StepResult.cancelled();
        }
        if (view.status() == OrderStatus.COMPLETED) {
            return StepResult.done();
        }
        return steps.take(
                step(view, LATE_CHANGE),
                decision -> Reply.refused(FailureCode.CHANGED_AFTER_SHIPMENT, CALLED_OFF_TOO_LATE));
    }

    @Override
    public StepResult reviewDispute(OrderId id) {
        OrderView view = view(id);
        return restraints.review(view, step(view, "order.dispute"));
    }

    /**
     * A part of it was had back for its end while another has left: it can't go on as a whole, and RECALL_REFUSED tells a person so. Work is
     * CANCELLED for nothing else than that its order ends.
     */
    private static boolean givenBack(OrderView view) {
        return view.fulfillmentOrders().stream().anyMatch(work -> work.status() == FulfillmentStatus.CANCELLED);
    }

    @Override
    public void releaseStock(OrderId id) {
        steps.retrying(step(view(id), "order.release"), () -> {
            inventory.releaseAll(id, "the order has ended");
            reroutes.callOff(id);
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
            // Read again: from here on nobody is told any more that a cancellation is taken in.
            OrderView ended = view(id);
            leaveUnansweredBehind(ended);
            leaveUngivenBehind(ended);
            return new Closing(ended.status(), ended.posting());
        });
    }

    /** A cancellation that came when nothing looked for it any more, and was answered as taken in. */
    private void leaveUnansweredBehind(OrderView ended) {
        if (ended.status() == OrderStatus.COMPLETED && ended.cancelRequestedAt().isPresent()) {
            steps.leaveBehind(step(ended, LATE_CHANGE), FailureCode.CHANGED_AFTER_SHIPMENT, CALLED_OFF_TOO_LATE);
        }
    }

    /** What was added when nothing looked after the order any more but its payment. */
    private void leaveUngivenBehind(OrderView ended) {
        boolean unasked = ended.status() == OrderStatus.COMPLETED
                && ended.cancelRequestedAt().isEmpty()
                && edited.plans(ended)
                && !steps.askedAt(
                        ended.id(),
                        FailureCode.CHANGED_AFTER_SHIPMENT,
                        step -> GivenBackStep.of(step).isEmpty() && !step.startsWith("order.refund-failed "));
        List<String> ungiven = unasked ? edited.ungiven(orders.find(ended.id()).orElseThrow(), ended) : List.of();
        if (!ungiven.isEmpty()) {
            steps.leaveBehind(
                    step(ended, "order.ungiven"),
                    FailureCode.CHANGED_AFTER_SHIPMENT,
                    "the channel has added to it when its work was done: " + String.join("; ", ungiven));
        }
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
