package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Steps;
import io.throughline.activities.call.Steps.Taken;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.Reroute.Finding;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkChanges.MovedPart;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import io.throughline.domain.policy.ReroutePolicy.Otherwise;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.routing.RoutingOutcome;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds somebody else for what a facility has given back, by the policies that the order keeps to: another facility; else what the policy says,
 * in its order; at last a person. Each try begins with the facts, so what others have done meanwhile is seen, and nothing is done twice.
 */
final class Replacement {
    private static final String ACTOR = "throughline";

    private final Steps steps;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final SupplyWait supply;
    private final Policies policies;
    private final Routing routing;
    private final Coverage coverage;
    private final Withdrawal withdrawal;
    private final Reroutes reroutes;
    private final Alternatives alternatives;
    private final WithoutCarrier withoutCarrier;
    private final Facilities facilities;
    private final WorkChanges changes;
    private final EditedWork edited;
    private final Clock clock;

    Replacement(
            Steps steps,
            Orders orders,
            FulfillmentOrders work,
            SupplyWait supply,
            Policies policies,
            Routing routing,
            Coverage coverage,
            Withdrawal withdrawal,
            Reroutes reroutes,
            Alternatives alternatives,
            WithoutCarrier withoutCarrier,
            Facilities facilities,
            WorkChanges changes,
            EditedWork edited,
            Clock clock) {
        this.steps = steps;
        this.orders = orders;
        this.work = work;
        this.supply = supply;
        this.policies = policies;
        this.routing = routing;
        this.coverage = coverage;
        this.withdrawal = withdrawal;
        this.reroutes = reroutes;
        this.alternatives = alternatives;
        this.withoutCarrier = withoutCarrier;
        this.facilities = facilities;
        this.changes = changes;
        this.edited = edited;
        this.clock = clock;
    }

    /** The reroute, its order as it is wanted, who may do none of it, and by what it is to leave. */
    private record Search(
            Reroute reroute, Job job, Order order, OrderPolicy policy, Set<FacilityId> excluded, Delivery left) {
        RerouteId id() {
            return reroute.id();
        }

        Search with(Delivery other) {
            return new Search(reroute, job, order, policy, excluded, other);
        }

        Search onlyTo(Set<FacilityId> others) {
            return new Search(reroute, job, order, policy, others, left);
        }

        Finding found(String words, List<String> considered) {
            return new Finding(words, considered, excluded);
        }
    }

    /** Whether others do it already, or nobody wants it any more. */
    boolean isThere(Job job) {
        return isThere(job, order(job));
    }

    private boolean isThere(Job job, Order order) {
        return coverage.replaced(
                job.order().rules(), order, job.work(), job.order().fulfillmentOrders());
    }

    Taken of(Reroute reroute, Job job) {
        if (reroute.ended()) {
            return new Taken(Reply.done("it has ended"));
        }
        Search search = search(reroute, job);
        if (job.cancelled()) {
            return end(search, RerouteStatus.CALLED_OFF, search.found("its order is being cancelled", List.of()));
        }
        if (reroute.status() == RerouteStatus.WAITING
                && job.order().cancelRequestedAt().isPresent()) {
            return giveUpRest(search);
        }
        if (!search.left().lines().equals(job.work().lines())) {
            edited.giveUpSurplus(search.order(), job.order().fulfillmentOrders());
        }
        if (isThere(job, search.order())) {
            return replaced(search, search.found("others do it, or nobody wants it any more", List.of()));
        }
        return reroute.offer()
                .flatMap(Offer::answer)
                .map(answer -> chosen(search, answer))
                .orElseGet(() -> asOrdered(search));
    }

    /** An order that is to be cancelled after goods of it have left waits for nothing more; what is given out goes on. */
    private Taken giveUpRest(Search search) {
        String words = "it was to be cancelled after goods had left";
        supply.giveUp(search.id().order(), words);
        return end(search, RerouteStatus.CALLED_OFF, search.found(words, List.of()));
    }

