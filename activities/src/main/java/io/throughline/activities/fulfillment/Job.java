package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import java.util.List;
import java.util.Optional;

/**
 * The order, the work, its facility and the goods that it takes from there, as they stood when a step about them began ({@link Jobs}).
 * Each operation on a piece of work is wanted once of its facility, and once of its channel.
 */
record Job(OrderView order, FulfillmentOrder work, Facility facility, List<LineQuantity> goods) {
    static final String ONCE = "once";

    Job {
        goods = List.copyOf(goods);
    }

    OrderKey key() {
        return order.key();
    }

    AccountId channel() {
        return order.key().account();
    }

    String channelWork() {
        return work.channelWork()
                .orElseThrow(() -> new IllegalStateException(work.id() + " has no work item at its channel"));
    }

    boolean cancelled() {
        return order.toBeUndone();
    }

    Steps.Step step(String name) {
        return new Steps.Step(order.id(), channel(), name, work.id().value());
    }

    Steps.Step stepAtFacility(String name) {
        return step(name).asking(facility.workAccount());
    }

    FulfillmentMirror.Assignment asAssignment() {
        return new FulfillmentMirror.Assignment(key(), work.id(), channelWork(), locationIn(channel()), work.lines());
    }

    Effects.Intent.Asking atFacility(String operation) {
        return Effects.Intent.of(facility.workAccount(), work.id().value(), operation, ONCE);
    }

    Effects.Intent.Asking atChannel(String operation) {
        return Effects.Intent.of(channel(), work.id().value(), operation, ONCE);
    }

    String locationIn(AccountId account) {
        String location = facility.locations().get(account);
        if (location == null) {
            throw new IllegalStateException(facility.id() + " has no location at account " + account);
        }
        return location;
    }

    FacilitySystem.Work asWork() {
        return asWork(work.workReference());
    }

    FacilitySystem.Work asWork(Optional<String> reference) {
        return asWork(facility.workAccount(), reference);
    }

    /** The channel's own work item, as if the channel were the facility's system. */
    FacilitySystem.Work asChannelWork() {
        return asWork(channel(), work.channelWork());
    }

    private FacilitySystem.Work asWork(AccountId account, Optional<String> reference) {
        return new FacilitySystem.Work(
                account,
                locationIn(account),
                work.id(),
                order.name(),
                work.method(),
                work.lines(),
                goods,
                work.channelWork(),
                reference,
                Optional.empty());
    }
}
