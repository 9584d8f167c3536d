package io.throughline.activities.order;

import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.ChangeAfterEnd;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Reading;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.ForeignRefunds;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads an order at its channel and stores it as a new version. What has changed of an order that has ended, matters, and is not the doing
 * of its returns, is left behind as a case before the version is stored that would make it no news any more.
 */
public final class ChannelReading {
    private static final String AFTER_END = "order.after-end";

    private final OutsideWorld world;
    private final Orders orders;
    private final Returns returns;
    private final Steps steps;
    private final Restraints restraints;
    private final InFlight inFlight;
    private final Clock clock;

    public ChannelReading(
            OutsideWorld world,
            Orders orders,
            Returns returns,
            Steps steps,
            Restraints restraints,
            InFlight inFlight,
            Clock clock) {
        this.world = world;
        this.orders = orders;
        this.returns = returns;
        this.steps = steps;
        this.restraints = restraints;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /** The newest version that is known after it; empty when the channel has no such order. */
    public Optional<Order> refresh(OrderView known) {
        Instant readAt = clock.instant();
        return world.source(known.key().account()).read(known.key()).map(read -> {
            if (known.status().ended()) {
                leaveChangeBehind(known, read.order(), readAt);
            }
            Order newest = orders.accept(read.order(), read.person(), readAt).newest();
            restraints.heed(known, read);
            inFlight.heed(known, read);
            if (newest.cancelledAt().isPresent() && !known.status().ended()) {
                orders.requestCancel(newest.id(), "channel " + known.key().account(), "cancelled at the channel");
            }
            return newest;
        });
    }

    /** Reads an order that nobody waits for any more, where a dispute about it does not stand as it is known to. */
    public void revisitDisputed(OrderView ended, String standing) {
        if (!restraints.isKnown(ended.id(), standing)) {
            revisit(ended, clock.instant());
        }
    }

    /** Reads an order that nobody waits for any more. That it can't be read is a change like another: {@code changedAt} names it. */
    public void revisit(OrderView ended, Instant changedAt) {
        try {
            refresh(ended);
        } catch (SystemFailure failure) {
            if (failure.code() != FailureCode.ORDER_UNREADABLE) {
                throw failure;
            }
            String change = "it can't be read any more: " + failure.getMessage();
            leaveBehind(ended, afterEnd(ended.key(), changedAt, change), change);
        }
    }

    private void leaveChangeBehind(OrderView ended, Order read, Instant readAt) {
        Reading reading = new Reading(read.version(), readAt);
        Optional<Order> known =
                orders.reading(ended.id()).filter(reading::supersedes).flatMap(older -> orders.find(ended.id()));
        List<Return> ofOrder = known.isPresent() ? returns.ofOrder(ended.id()) : List.of();
        known.filter(before -> !FollowedChange.explains(ofOrder, before, read, this::isAwaited))
                .ifPresent(before -> ChangeAfterEnd.between(ended.status(), before, read)
                        .ifPresent(change -> leaveBehind(
                                ended, step(read, ForeignRefunds.between(before, read, ofOrder), change), change)));
    }

    /** Whose refund is confirmed, or who has none, looks no more. */
    private boolean isAwaited(ReturnId id) {
        return returns.find(id)
                .flatMap(Return::repayment)
                .filter(repayment -> !repayment.confirmed())
                .isPresent();
    }

    /** Money that nobody of us has given back is named by its transactions, for it may be booked. */
    private static Steps.Step step(Order read, List<Tender> foreign, String change) {
        return foreign.isEmpty()
                ? afterEnd(read.key(), read.version(), change)
                : ForeignRefundCases.step(read, foreign, Integer.toHexString(change.hashCode()));
    }

    /** Where others do the work, what they do after we had done with it is theirs to follow. */
    private void leaveBehind(OrderView ended, Steps.Step step, String change) {
        if (world.accounts().get(ended.key().account()).isLive()) {
            steps.leaveBehind(
                    step,
                    FailureCode.CHANGED_AFTER_SHIPMENT,
                    "changed at its channel after it had ended " + ended.status() + ": " + change);
        }
    }

    /** Two changes within a channel's second have one version. */
    private static Steps.Step afterEnd(OrderKey key, Instant version, String change) {
        return new Steps.Step(
                OrderId.of(key), key.account(), AFTER_END, version + " " + Integer.toHexString(change.hashCode()));
    }
}
