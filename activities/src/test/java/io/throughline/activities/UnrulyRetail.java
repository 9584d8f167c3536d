package io.throughline.activities;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes.Answering;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What facilities, carriers, suppliers and customers do by chance to one order, each when what was done before has been dealt with. It keeps
 * account of what there is of each SKU.
 */
final class UnrulyRetail {
    private static final Instant SOMEDAY = Instant.parse("2031-03-01T08:00:00Z");
    private static final int MOST_ELSEWHERE = 4;
    private static final int SUPPLY = 3;

    /** Beyond the time to acknowledge, to answer an offer, or for which a carrier's silence is borne. */
    private static final Duration UNACKNOWLEDGED = Duration.ofHours(5);

    private static final Duration UNANSWERED = Duration.ofHours(25);
    private static final Duration WITHOUT_A_CARRIER = Duration.ofHours(2);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(3);
    private static final Duration UNTIL_LOOKED_FOR_AGAIN = Duration.ofHours(7);

    private final OrderRun run;
    private final Random random;
    private final Map<Sku, Integer> units = new HashMap<>();
    private final Set<FulfillmentOrderId> known = new HashSet<>();
    private final Map<String, Set<FacilityId>> rejected = new HashMap<>();
    private final List<String> givenAgain = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();

    UnrulyRetail(OrderRun run, Random random) {
        this.run = run;
        this.random = random;
        for (OrderLine line : run.order.lines()) {
            for (FacilityId facility : SampleFacilities.ALL_IDS) {
                int there = facility.equals(SampleFacilities.WH_EAST) || isCollectedAt(facility)
                        ? RandomOrders.MOST_UNITS
                        : random.nextInt(MOST_ELSEWHERE);
                run.retail.inventory.stock(facility, line.sku(), there);
                units.merge(line.sku(), there, Integer::sum);
            }
        }
        if (random.nextBoolean()) {
            run.order.lines().forEach(line -> run.retail.inventory.expect(SOMEDAY, line.sku()));
        }
        SampleFacilities.ALL_IDS.stream()
                .filter(_ -> random.nextBoolean())
                .forEach(facility -> run.retail.facilities.labelledBy(facility, SampleAccounts.CARRIER));
    }

    private boolean isCollectedAt(FacilityId facility) {
        return run.order.deliveries().stream()
                .anyMatch(
                        delivery -> delivery.facility().filter(facility::equals).isPresent());
    }

    /** What there must be of a SKU, wherever it lies or has gone to, but for what was not found. */
    int units(Sku sku) {
        return units.getOrDefault(sku, 0);
    }

    /** Work of a line that was given to somebody who had rejected it by then. */
    List<String> givenAgain() {
        return List.copyOf(givenAgain);
    }

    /** In the order of their happening. */
    List<String> happened() {
        return List.copyOf(happened);
    }

    /** False: there is nothing that anybody could do. */
    boolean happens() {
        List<FulfillmentOrder> open = open();
        List<Reroute> waiting = waiting();
        int chosen = open.size() + waiting.size();
        if (chosen == 0) {
            return false;
        }
        int next = random.nextInt(chosen);
        if (next < open.size()) {
            happens(open.get(next));
        } else {
            happens(waiting.get(next - open.size()));
        }
        awaitRest();
        return true;
    }

    /** Who has rejected a line since the last time may have been given it again before that. */
    void awaitRest() {
        run.await(happened + " is dealt with", this::isAtRest);
        List<FulfillmentOrder> all = all();
        for (FulfillmentOrder work : all) {
            if (known.add(work.id())) {
                work.lines().stream()
                        .filter(line ->
                                rejected.getOrDefault(line.lineId(), Set.of()).contains(work.facility()))
                        .forEach(line -> givenAgain.add(line + " to " + work.facility() + " after " + happened));
            }
        }
        all.stream()
                .filter(FulfillmentOrder::neverToReturn)
                .forEach(work -> work.lines()
                        .forEach(line -> rejected.computeIfAbsent(line.lineId(), _ -> new HashSet<>())
                                .add(work.facility())));
        run.retail.reroutes.ofOrder(run.order.id()).stream()
                .filter(one -> run.retail.work.get(one.id().work()).neverToReturn())
                .filter(one -> !one.replacedBy().isEmpty())
                .filter(one -> one.replacedBy().stream()
                        .map(run.retail.work::get)
                        .allMatch(other -> other.facility()
                                .equals(run.retail.work.get(one.id().work()).facility())))
                .forEach(one -> givenAgain.add(one + " is done by the same, after " + happened));
    }

