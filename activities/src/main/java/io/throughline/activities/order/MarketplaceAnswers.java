package io.throughline.activities.order;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.Marketplace.CallingOff;
import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.workflows.call.StepResult;
import java.util.Arrays;
import java.util.stream.Stream;

/** Tells a marketplace whether its order is taken on, and that it is not carried out. What was heard settles the order's deadlines. */
final class MarketplaceAnswers {
    private static final String WHOLE_ORDER = "order";

    private final Steps steps;
    private final Effects effects;
    private final Marketplaces marketplaces;
    private final ChannelReading reading;

    MarketplaceAnswers(Steps steps, Effects effects, Marketplaces marketplaces, ChannelReading reading) {
        this.steps = steps;
        this.effects = effects;
        this.marketplaces = marketplaces;
        this.reading = reading;
    }

    StepResult acknowledge(OrderView view) {
        if (view.toBeUndone()) {
            return StepResult.cancelled();
        }
        return steps.take(step(view, "channel.acknowledge"), decision -> {
            Reply reply = effects.carryOut(
                    Effects.Intent.of(account(view), view.id().value(), "acknowledge", WHOLE_ORDER)
                            .asking("acknowledge " + view.key().externalId())
                            .foundBy(() -> marketplaces.port().findAcknowledgement(view.key()))
                            .doneBy(key -> marketplaces.port().acknowledge(view.key(), key)),
                    decision);
            if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
                marketplaces.orders().acknowledged(view.id());
                settle(view, Kind.ACKNOWLEDGE, "its marketplace knows that it is taken on");
            }
            return reply;
        });
    }

    StepResult callOff(OrderView view, Order order) {
        MarketplaceOrder known = marketplaces.orders().find(view.id()).orElseThrow();
        CallingOff callingOff = new CallingOff(
                view.key(),
                known.acknowledgedAt().isPresent(),
                marketplaces.terms().apply(account(view)).told(reason(view.id(), known)),
                order.paid().minus(order.refunded()));
        return steps.take(step(view, "channel.cancel"), decision -> {
            Reply reply = effects.carryOut(
                    Effects.Intent.of(account(view), view.id().value(), "cancel", WHOLE_ORDER)
                            .asking("call off, " + callingOff.reason() + ", give back " + callingOff.refund())
                            .foundBy(() -> marketplaces.port().findCallingOff(view.key()))
                            .doneBy(key -> marketplaces.port().callOff(callingOff, key)),
                    decision);
            if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
                marketplaces.orders().calledOff(view.id(), callingOff.reason(), receipt.reference());
                Arrays.stream(Kind.values()).forEach(kind -> settle(view, kind, "it is not carried out"));
                // What it gives back stands in the order from now on.
                reading.refresh(view);
            }
            return reply;
        });
    }

    private CancellationReason reason(OrderId order, MarketplaceOrder known) {
        if (known.cancellationAskedAt().isPresent()) {
            return CancellationReason.BUYER_REQUEST;
        }
        return Stream.of(
                                FailureCode.STOCK_MISSING,
                                FailureCode.NO_FACILITY,
                                FailureCode.FACILITY_PAUSED,
                                FailureCode.FACILITY_REJECTED,
                                FailureCode.FACILITY_REFUSED,
                                FailureCode.FACILITY_SILENT)
                        .anyMatch(code -> steps.asked(order, code))
                ? CancellationReason.OUT_OF_STOCK
                : CancellationReason.OTHER;
    }

    private void settle(OrderView view, Kind kind, String why) {
        steps.relieve(Marketplaces.lateness(view.id(), account(view), kind), why);
    }

    private static AccountId account(OrderView view) {
        return view.key().account();
    }

    private static Steps.Step step(OrderView view, String name) {
        return new Steps.Step(view.id(), account(view), name, WHOLE_ORDER);
    }
}
