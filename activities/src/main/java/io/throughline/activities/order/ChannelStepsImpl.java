package io.throughline.activities.order;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Messages;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.fulfillment.Coverage;
import io.throughline.activities.fulfillment.EditedWork;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.LessWork;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.ChannelSteps;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and ends orders at their channel. */
public final class ChannelStepsImpl implements ChannelSteps {
    private static final String WHOLE_ORDER = "order";
    private static final String CUSTOMER_TELL = "customer.tell";
    private static final String PROMISE = "promise";

    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final ChannelReading reading;
    private final Restraints restraints;
    private final Messages messages;
    private final Coverage coverage;
    private final EditedWork edited;
    private final InventoryLedger inventory;
    private final Marketplaces marketplaces;
    private final MarketplaceAnswers answers;

    public ChannelStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            ChannelReading reading,
            Restraints restraints,
            Messages messages,
            Coverage coverage,
            EditedWork edited,
            InventoryLedger inventory,
            Marketplaces marketplaces) {
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.reading = reading;
        this.restraints = restraints;
        this.messages = messages;
        this.coverage = coverage;
        this.edited = edited;
        this.inventory = inventory;
        this.marketplaces = marketplaces;
        this.answers = new MarketplaceAnswers(steps, effects, marketplaces, reading);
    }

    @Override
    public StepResult accept(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        StepResult result = steps.takeAnew(step(view, "channel.accept"), ChannelStepsImpl::settledBy, decision -> {
            Optional<Order> order = reading.refresh(view);
            if (order.isEmpty()) {
                return Reply.refused(FailureCode.ORDER_UNREADABLE, "the channel knows no order " + view.key());
            }
            // What is to be undone has its work called back, one after the other; what has ended has a case of its own.
            List<String> differences =
                    view.toBeUndone() || view.status().ended() ? List.of() : differencesFromWork(order.get(), view);
            return differences.isEmpty()
                    ? Reply.done(order.get().version().toString())
                    : Reply.refused(
                            FailureCode.CHANGED_AFTER_SHIPMENT,
                            "the channel changed the quantities after the work was given out: "
                                    + String.join("; ", differences));
        });
        boolean cancelled = result.verdict() == StepResult.Verdict.DONE
                && view.fulfillmentOrders().isEmpty()
                && orders.view(id).flatMap(OrderView::cancelRequestedAt).isPresent();
        return cancelled ? StepResult.cancelled() : result;
    }

    private static String settledBy(Case open) {
        return open.code() == FailureCode.ORDER_UNREADABLE
                ? "its channel tells it as an order that can be read"
                : "its channel tells it as it was given out";
    }

    @Override
    public StepResult acknowledge(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        return marketplaces.has(view.key().account()) ? answers.acknowledge(view) : StepResult.done();
    }

    @Override
    public StepResult cancel(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        if (marketplaces.has(view.key().account())) {
            return orders.find(id)
                    .filter(order -> order.cancelledAt().isEmpty())
                    .map(order -> answers.callOff(view, order))
                    .orElseGet(StepResult::done);
        }
        Optional<OrderCancellation> cancellation = world.cancellation(view.key().account());
        Optional<Order> order = orders.find(id);
        if (cancellation.isEmpty()
                || order.isEmpty()
                || order.get().cancelledAt().isPresent()) {
            return StepResult.done();
        }
        Steps.Step cancel = step(view, "channel.cancel");
        Steps.Step question = step(view, "channel.cancel-disputed").within(cancel);
        StepResult answer = askAboutRefund(view, question);
        if (answer.verdict() != StepResult.Verdict.DONE) {
            return answer;
        }
        boolean refund = !steps.goneWithout(question);
        return steps.take(cancel, decision -> {
            Reply cancelled = effects.carryOut(
                    Effects.Intent.of(view.key().account(), id.value(), "cancel", WHOLE_ORDER)
                            .asking(refund ? "cancel" : "cancel, giving nothing back")
                            .foundBy(() -> cancellation.get().findCancellation(view.key()))
                            .doneBy(key -> cancellation.get().cancel(view.key(), "OTHER", refund, key)),
                    decision);
            if (cancelled instanceof Reply.Done) {
                // What became of the money is the channel's to say.
                reading.refresh(view);
            }
            return cancelled;
        });
    }

    /** What a dispute gives back, or may, is not given a second time without a person's word. What may be under way is finished as it was asked. */
    private StepResult askAboutRefund(OrderView view, Steps.Step question) {
        boolean askedBefore = effects.find(view.key().account(), view.id().value(), "cancel", WHOLE_ORDER)
                .filter(effect ->
                        effect.state() == EffectLedger.State.UNKNOWN || effect.state() == EffectLedger.State.SUCCEEDED)
                .isPresent();
        if (askedBefore) {
            return StepResult.done();
        }
        return steps.take(
                question, () -> restraints.objectionToRefund(view.id()).isEmpty(), decision -> {
                    if (decision.isPresent()) {
                        reading.refresh(view);
                    }
                    return restraints
                            .objectionToRefund(view.id())
                            .filter(objection -> !steps.answered(question, objection, Action.RELEASE_HOLD))
                            .<Reply>map(objection -> objection)
                            .orElseGet(() -> Reply.done("its money may go back"));
                });
    }

    @Override
    public StepResult tellPromise(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        return steps.take(step(view, CUSTOMER_TELL, PROMISE).asking(messages.account()), decision -> {
            Optional<OrderPromise> untold = inventory.stockOf(id).promise().filter(said -> !said.told());
            if (untold.isEmpty()) {
                return Reply.done("nothing is to be told");
            }
            Map<String, String> facts = untold.get()
                    .latest()
                    .map(at -> Map.of(
                            "expectedOn",
                            at.atOffset(ZoneOffset.UTC).toLocalDate().toString()))
                    .orElse(Map.of());
            int number = untold.get().number();
            Reply told = messages.send(
                    id, id.value() + "/promise/" + number, Notification.Template.REPROMISED, facts, decision);
            if (told instanceof Reply.Done) {
                inventory.promiseTold(id, number);
            }
            return told;
        });
    }

    @Override
    public StepResult tellCancelled(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        if (orders.find(id).isEmpty()) {
            return StepResult.done();
        }
        Notification.Template template = view.fulfillmentOrders().stream().anyMatch(FulfillmentOrder::uncollected)
                ? Notification.Template.UNCOLLECTED
                : Notification.Template.CANCELLED;
        return steps.take(
                step(view, CUSTOMER_TELL).asking(messages.account()),
                decision -> messages.send(id, id.value(), template, Map.of(), decision));
    }

    /**
     * Where the work that was given out no longer covers exactly what the customer wants, and nothing is done about it. What was to follow of an order
     * that was called off after goods had left is given up, and no difference. While work is on its way to somebody else nothing is compared: once it
     * is there, the order is read anew.
     */
    private List<String> differencesFromWork(Order order, OrderView view) {
        List<FulfillmentOrder> work = view.fulfillmentOrders();
        if (!work.isEmpty() && order.cancelledAt().isEmpty() && edited.plans(view)) {
            return edited.bringInLine(order, orders.view(view.id()).orElseThrow());
        }
        boolean routing = work.stream()
                .anyMatch(one -> one.status() == FulfillmentStatus.REJECTED
                        && !coverage.replaced(view.rules(), order, one, work));
        if (work.isEmpty() || routing || order.cancelledAt().isPresent()) {
            return List.of();
        }
        boolean follows = edited.follows(view, order);
        return order.lines().stream()
                .filter(OrderLine::requiresShipping)
                .filter(line -> !coverage.isExact(order, line, work))
                .filter(line -> !follows || LessWork.givenOut(line.id(), work) > line.quantity())
                .filter(line ->
                        view.cancelRequestedAt().isEmpty() || LessWork.givenOut(line.id(), work) > line.quantity())
                .map(line -> EditedWork.differs(line, work))
                .toList();
    }

    private static Steps.Step step(OrderView view, String name) {
        return step(view, name, WHOLE_ORDER);
    }

    private static Steps.Step step(OrderView view, String name, String about) {
        return new Steps.Step(view.id(), view.key().account(), name, about);
    }
}