    /** Everybody works from now on, and what is anywhere is handed over. */
    void calms() {
        SampleFacilities.ALL_IDS.forEach(facility -> run.retail.pauses.resume(facility, "ada"));
        awaitRest();
        while (!open().isEmpty()) {
            handsOver(open().getFirst());
            awaitRest();
        }
    }

    private List<FulfillmentOrder> open() {
        return all().stream()
                .filter(work -> !work.status().terminal() && work.status().reached(FulfillmentStatus.RELEASED))
                .toList();
    }

    private List<Reroute> waiting() {
        return run.retail.reroutes.ofOrder(run.order.id()).stream()
                .filter(one -> one.status() == RerouteStatus.OFFERED || one.status() == RerouteStatus.WAITING)
                .toList();
    }

    private List<FulfillmentOrder> all() {
        return run.retail.work.ofOrder(run.order.id());
    }

    private void happens(FulfillmentOrder work) {
        if (work.status() != FulfillmentStatus.RELEASED) {
            handsOver(work);
        } else if (work.method() == DeliveryMethod.PICKUP) {
            switch (random.nextInt(3)) {
                case 0 -> rejects(work);
                case 1 -> rejectsByDevice(work);
                default -> reports(work, FulfillmentStatus.READY_FOR_PICKUP);
            }
        } else {
            switch (random.nextInt(8)) {
                case 0 -> rejects(work);
                case 1 -> rejectsByDevice(work);
                case 2 -> passes("silence", UNACKNOWLEDGED);
                case 3 -> closes(work.facility());
                case 4, 5 -> picksShort(work);
                case 6 -> packs(work);
                default -> handsOver(work);
            }
        }
    }

    private void rejects(FulfillmentOrder work) {
        reports(work, FulfillmentStatus.REJECTED);
    }

    private void rejectsByDevice(FulfillmentOrder work) {
        tells("a device rejects " + work.id());
        run.retail.work.report(work.id(), FulfillmentStatus.REJECTED);
        givesBack(work.id(), work.lines());
        run.retail.reroutes.open(work.id(), RerouteCause.REJECTED);
        run.wake("order " + work.id());
    }

    private void givesBack(FulfillmentOrderId work, List<LineQuantity> lines) {
        Ground ground = random.nextBoolean() ? Ground.NOT_FOUND : Ground.OTHER;
        run.retail.inventory.rejected(work, ground);
        if (ground == Ground.NOT_FOUND) {
            lines.forEach(line -> units.merge(line.sku(), -line.quantity(), Integer::sum));
        }
    }

    /** Of at least one line at least one unit is missing, and of one is there. */
    private void picksShort(FulfillmentOrder work) {
        int missing = work.lines().stream().mapToInt(LineQuantity::quantity).sum();
        if (missing == 1) {
            rejectsByDevice(work);
            return;
        }
        missing = 1 + random.nextInt(missing - 1);
        List<LineQuantity> found = new ArrayList<>();
        List<LineQuantity> rest = new ArrayList<>();
        for (LineQuantity line : work.lines()) {
            int of = Math.min(missing, line.quantity());
            missing -= of;
            part(line, of).ifPresent(rest::add);
            part(line, line.quantity() - of).ifPresent(found::add);
        }
        FulfillmentOrderId part = run.retail.work.pickShort(work.id(), found, rest);
        tells("a device misses " + rest + " of " + work.id() + ", which are " + part);
        // Its facility was asked for it as a part of other work.
        known.add(part);
        run.retail.inventory.passOn(work.id(), part, rest);
        givesBack(part, rest);
        run.retail.reroutes.open(part, RerouteCause.SHORT);
        run.wake("order " + part);
    }

