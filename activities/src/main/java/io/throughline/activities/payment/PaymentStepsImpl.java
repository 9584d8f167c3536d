package io.throughline.activities.payment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.payment.PaymentSteps;
import java.util.Optional;

/**
 * Takes what was authorised when the first goods leave: each authorisation whole, unless the order has become less since. What it does
 * not come to any more is never taken.
 */
public final class PaymentStepsImpl implements PaymentSteps {
    private static final String CAPTURE = "capture";

    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final ChannelReading reading;

    public PaymentStepsImpl(Steps steps, Effects effects, OutsideWorld world, Orders orders, ChannelReading reading) {
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.reading = reading;
    }

    @Override
    public StepResult capture(OrderId id) {
        Order order = orders.find(id).orElseThrow();
        return steps.take(new Steps.Step(id, order.key().account(), "channel.capture", "order"), decision -> {
            MoneyBag owed = order.owed();
            for (Tender authorisation : order.authorisations()) {
                MoneyBag amount = atMost(authorisation.amount(), owed);
                owed = owed.minus(amount);
                Reply reply =
                        wasCaptured(order, authorisation) || !amount.shop().isPositive()
                                ? Reply.done("nothing to take")
                                : captureOne(order, authorisation, amount.presentment(), decision);
                if (reply instanceof Reply.Refused) {
                    return reply;
                }
            }
            // The ERP books what the channel says was taken, so the channel is read again.
            reading.refresh(orders.view(id).orElseThrow());
            return Reply.done("captured");
        });
    }

    private static MoneyBag atMost(MoneyBag authorised, MoneyBag owed) {
        return authorised.shop().compareTo(owed.shop()) <= 0 ? authorised : owed;
    }

    /** Also when the order has become another since, or what we know of it is from before. */
    private boolean wasCaptured(Order order, Tender authorisation) {
        return effects.find(order.key().account(), order.id().value(), CAPTURE, authorisation.id())
                .filter(effect -> effect.state() == EffectLedger.State.SUCCEEDED)
                .isPresent();
    }

    private Reply captureOne(Order order, Tender authorisation, Money amount, Optional<Decision> decision) {
        PaymentGateway gateway = world.gateway(order.key().account());
        PaymentGateway.Capture capture = new PaymentGateway.Capture(order.key(), authorisation.id(), amount);
        return effects.carryOut(
                Effects.Intent.of(order.key().account(), order.id().value(), CAPTURE, authorisation.id())
                        .asking(authorisation.id() + " " + capture.amount())
                        .foundBy(() -> gateway.findCapture(capture))
                        .doneBy(key -> gateway.capture(capture, key)),
                decision);
    }
}