    private Search search(Reroute reroute, Job job) {
        FulfillmentOrder given = job.work();
        Order order = order(job);
        OrderPolicy policy = policies.of(job.order().rules());
        return new Search(
                reroute,
                job,
                order,
                policy,
                excluded(reroute, job, policy),
                new Delivery(given.method(), place(reroute, given), given.channelWork(), left(job, order)));
    }

    /** What was given out and is off the order by now goes to nobody, where its policy plans what is edited. */
    private List<LineQuantity> left(Job job, Order order) {
        return edited.plans(job.order())
                ? edited.stillWanted(order, job.work(), job.order().fulfillmentOrders())
                : job.work().lines();
    }

    private Set<FacilityId> excluded(Reroute reroute, Job job, OrderPolicy policy) {
        Set<FacilityId> excluded = new HashSet<>(
                routing.excluded(job.order().fulfillmentOrders(), job.work().lines()));
        if (reroute.cause() == RerouteCause.CARRIER) {
            excluded.addAll(withoutCarrier.sameCarriers(job, policy));
        }
        return excluded;
    }

    /** What did not come to where its customer collects it, is less by now, or can't be had where it was moved to, is still collected there. */
    private static Optional<FacilityId> place(Reroute reroute, FulfillmentOrder given) {
        boolean hasNotFailed = given.method() == DeliveryMethod.PICKUP && isSomebodysWord(reroute);
        return given.notBrought() || hasNotFailed ? Optional.of(given.facility()) : Optional.empty();
    }

    private Order order(Job job) {
        return orders.find(job.order().id()).orElseThrow();
    }

    private Taken asOrdered(Search search) {
        boolean decided =
                steps.reroutedBefore(search.id().order(), search.id().work().value());
        if (decided
                || isSomebodysWord(search.reroute())
                || withdrawal.goesByItself(search.job(), search.policy().reroutes())) {
            return elsewhere(search);
        }
        String words = search.job().facility().id() + " rejected " + search.id().work();
        return search.left().method() == DeliveryMethod.PICKUP
                ? offer(search, words, List.of()).orElseGet(() -> ask(words))
                : ask(words);
    }

    /** Nobody has failed: it was edited, or moved, by those who may. */
    private static boolean isSomebodysWord(Reroute reroute) {
        return reroute.cause() == RerouteCause.EDITED || reroute.cause() == RerouteCause.MOVED;
    }

    /** What a customer is to collect, or what has been given back too often, is not sent elsewhere without a person. */
    private static Taken ask(String words) {
        return new Taken(Reply.refused(FailureCode.FACILITY_REJECTED, words + "; its own words are with the order"));
    }

    private Taken elsewhere(Search search) {
        List<Delivery> parts = asMoved(search);
        return parts.isEmpty()
                ? where(search).flatMap(target -> toThere(search, target)).orElseGet(() -> anywhere(search))
                : toTheirPlaces(search, parts);
    }

    /** What lies in several places at its channel now, or what its customer is to collect at another one. */
    private List<Delivery> asMoved(Search search) {
        Delivery left = search.left();
        FulfillmentOrderId id = search.id().work();
        if (search.reroute().cause() != RerouteCause.MOVED) {
            return List.of();
        }
        List<MovedPart> parts = changes.parts(id);
        return parts.isEmpty() && left.method() == DeliveryMethod.PICKUP
                ? changes.movedTo(id).stream()
                        .map(store -> Alternatives.collectedAt(store, left))
                        .toList()
                : MovedParts.deliveries(parts, left, search.job().facility().id());
    }

