package io.throughline.activities.payment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.payment.PaymentSteps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes what was authorised when goods leave. Of an order that goes out in parts, and whose provider lets its authorisation be taken in parts,
 * each shipment takes what has left by then. Otherwise the first takes each authorisation whole, unless the order has become less since.
 * What it does not come to any more is never taken.
 */
public final class PaymentStepsImpl implements PaymentSteps {
    private static final String CAPTURE = "capture";

    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final ChannelReading reading;
    private final Policies policies;
    private final AuthorisationTerms terms;
    private final Authorisations authorisations;

    public PaymentStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            ChannelReading reading,
            Policies policies,
            AuthorisationTerms terms) {
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.reading = reading;
        this.policies = policies;
        this.terms = terms;
        this.authorisations = new Authorisations(terms, orders, steps, reading);
    }

    @Override
    public StepResult capture(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        return steps.take(
                new Steps.Step(id, view.key().account(), "channel.capture", "order"),
                decision -> captureAll(view, false, decision));
    }

    @Override
    public StepResult reviewAuthorisation(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        return authorisations.review(
                view, decision -> captureAll(orders.view(id).orElseThrow(), true, decision));
    }

    /** {@code ahead}: before anything has left, all that is owed, also of what goes out in parts: later it could not be taken any more. */
    private Reply captureAll(OrderView view, boolean ahead, Optional<Decision> decision) {
        boolean inParts = policies.of(view.rules()).shortage().inParts();
        Order known = orders.find(view.id()).orElseThrow();
        // What was taken since it was read last is not to be taken again.
        Order read = inParts && known.authorisations().stream().anyMatch(Tender::multiCapturable)
                ? reading.refresh(view).orElse(known)
                : known;
        Order order = withWhatWasTaken(view, read, inParts);
        MoneyBag owed = order.owed();
        MoneyBag due = new PartWorth(order, view.fulfillmentOrders()).due();
        for (Tender authorisation : terms.usable(order)) {
            boolean part = inParts && authorisation.multiCapturable();
            MoneyBag amount = atMost(order.left(authorisation), part && !ahead ? due : owed);
            owed = owed.minus(amount);
            due = due.minus(amount);
            Reply reply = part
                    ? capturePart(order, authorisation, amount, decision)
                    : captureWhole(order, authorisation, amount, decision);
            if (reply instanceof Reply.Refused) {
                return reply;
            }
        }
        // The ERP books what the channel says was taken, so the channel is read again.
        reading.refresh(orders.view(view.id()).orElseThrow());
        return Reply.done("captured");
    }

    /** An authorisation that expired after it was taken, by a call whose answer got lost, has paid: it is looked for before another is taken instead. */
    private Order withWhatWasTaken(OrderView view, Order order, boolean inParts) {
        List<Tender> lost = terms.outlived(order).stream()
                .filter(one -> isUnknown(order, intent(order, one, inParts)))
                .toList();
        MoneyBag due = new PartWorth(order, view.fulfillmentOrders()).due();
        lost.forEach(one -> lookFor(order, one, inParts && one.multiCapturable(), due));
        return lost.isEmpty() ? order : reading.refresh(view).orElse(order);
    }

    private static String intent(Order order, Tender authorisation, boolean inParts) {
        return inParts && authorisation.multiCapturable()
                ? number(authorisation, order.captures(authorisation).size() + 1)
                : authorisation.id();
    }

    /** What is not found was not taken, and is not asked for any more. */
    private void lookFor(Order order, Tender expired, boolean part, MoneyBag due) {
        PaymentGateway gateway = world.gateway(order.key().account());
        MoneyBag left = order.left(expired);
        PaymentGateway.Capture capture = part(
                order,
                expired,
                (part ? atMost(left, due) : left).presentment(),
                part ? order.captures(expired) : List.of());
        effects.carryOut(
                Effects.Intent.of(order.key().account(), order.id().value(), CAPTURE, intent(order, expired, part))
                        .asking(capture.authorisation() + " " + capture.amount())
                        .foundBy(() -> gateway.findCapture(capture))
                        .doneBy(key -> Reply.refused(
                                FailureCode.CAPTURE_DECLINED,
                                "it was not taken before " + expired.id() + " expired, and others pay")),
                Optional.empty());
    }

    private boolean isUnknown(Order order, String intent) {
        return effects.find(order.key().account(), order.id().value(), CAPTURE, intent)
                .filter(effect -> effect.state() == EffectLedger.State.UNKNOWN)
                .isPresent();
    }

    private static MoneyBag atMost(MoneyBag authorised, MoneyBag owed) {
        return authorised.shop().compareTo(owed.shop()) <= 0 ? authorised : owed;
    }

    private Reply captureWhole(Order order, Tender authorisation, MoneyBag amount, Optional<Decision> decision) {
        // Also when the order has become another since, or what we know of it is from before.
        return isThrough(order, authorisation.id()) || !amount.shop().isPositive()
                ? Reply.done("nothing to take")
                : captureOne(
                        order,
                        authorisation.id(),
                        new PaymentGateway.Capture(order.key(), authorisation.id(), amount.presentment()),
                        decision);
    }

    /** The next part, after those that the channel shows. */
    private Reply capturePart(Order order, Tender authorisation, MoneyBag amount, Optional<Decision> decision) {
        List<Tender> before = order.captures(authorisation);
        Reply latest = before.isEmpty() ? Reply.done("none") : settleLatest(order, authorisation, before, decision);
        if (latest instanceof Reply.Refused || !amount.shop().isPositive()) {
            return latest;
        }
        return captureOne(
                order,
                number(authorisation, before.size() + 1),
                part(order, authorisation, amount.presentment(), before),
                decision);
    }

    /** One that took its money, and whose answer got lost, is known to be through when its channel shows it. */
    private Reply settleLatest(Order order, Tender authorisation, List<Tender> captures, Optional<Decision> decision) {
        String number = number(authorisation, captures.size());
        boolean unknown = isUnknown(order, number);
        Tender latest = captures.getLast();
        return unknown
                ? captureOne(
                        order,
                        number,
                        part(
                                order,
                                authorisation,
                                latest.amount().presentment(),
                                captures.subList(0, captures.size() - 1)),
                        decision)
                : Reply.done("it is known");
    }

    private static String number(Tender authorisation, int part) {
        return authorisation.id() + "/" + part;
    }

    private static PaymentGateway.Capture part(Order order, Tender authorisation, Money amount, List<Tender> before) {
        return new PaymentGateway.Capture(
                order.key(),
                authorisation.id(),
                amount,
                before.stream().map(Tender::id).collect(Collectors.toSet()));
    }

    private boolean isThrough(Order order, String intent) {
        return effects.find(order.key().account(), order.id().value(), CAPTURE, intent)
                .filter(effect -> effect.state() == EffectLedger.State.SUCCEEDED)
                .isPresent();
    }

    private Reply captureOne(Order order, String intent, PaymentGateway.Capture capture, Optional<Decision> decision) {
        PaymentGateway gateway = world.gateway(order.key().account());
        return effects.carryOut(
                Effects.Intent.of(order.key().account(), order.id().value(), CAPTURE, intent)
                        .asking(capture.authorisation() + " " + capture.amount())
                        .foundBy(() -> gateway.findCapture(capture))
                        .doneBy(key -> gateway.capture(capture, key)),
                decision);
    }
}