    private static Optional<LineQuantity> part(LineQuantity line, int quantity) {
        return quantity == 0 ? Optional.empty() : Optional.of(new LineQuantity(line.lineId(), line.sku(), quantity));
    }

    /** It may be open again before the next thing happens. */
    private void closes(FacilityId facility) {
        tells(facility + " is closed");
        run.retail.pauses.pause(new Pause(facility, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        open().stream()
                .filter(work -> work.facility().equals(facility) && work.method() == DeliveryMethod.SHIPPING)
                .filter(work -> work.status().reached(FulfillmentStatus.RELEASED)
                        && !work.status().reached(FulfillmentStatus.PACKED))
                .forEach(work -> {
                    run.retail.work.extend(work.id(), run.now());
                    run.wake("order " + work.id());
                });
        awaitRest();
        if (random.nextBoolean()) {
            tells(facility + " is open again");
            run.retail.pauses.resume(facility, "ada");
        }
    }

    /** Its carrier, if it has one, sells a label, refuses it, or says nothing for a while. */
    private void packs(FulfillmentOrder work) {
        // The channel has told nothing of its customer.
        run.retail.people.put(run.order.customer(), SamplePeople.ADA);
        boolean silent = false;
        switch (random.nextInt(4)) {
            case 0 -> {
                tells("no carrier takes " + work.id());
                refuses("label", "label by express");
            }
            case 1 -> {
                tells("another carrier takes " + work.id());
                refuses("label");
            }
            case 2 -> {
                tells("no carrier says anything about " + work.id());
                silent = true;
                run.retail.vendor.goesDown("label");
                run.retail.vendor.goesDown("label by express");
            }
            default -> tells(work.id() + " is packed");
        }
        Parcel parcel = run.retail.parcels.pack(work.id(), work.lines());
        run.reports(work.id().ordinal(), FulfillmentStatus.PACKED);
        run.await(work.id() + " is packed", () -> !status(work.id()).equals(FulfillmentStatus.RELEASED));
        if (silent && !labelsItself(work)) {
            run.await(
                    parcel.id() + " fails",
                    () -> run.retail.ledger.ofSubject(parcel.id().value()).stream()
                            .anyMatch(effect -> effect.firstFailedAt().isPresent()));
            run.passes(WITHOUT_A_CARRIER);
        }
        run.retail.vendor.comesBack();
        run.passes(UNTIL_ASKED_AGAIN);
    }

    private boolean labelsItself(FulfillmentOrder work) {
        return run.retail.facilities.get(work.facility()).labels().isEmpty();
    }

    private void refuses(String... operations) {
        for (String operation : operations) {
            run.retail.vendor.refuses(operation, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
        }
    }

    private void handsOver(FulfillmentOrder work) {
        if (work.method() == DeliveryMethod.SHIPPING) {
            reports(work, FulfillmentStatus.SHIPPED);
        } else {
            if (work.status() != FulfillmentStatus.READY_FOR_PICKUP) {
                reports(work, FulfillmentStatus.READY_FOR_PICKUP);
            }
            reports(work, FulfillmentStatus.PICKED_UP);
        }
    }

    private void reports(FulfillmentOrder work, FulfillmentStatus status) {
        tells(work.id() + " is " + status);
        FulfillmentStatus before = status(work.id());
        run.reports(work.id().ordinal(), status);
        run.await(happened + " is heard of", () -> status(work.id()) != before);
    }

    private FulfillmentStatus status(FulfillmentOrderId id) {
        return run.retail.work.get(id).status();
    }

    private void happens(Reroute waiting) {
        if (waiting.status() == RerouteStatus.OFFERED) {
            answers(waiting);
        } else if (random.nextBoolean()) {
            supplyComes(waiting);
        } else {
            passes("patience", UNTIL_LOOKED_FOR_AGAIN);
        }
    }

    private void answers(Reroute asked) {
        Offer offer = asked.offer().orElseThrow();
        int choice = random.nextInt(offer.choices().size() + 1);
        if (choice == offer.choices().size()) {
            passes("no answer", UNANSWERED);
            return;
        }
        Offer.Choice chosen = offer.choices().get(choice);
        Optional<FacilityId> store = chosen.stores().isEmpty()
                ? Optional.empty()
                : Optional.of(chosen.stores().getFirst());
        tells("its customer wants " + asked.id() + " so: " + chosen.kind());
        Answering answer = run.retail.reroutes.answer(
                asked.id(), new Offer.Answer(chosen.kind(), store, "ada", run.now()), "k-" + asked.id());
        if (!(answer instanceof Answering.Taken)) {
            throw new AssertionError(answer + " to " + chosen + ": " + happened);
        }
    }

    private void supplyComes(Reroute waiting) {
        FacilityId facility = SampleFacilities.ALL_IDS.get(random.nextInt(SampleFacilities.ALL_IDS.size()));
        tells(facility + " gets what " + waiting.id() + " waits for");
        for (LineQuantity line : waiting.lines()) {
            int there = run.retail.inventory.onHand(facility, line.sku());
            run.retail.inventory.stock(facility, line.sku(), there + SUPPLY);
            units.merge(line.sku(), SUPPLY, Integer::sum);
        }
        if (!run.retail.inventory.stockOf(run.order.id()).waiting().isEmpty()) {
            run.retail.inventory.commit(
                    run.order.id(),
                    run.order.deliveries().stream()
                            .flatMap((Delivery delivery) -> delivery.lines().stream())
                            .toList(),
                    new Terms(Set.copyOf(SampleFacilities.ALL_IDS), OnShortage.BACKORDER));
        }
        run.wake("order stock reroute");
    }

    private void passes(String why, Duration time) {
        tells(why + " for " + time);
        run.passes(time);
    }

    private void tells(String what) {
        happened.add(what);
    }

    /** Nothing is under way: all work has somebody who does it, and whatever else there is waits for something, or for a person. */
    private boolean isAtRest() {
        List<FulfillmentOrder> all = all();
        return !run.running()
                || (!all.isEmpty()
                        && all.stream().allMatch(this::isAtRest)
                        && run.retail.reroutes.ofOrder(run.order.id()).stream().allMatch(this::isAtRest));
    }

    private boolean isAtRest(FulfillmentOrder work) {
        return switch (work.status()) {
            case REJECTED -> run.retail.reroutes.latest(work.id()).isPresent() || isAsked(work.id());
            case ALLOCATED -> isAsked(work.id());
            default -> work.status().terminal() || isAsked(work.id()) || (isInTime(work) && isReadyToLeave(work));
        };
    }

    private boolean isInTime(FulfillmentOrder work) {
        return work.deadline().filter(last -> !run.now().isBefore(last)).isEmpty();
    }

    private boolean isReadyToLeave(FulfillmentOrder work) {
        return work.status() != FulfillmentStatus.PACKED
                || run.retail.parcels.ofWork(work.id()).stream()
                        .noneMatch(parcel -> parcel.status() == ParcelStatus.TO_BE_LABELLED)
                || labelsItself(work);
    }

    private boolean isAtRest(Reroute one) {
        return switch (one.status()) {
            case REROUTED, KEPT, NOT_NEEDED, CALLED_OFF -> true;
            case OFFERED -> one.isWaitedFor(run.now());
            case WAITING ->
                one.lookAgainAt().filter(next -> !run.now().isBefore(next)).isEmpty();
            case OPENED, TAKEN_AWAY, ANSWERED -> isAsked(one.id().work());
        };
    }

    /** A person is. */
    private boolean isAsked(FulfillmentOrderId work) {
        return run.retail.cases.open().stream().anyMatch(open -> open.step().endsWith(" " + work));
    }
}