    /** Where that can't be any more it goes on as one, and a person is told. */
    private Taken toTheirPlaces(Search search, List<Delivery> parts) {
        RoutingOutcome outcome = routing.again(search.job().order(), search.order(), parts, search.excluded());
        if (outcome instanceof Planned(var plan) && !newer(search).isEmpty()) {
            return replaced(search, search.found(plan.reason(), plan.considered()));
        }
        ChannelMoves.leaveBehind(
                steps,
                search.job().order(),
                search.id().work(),
                MovedParts.where(changes, search.job().work()),
                "that can't do it any more, and it goes on as if it had not been moved");
        return anywhere(search);
    }

    /**
     * Where somebody has moved it to at its channel; or who had it, and goes on with less. Who can't do it by now is no reason to leave it lying.
     */
    private Optional<FacilityId> where(Search search) {
        return switch (search.reroute().cause()) {
            case MOVED -> changes.movedTo(search.id().work());
            case EDITED -> Optional.of(search.job().facility().id());
            default -> Optional.empty();
        };
    }

    private Optional<Taken> toThere(Search search, FacilityId target) {
        Search there = search.onlyTo(ChannelMoves.onlyTo(facilities, target, search.excluded()));
        return switch (route(there)) {
            case Planned(var plan)
            when !newer(search).isEmpty() ->
                Optional.of(replaced(search, search.found(plan.reason(), plan.considered())));
            case Planned moved -> Optional.empty();
            case Unplaced unplaced -> Optional.empty();
        };
    }

    private Taken anywhere(Search search) {
        if (!search.policy().shortage().inParts() && stillShort(search)) {
            return waitsOn(search);
        }
        return switch (route(search)) {
            case Planned(var plan) -> after(search, search.found(plan.reason(), plan.considered()));
            case Unplaced unplaced -> otherwise(search, unplaced);
        };
    }

    private RoutingOutcome route(Search search) {
        return routing.again(search.job().order(), search.order(), search.left(), search.excluded());
    }

    /** Where a plan has moved nothing, the demand itself was lost on the way. */
    private Taken after(Search search, Finding finding) {
        if (!newer(search).isEmpty()) {
            return replaced(search, finding);
        }
        return routing.reserveAgain(search.job().order(), search.order())
                .map(Taken::new)
                .orElseGet(() -> switch (route(search)) {
                    case Planned(var plan) -> replaced(search, search.found(plan.reason(), plan.considered()));
                    case Unplaced unplaced -> nobody(search, unplaced.summary(), unplaced.considered());
                });
    }

    private boolean stillShort(Search search) {
        return supply.isShort(search.id().order(), search.left().lines());
    }

    private Taken otherwise(Search search, Unplaced unplaced) {
        AfterAction rule = unplaced.otherwise();
        if (rule.lookAgainAfter().isPresent()) {
            Instant next = clock.instant().plus(rule.lookAgainAfter().get());
            return waitUntil(search, search.found(unplaced.summary(), unplaced.considered()), next, rule);
        }
        boolean ruleWaits = rule.kind() == AfterAction.Kind.BACKORDER;
        for (Otherwise next : ruleWaits
                ? List.of(Otherwise.BACKORDER, Otherwise.OFFER)
                : search.policy().reroutes().otherwise()) {
            Optional<Taken> done = switch (next) {
                case BACKORDER -> backorder(search, unplaced);
                case OFFER -> offer(search, unplaced.summary(), unplaced.considered());
            };
            if (done.isPresent()) {
                return done.get();
            }
        }
        return nobody(search, unplaced.summary(), unplaced.considered());
    }

    private Optional<Taken> backorder(Search search, Unplaced unplaced) {
        if (search.left().method() != DeliveryMethod.SHIPPING
                || search.policy().shortage().onShortage() != OnShortage.BACKORDER) {
            return Optional.empty();
        }
        Set<FacilityId> among = new HashSet<>(unplaced.among());
        among.removeAll(search.excluded());
        return among.isEmpty()
                ? Optional.empty()
                : routing.backorder(search.job().order(), search.order(), search.left(), among, unplaced.summary())
                        .map(words -> new Taken(
                                Reply.done(words), waits(search, search.found(words, unplaced.considered()))));
    }

