package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.marketplace.Marketplace.Shipment;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Confirms to a marketplace what has left, parcel by parcel; once that is all, its order is shipped in time, or late. */
final class MarketplaceShipments {
    private static final String HANDOVER = "handover";

    private final Steps steps;
    private final Effects effects;
    private final Marketplaces marketplaces;
    private final Orders orders;
    private final Parcels parcels;

    MarketplaceShipments(Steps steps, Effects effects, Marketplaces marketplaces, Orders orders, Parcels parcels) {
        this.steps = steps;
        this.effects = effects;
        this.marketplaces = marketplaces;
        this.orders = orders;
        this.parcels = parcels;
    }

    boolean concern(Job job) {
        return marketplaces.has(job.channel());
    }

    StepResult confirm(Job job) {
        return steps.take(job.step("channel.handover"), decision -> {
            boolean sent = true;
            Optional<Reply> refused = Optional.empty();
            for (Shipment shipment : shipments(job.order(), job.work())) {
                Reply reply = confirm(job, shipment, decision);
                // The others have left all the same, and whoever accepts the difference accepts that of this one alone.
                if (reply instanceof Reply.Refused && refused.isEmpty()) {
                    refused = Optional.of(reply);
                }
                sent &= reply instanceof Reply.Done(Receipt receipt) && receipt.sent();
            }
            if (refused.isPresent()) {
                return refused.get();
            }
            OrderView now = orders.view(job.order().id()).orElseThrow();
            if (sent && isConfirmed(now)) {
                marketplaces.orders().shipped(now.id());
                steps.relieve(
                        Marketplaces.lateness(now.id(), job.channel(), MarketplaceDeadlines.Kind.SHIP),
                        "its marketplace knows that all of it has left");
            }
            return Reply.done("confirmed");
        });
    }

    private Reply confirm(Job job, Shipment shipment, Optional<Decision> decision) {
        return effects.carryOut(
                Effects.Intent.of(job.channel(), shipment.reference(), HANDOVER, Job.ONCE)
                        .asking("shipped " + shipment.reference() + " " + shipment.lines())
                        .foundBy(() -> marketplaces.port().findShipment(shipment))
                        .doneBy(key -> marketplaces.port().confirmShipment(shipment, key)),
                decision);
    }

    /** Where nobody has said what lies in which parcel, the first is told with everything; where nobody tells of parcels, the work is one. */
    private List<Shipment> shipments(OrderView order, FulfillmentOrder work) {
        List<Parcel> left = parcels.ofWork(work.id()).stream()
                .filter(parcel -> parcel.status() != ParcelStatus.VOIDED)
                .toList();
        if (left.isEmpty()) {
            return List.of(new Shipment(order.key(), work.id().value(), work.tracking(), work.lines()));
        }
        boolean contentsKnown = left.stream().noneMatch(parcel -> parcel.lines().isEmpty());
        List<Shipment> shipments = new ArrayList<>();
        for (Parcel parcel : left) {
            shipments.add(new Shipment(
                    order.key(),
                    parcel.id().value(),
                    parcel.tracking(),
                    contentsKnown ? parcel.lines() : shipments.isEmpty() ? work.lines() : List.of()));
        }
        return shipments;
    }

    /** Whether all that was ordered has left, and its marketplace has heard of all of it. */
    private boolean isConfirmed(OrderView order) {
        List<FulfillmentOrder> left = order.fulfillmentOrders().stream()
                .filter(one -> one.status().handedOver())
                .toList();
        boolean complete = orders.find(order.id()).orElseThrow().lines().stream()
                .filter(OrderLine::requiresShipping)
                .allMatch(line -> units(left, line) >= line.quantity());
        return complete
                && left.stream().flatMap(one -> shipments(order, one).stream()).allMatch(this::isConfirmed);
    }

    private boolean isConfirmed(Shipment shipment) {
        return effects.find(shipment.order().account(), shipment.reference(), HANDOVER, Job.ONCE)
                .filter(effect -> effect.state() == EffectLedger.State.SUCCEEDED)
                .isPresent();
    }

    private static int units(List<FulfillmentOrder> work, OrderLine line) {
        return work.stream()
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(line.id()))
                .mapToInt(part -> part.quantity())
                .sum();
    }
}
