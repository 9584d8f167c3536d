package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkChanges.MovedPart;
import io.throughline.domain.fulfillment.WorkPlaces;
import io.throughline.domain.fulfillment.WorkPlaces.Given;
import io.throughline.domain.fulfillment.WorkPlaces.Place;
import io.throughline.domain.fulfillment.WorkPlaces.Share;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.ChangedOutside.OnMove;
import io.throughline.domain.policy.Policies;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what people have moved, split or merged at an order's channel, and follows it, where the order's policy says so. Work is compared once it was
 * given to its facility, before which we have made its item lie there: what lies elsewhere afterwards somebody else has moved. What can't follow by
 * itself stays where it is, and is told to a person.
 */
public final class ChannelMoves implements InFlight {
    private static final String STEP = "order.moved";

    private final Accounts accounts;
    private final Facilities facilities;
    private final FulfillmentOrders work;
    private final WorkChanges changes;
    private final Routing routing;
    private final Policies policies;
    private final Effects effects;
    private final Steps steps;

    public ChannelMoves(
            Accounts accounts,
            Facilities facilities,
            FulfillmentOrders work,
            WorkChanges changes,
            Routing routing,
            Policies policies,
            Effects effects,
            Steps steps) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.work = work;
        this.changes = changes;
        this.routing = routing;
        this.policies = policies;
        this.effects = effects;
        this.steps = steps;
    }

    @Override
    public void heed(OrderView known, ChannelOrder read) {
        boolean compares = !read.items().isEmpty()
                && !known.status().ended()
                && accounts.get(known.key().account()).isLive()
                && policies.of(known.rules()).changedOutside().moved() == OnMove.FOLLOW;
        if (!compares || known.cancelRequestedAt().isPresent()) {
            return;
        }
        // As it was before the reading began: what we have moved since is not in it, and would look like a move of
        // others.
        List<FulfillmentOrder> givenOut = known.openWork().stream()
                .filter(one -> one.status().reached(FulfillmentStatus.RELEASED) && !one.onlyPlanned())
                .toList();
        // What others are still to be given lies where it should, too, and was not moved there from anybody.
        List<Given> given = Stream.concat(
                        givenOut.stream(), known.openWork().stream().filter(one -> !givenOut.contains(one)))
                .flatMap(one -> given(known.key().account(), one).stream())
                .toList();
        WorkPlaces.of(given, read.items())
                .forEach((id, place) -> givenOut.stream()
                        .filter(one -> one.id().equals(id))
                        .forEach(one -> heed(known, read.order(), one, place)));
    }

    private Optional<Given> given(AccountId channel, FulfillmentOrder one) {
        return location(channel, one.facility())
                .flatMap(location -> one.channelWork().map(item -> new Given(one.id(), location, item, one.lines())));
    }

    private Optional<String> location(AccountId channel, FacilityId facility) {
        return facilities.find(facility).map(Facility::locations).map(locations -> locations.get(channel));
    }

    /** What a warehouse of others was asked to do is that item, and its channel moves none that it has. */
    private void heed(OrderView known, Order order, FulfillmentOrder one, Place place) {
        boolean itsOwnItem =
                facilities.get(one.facility()).workAccount().equals(known.key().account());
        switch (place) {
            case Place.There(Optional<String> item) ->
                item.filter(other -> !itsOwnItem
                                && !one.channelWork().equals(Optional.of(other))
                                && !sharesLines(known, one))
                        .ifPresent(other -> work.assigned(one.id(), other));
            case Place.Elsewhere(String location, String item)
            when !itsOwnItem && hasLainThere(known, one) -> follow(known, order, one, location, item);
            case Place.Apart(Set<String> locations, List<Share> shares)
            when hasLainThere(known, one) -> part(known, order, one, locations, itsOwnItem ? List.of() : shares);
            case Place.Elsewhere elsewhere -> {
                // Its facility answers for itself, or a person has let it go on where its channel shows it elsewhere.
            }
            case Place.Apart apart -> {
                // The same.
            }
        }
    }

    /** What was taken from its facility since its order was looked at may be where we have moved it ourselves. */
    private boolean hasLainThere(OrderView known, FulfillmentOrder one) {
        boolean assigned = effects.find(known.key().account(), one.id().value(), ChannelPicture.ASSIGN, Job.ONCE)
                .filter(made -> made.state() == EffectLedger.State.SUCCEEDED)
                .isPresent();
        return assigned && !work.get(one.id()).status().terminal();
    }

    /**
     * Of one item with units of the same line for two, nobody could tell whose have left. Then the item that was known stays, and what has left is
     * found by its parcel.
     */
    private static boolean sharesLines(OrderView known, FulfillmentOrder one) {
        return known.fulfillmentOrders().stream()
                .filter(other -> !other.id().equals(one.id()))
                .filter(other -> other.status().givenOut())
                .flatMap(other -> other.lines().stream())
                .anyMatch(line ->
                        one.lines().stream().anyMatch(own -> own.lineId().equals(line.lineId())));
    }

    private void follow(OrderView known, Order order, FulfillmentOrder one, String location, String item) {
        AccountId channel = known.key().account();
        Optional<FacilityId> target = facilities.byLocation(channel, location).map(Facility::id);
        String where = names(channel, Set.of(location));
        Optional<String> bound = bound(one);
        if (target.isEmpty()) {
            leaveBehind(known, one, where, "no facility of ours is there");
        } else if (bound.isPresent()) {
            leaveBehind(known, one, where, bound.get());
        } else if (!canDo(known, order, one, target.get(), one.lines())) {
            leaveBehind(known, one, where, "that can't do it now: it stays with " + one.facility());
        } else {
            changes.moved(one.id(), target.get(), item);
        }
    }

    /** What stays where it was is taken back, too, and given out again as less: a facility has a piece of work whole. */
    private void part(OrderView known, Order order, FulfillmentOrder one, Set<String> locations, List<Share> shares) {
        AccountId channel = known.key().account();
        String where = names(channel, locations);
        Optional<String> bound = bound(one);
        Optional<List<MovedPart>> parts =
                MovedParts.of(one, shares, location -> facilities.byLocation(channel, location));
        if (bound.isPresent()) {
            leaveBehind(known, one, where, bound.get());
        } else if (parts.isEmpty()) {
            leaveBehind(
                    known,
                    one,
                    where,
                    "a part of it lies elsewhere at its channel now, not all of it at facilities of ours, and it stays"
                            + " whole with " + one.facility());
        } else if (!canDo(known, order, one, parts.get())) {
            leaveBehind(
                    known, one, where, "a part of it can't be done there now: it stays whole with " + one.facility());
        } else {
            changes.parted(one.id(), parts.get());
        }
    }

    /** Why it can't leave its facility any more. */
    private static Optional<String> bound(FulfillmentOrder one) {
        if (one.status() == FulfillmentStatus.READY_FOR_PICKUP) {
            return Optional.of("it lies ready at " + one.facility() + ", and its customer was told so");
        }
        if (one.status().reached(FulfillmentStatus.PACKED)) {
            return Optional.of("it is packed at " + one.facility());
        }
        return one.awaitsGoods()
                ? Optional.of("others send its goods to " + one.facility() + ": it stays there")
                : Optional.empty();
    }

    /** What each place gets of it, whatever the others can; its own has it. */
    private boolean canDo(OrderView known, Order order, FulfillmentOrder one, List<MovedPart> parts) {
        return parts.stream()
                .filter(part -> !part.facility().equals(one.facility()))
                .collect(Collectors.groupingBy(
                        MovedPart::facility,
                        Collectors.flatMapping(part -> part.lines().stream(), Collectors.toList())))
                .entrySet()
                .stream()
                .allMatch(there -> canDo(known, order, one, there.getKey(), there.getValue()));
    }

    /** Where a customer comes to is chosen; who ships is whom the rules may choose. */
    private boolean canDo(
            OrderView known, Order order, FulfillmentOrder one, FacilityId target, List<LineQuantity> lines) {
        Set<FacilityId> excluded = routing.excluded(known.fulfillmentOrders(), lines);
        boolean collected = one.method() == DeliveryMethod.PICKUP;
        return routing.couldDo(
                known,
                order,
                new Delivery(
                        one.method(), collected ? Optional.of(target) : Optional.empty(), one.channelWork(), lines),
                collected ? excluded : onlyTo(facilities, target, excluded));
    }

    /** Whom routing leaves out so that it can choose nobody but {@code target}, if that may do it at all. */
    static Set<FacilityId> onlyTo(Facilities facilities, FacilityId target, Set<FacilityId> excluded) {
        Set<FacilityId> others = new HashSet<>(excluded);
        facilities.all().stream()
                .map(Facility::id)
                .filter(id -> !id.equals(target))
                .forEach(others::add);
        return others;
    }

    private String names(AccountId channel, Set<String> locations) {
        Stream<String> names = locations.stream()
                .map(location -> facilities
                        .byLocation(channel, location)
                        .map(facility -> facility.id().value())
                        .orElse("location " + location));
        return String.join(", ", names.sorted().toList());
    }

    private void leaveBehind(OrderView known, FulfillmentOrder one, String where, String why) {
        leaveBehind(steps, known, one.id(), where, why);
    }

    /** For each place to which it was moved one case. */
    static void leaveBehind(Steps steps, OrderView order, FulfillmentOrderId id, String where, String why) {
        steps.leaveBehind(
                new Steps.Step(order.id(), order.key().account(), STEP, id + " " + where),
                FailureCode.WORK_MOVED,
                id + " was moved to " + where + " at its channel: " + why);
    }
}