    /** For as long as the order may wait at all. */
    private StepResult waits(Search search, Finding finding) {
        reroutes.waits(search.id(), finding, cancelAt(search));
        return StepResult.waiting();
    }

    private Taken waitsOn(Search search) {
        Finding finding = search.reroute().finding();
        return cancelAt(search)
                .filter(this::isPast)
                .map(last -> giveUp(search, finding, last))
                .orElseGet(() -> new Taken(Reply.done("its supply has not come"), waits(search, finding)));
    }

    private boolean isPast(Instant instant) {
        return !clock.instant().isBefore(instant);
    }

    /** An order that has waited for long enough ends, unless something of it has left. */
    private Taken giveUp(Search search, Finding finding, Instant last) {
        String words = finding.words() + ", which has not come by " + last;
        if (search.job().order().fulfillmentOrders().stream()
                .anyMatch(one -> one.status().handedOver())) {
            return nobody(search, words, finding.considered());
        }
        orders.requestCancel(search.id().order(), ACTOR, words);
        return end(search, RerouteStatus.CALLED_OFF, search.found(words, finding.considered()));
    }

    private Taken waitUntil(Search search, Finding finding, Instant next, AfterAction rule) {
        Optional<Instant> last =
                rule.cancelAfter().map(search.job().order().receivedAt()::plus).or(() -> cancelAt(search));
        if (last.filter(this::isPast).isPresent()) {
            return giveUp(search, finding, last.get());
        }
        reroutes.waits(
                search.id(), finding, Optional.of(last.filter(next::isAfter).orElse(next)));
        return new Taken(Reply.done(finding.words()), StepResult.waiting());
    }

    private static Optional<Instant> cancelAt(Search search) {
        return search.policy().shortage().cancelAfter().map(search.job().order().receivedAt()::plus);
    }

    /** A customer is asked once. */
    private Optional<Taken> offer(Search search, String words, List<String> considered) {
        Optional<Offers> offers = search.policy().reroutes().offers();
        if (offers.isEmpty() || search.reroute().offer().isPresent()) {
            return Optional.empty();
        }
        return alternatives
                .of(search.job().order(), search.order(), search.left(), search.excluded(), offers.get())
                .map(offer -> {
                    reroutes.offer(search.id(), search.found(words, considered), offer);
                    return new Taken(Reply.done("the customer is asked"));
                });
    }

    private Taken chosen(Search search, Offer.Answer answer) {
        return switch (answer.kind()) {
            case OTHER_STORE ->
                elsewhereAsChosen(
                        search.with(Alternatives.collectedAt(answer.store().orElseThrow(), search.left())));
            case SHIP -> elsewhereAsChosen(search.with(Alternatives.shipped(search.left())));
            case WAIT -> patiently(search);
            case CANCEL -> callOff(search);
        };
    }

    /** What could be had when it was offered may have gone since: then a person decides. */
    private Taken elsewhereAsChosen(Search search) {
        return switch (route(search)) {
            case Planned(var plan) -> after(search, search.found(plan.reason(), plan.considered()));
            case Unplaced unplaced -> nobody(search, unplaced.summary(), unplaced.considered());
        };
    }

    private Taken patiently(Search search) {
        if (search.left().method() == DeliveryMethod.PICKUP) {
            return nobody(
                    search,
                    "its customer wants to wait for " + search.id().work() + ", which "
                            + search.job().facility().id() + " does not hand over",
                    List.of());
        }
        if (!search.policy().shortage().inParts() && stillShort(search)) {
            return waitsOn(search);
        }
        return switch (route(search)) {
            case Planned(var plan) -> after(search, search.found(plan.reason(), plan.considered()));
            case Unplaced unplaced ->
                backorder(search, unplaced).orElseGet(() -> {
                    Instant next = clock.instant()
                            .plus(search.policy()
                                    .reroutes()
                                    .offers()
                                    .orElseThrow()
                                    .lookAgainAfter());
                    return waitUntil(
                            search,
                            search.found(unplaced.summary(), unplaced.considered()),
                            next,
                            AfterAction.of(AfterAction.Kind.CASE));
                });
        };
    }

    /** Where that is all of the order, it ends; else a person takes it off the order at its channel, and the rest goes on. */
    private Taken callOff(Search search) {
        Set<String> lines = lineIds(search.left().lines());
        boolean all = search.order().deliveries().stream()
                .flatMap(delivery -> delivery.lines().stream())
                .allMatch(line -> lines.contains(line.lineId())
                        && line.quantity()
                                <= quantity(line.lineId(), search.left().lines()));
        String words = "its customer does not want " + search.id().work() + " any more";
        if (all) {
            orders.requestCancel(search.id().order(), ACTOR, words);
            return end(search, RerouteStatus.CALLED_OFF, search.found(words, List.of()));
        }
        return new Taken(Reply.refused(
                FailureCode.LINE_CALLED_OFF,
                words + ": "
                        + search.left().lines().stream()
                                .map(line -> line.quantity() + " × " + line.sku())
                                .collect(Collectors.joining(", "))));
    }

    private Taken nobody(Search search, String summary, List<String> considered) {
        orders.unplaced(
                search.id().order(), new RoutingDecision(summary, considered, Optional.empty(), Optional.empty()));
        return new Taken(Reply.refused(FailureCode.NO_FACILITY, summary));
    }

    private Taken replaced(Search search, Finding finding) {
        List<FulfillmentOrderId> others = newer(search);
        return end(search, others.isEmpty() ? RerouteStatus.NOT_NEEDED : RerouteStatus.REROUTED, finding, others);
    }

    /** Work of any of its lines that was given out after it: not what others do instead of other work, if there is anything else. */
    private List<FulfillmentOrderId> newer(Search search) {
        Set<FulfillmentOrderId> ofOthers = reroutes.ofOrder(search.id().order()).stream()
                .filter(one -> !one.id().equals(search.id()))
                .flatMap(one -> one.replacedBy().stream())
                .collect(Collectors.toSet());
        List<FulfillmentOrder> all = given(search);
        List<FulfillmentOrderId> own = all.stream()
                .filter(one -> !search.excluded().contains(one.facility()))
                .map(FulfillmentOrder::id)
                .filter(id -> !ofOthers.contains(id))
                .toList();
        return own.isEmpty() ? all.stream().map(FulfillmentOrder::id).toList() : own;
    }

    private List<FulfillmentOrder> given(Search search) {
        // What others do by now is not left any more, and was this work all the same.
        boolean done = search.left().lines().isEmpty() && search.reroute().cause() != RerouteCause.EDITED;
        Set<String> lines =
                lineIds(done ? search.job().work().lines() : search.left().lines());
        return work.ofOrder(search.id().order()).stream()
                .dropWhile(one -> !one.id().equals(search.id().work()))
                .skip(1)
                .filter(one -> one.status().givenOut())
                .filter(one -> one.lines().stream().anyMatch(line -> lines.contains(line.lineId())))
                .toList();
    }

    private Taken end(Search search, RerouteStatus outcome, Finding finding) {
        return end(search, outcome, finding, List.of());
    }

    private Taken end(Search search, RerouteStatus outcome, Finding finding, List<FulfillmentOrderId> others) {
        reroutes.end(search.id(), outcome, finding, others);
        return new Taken(Reply.done(finding.words()));
    }

    private static Set<String> lineIds(List<LineQuantity> lines) {
        return lines.stream().map(LineQuantity::lineId).collect(Collectors.toSet());
    }

    private static int quantity(String lineId, List<LineQuantity> lines) {
        return lines.stream()
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }
}
