package io.throughline.activities.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.OrderParts;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.BrandTerms;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.Router;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.routing.RoutingOutcome;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingQuestion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and allots the facilities that do an order's work: a pure decision on the facts as read, taken again if those have changed. */
public final class Routing {
    private static final int TRIES = 8;
    private static final Routed NOTHING_READY = Routed.at(Reply.done("nothing more can be given out"));

    private final Orders orders;
    private final InventoryLedger inventory;
    private final FulfillmentOrders work;
    private final Bundles bundles;
    private final Router router;
    private final RoutingQuestions questions;
    private final FacilityPauses pauses;
    private final Coverage coverage;
    private final Reroutes reroutes;

    public Routing(
            Orders orders,
            InventoryLedger inventory,
            FulfillmentOrders work,
            Facilities facilities,
            Bundles bundles,
            RoutingQuestions questions,
            FacilityPauses pauses,
            Coverage coverage,
            Reroutes reroutes) {
        this.orders = orders;
        this.inventory = inventory;
        this.work = work;
        this.bundles = bundles;
        this.router = new Router(facilities.all(), bundles);
        this.questions = questions;
        this.pauses = pauses;
        this.coverage = coverage;
        this.reroutes = reroutes;
    }

    /**
     * What came of routing. An order waits while anything of it is short, or nobody has room for it; {@code cancelAt} is the end of that where
     * the rule itself has one.
     */
    public record Routed(Reply reply, boolean waits, String waitsFor, Optional<Instant> cancelAt) {
        private static Routed at(Reply reply) {
            return new Routed(reply, false, "", Optional.empty());
        }

        private static Routed waiting(String forWhat, Optional<Instant> cancelAt) {
            return new Routed(Reply.done("waits for " + forWhat), true, forWhat, cancelAt);
        }
    }

    /** Reserves and routes the whole order; what was routed before stays. */
    public Routed route(OrderView view, Order order, OnShortage onShortage) {
        if (!work.ofOrder(order.id()).isEmpty()) {
            return Routed.at(Reply.done("routed before"));
        }
        if (isCarriedOut(order)) {
            return Routed.at(carriedOut(order));
        }
        List<LineQuantity> needs = needs(order.deliveries());
        if (needs.isEmpty()) {
            return Routed.at(handedOver(
                    order, router.planWithoutGoods(order), "nothing was sold, or no facility serves its channel"));
        }
        Set<FacilityId> paused = pauses.paused();
        Map<String, Set<FacilityId>> places = places(view, order, paused);
        Optional<Reply> nobody = nobody(order, needs, places);
        if (nobody.isPresent()) {
            return Routed.at(nobody.get());
        }
        Terms terms = Terms.ofLines(places, onShortage).keeping(promised(view, order, paused));
        return switch (inventory.commit(order.id(), needs, terms)) {
            case Commitment.Reserved reserved -> place(view, order, paused, onShortage);
            case Commitment.Refused(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Partly(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Backordered backordered -> waits(backordered);
        };
    }

    private Routed place(OrderView view, Order order, Set<FacilityId> paused, OnShortage onShortage) {
        return switch (attempt(view, order, paused)) {
            case Planned(RoutingPlan plan) -> Routed.at(Reply.done(plan.reason()));
            case Unplaced unplaced -> unplaced(view, order, unplaced, onShortage);
        };
    }

    private Routed unplaced(OrderView view, Order order, Unplaced unplaced, OnShortage onShortage) {
        Optional<Pause> pause = pauseWhereChosen(order);
        if (pause.isPresent()) {
            return notWhilePaused(order, pause.get(), unplaced);
        }
        AfterAction otherwise = unplaced.otherwise();
        Optional<Instant> cancelAt = otherwise.cancelAfter().map(view.receivedAt()::plus);
        orders.unplaced(
                order.id(),
                new RoutingDecision(
                        unplaced.summary(),
                        unplaced.considered(),
                        otherwise.lookAgainAfter().map(questions.now()::plus),
                        cancelAt));
        return switch (otherwise.kind()) {
            case WAIT, CANCEL -> Routed.waiting("a facility that can take it", cancelAt);
            case BACKORDER -> backorder(view, order, unplaced, onShortage);
            case NEXT_RULE, CASE -> Routed.at(Reply.refused(FailureCode.NO_FACILITY, unplaced.summary()));
        };
    }

    private Optional<Pause> pauseWhereChosen(Order order) {
        return order.deliveries().stream()
                .filter(delivery -> delivery.method() == DeliveryMethod.PICKUP)
                .flatMap(delivery -> delivery.facility().stream())
                .flatMap(chosen -> pauses.of(chosen).stream())
                .findFirst();
    }

    /** What is to be collected at a paused facility waits for the end of the pause; a person decides where nobody knows that. */
    private Routed notWhilePaused(Order order, Pause pause, Unplaced unplaced) {
        String paused = pause.facility() + ", where its customer wants to collect it, is paused";
        String words = pause.until()
                .map(until -> paused + " until " + until.truncatedTo(ChronoUnit.SECONDS))
                .orElse(paused);
        orders.unplaced(order.id(), new RoutingDecision(words, unplaced.considered(), pause.until(), Optional.empty()));
        return pause.until().isPresent()
                ? Routed.waiting("the end of a pause: " + words, Optional.empty())
                : Routed.at(Reply.refused(FailureCode.FACILITY_PAUSED, words));
    }

    /**
     * Reserves what can be had of an order and gives out each part of it that nobody has yet; what is short waits for its supply. Called again,
     * it goes on with what has come. Nothing of it goes to a facility that has given back what it is about. Where an order goes out whole, so does
     * what is added to it later, and what of a till's basket was not carried out with the rest.
     */
    public Routed routeParts(OrderView view, Order order, OnShortage onShortage) {
        if (work.ofOrder(order.id()).isEmpty() && isCarriedOut(order)) {
            Reply carriedOut = carriedOut(order);
            if (carriedOut instanceof Reply.Refused || needs(order.deliveries()).isEmpty()) {
                return Routed.at(carriedOut);
            }
        }
        List<FulfillmentOrder> given = work.ofOrder(order.id());
        if (given.isEmpty() && needs(order.deliveries()).isEmpty()) {
            return route(view, order, onShortage);
        }
        List<LineQuantity> wanted = given.isEmpty() ? coverage.toReserve(order, given) : stillOpen(order, given);
        Set<FacilityId> paused = pauses.paused();
        Map<String, Set<FacilityId>> places = places(view, order, paused);
        // What is given out already is nobody's to find any more.
        List<LineQuantity> open = given.isEmpty() ? wanted : inventory.lacking(order.id(), wanted);
        Optional<Reply> nobody = nobody(order, open, places);
        if (nobody.isPresent()) {
            return Routed.at(nobody.get());
        }
        Terms terms = Terms.ofLines(places, onShortage).keeping(promised(view, order, paused));
        return switch (inventory.commit(order.id(), wanted, terms)) {
            case Commitment.Reserved reserved when given.isEmpty() -> place(view, order, paused, onShortage);
            case Commitment.Reserved reserved -> {
                Routed placed = placeReady(view, order, given);
                yield placed.equals(NOTHING_READY) ? leftOver(order, given) : placed;
            }
            case Commitment.Refused(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Partly(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Backordered backordered when onShortage != OnShortage.SPLIT -> waits(backordered);
            case Commitment.Backordered backordered -> {
                Routed placed = placeReady(view, order, given);
                yield placed.waits() || placed.reply() instanceof Reply.Refused ? placed : waits(backordered);
            }
        };
    }

    /** What is given out whole asks for nothing more, whatever its bundles are made of by now. */
    private List<LineQuantity> stillOpen(Order order, List<FulfillmentOrder> given) {
        OrderStock stock = inventory.stockOf(order.id());
        Order asGivenOut = order.withDeliveries(coverage.asGivenOut(order));
        return coverage.toReserve(order, given).stream()
                .filter(line -> OrderParts.isOpen(asGivenOut, given, line.lineId(), stock, bundles))
                .toList();
    }

    private Reply carriedOut(Order order) {
        return handedOver(order, router.planCarriedOut(order), "no facility of that till is configured");
    }

    private Routed placeReady(OrderView view, Order order, List<FulfillmentOrder> given) {
        List<Delivery> lying = ready(order, given);
        if (lying.isEmpty()) {
            return NOTHING_READY;
        }
        List<Delivery> ready = notAskedAbout(lying, order, given);
        if (ready.isEmpty()) {
            return Routed.waiting("what becomes of what their store has given back", Optional.empty());
        }
        Order part = order.withDeliveries(ready);
        return switch (attempt(view, part, excluded(given, needs(ready)))) {
            case Planned(RoutingPlan plan) -> Routed.at(Reply.done(plan.reason()));
            case Unplaced unplaced -> unplaced(view, part, unplaced, OnShortage.REFUSE);
        };
    }

    /** Where a store gets nothing of it any more, its customer is asked where to collect the rest, or a person is: nobody is asked twice. */
    private List<Delivery> notAskedAbout(List<Delivery> ready, Order order, List<FulfillmentOrder> given) {
        if (given.stream().noneMatch(FulfillmentOrder::neverToReturn)) {
            return ready;
        }
        Set<FulfillmentOrderId> lookedAfter = EditedWork.givenBack(given, reroutes.ofOrder(order.id()));
        Set<FacilityId> stores = given.stream()
                .filter(one -> one.method() == DeliveryMethod.PICKUP && lookedAfter.contains(one.id()))
                .map(FulfillmentOrder::facility)
                .collect(Collectors.toSet());
        return ready.stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.PICKUP
                        || delivery.facility()
                                .filter(stores::contains)
                                .filter(excluded(given, delivery.lines())::contains)
                                .isEmpty())
                .toList();
    }

    private List<Delivery> ready(Order order, List<FulfillmentOrder> given) {
        Order asGivenOut = order.withDeliveries(coverage.asGivenOut(order));
        return OrderParts.ready(asGivenOut, given, inventory.stockOf(order.id()), bundles);
    }

    /** What is reserved for nothing that is wanted is given back; what a customer collects waits for what is to be collected with it. */
    private Routed leftOver(Order order, List<FulfillmentOrder> given) {
        OrderStock stock = inventory.stockOf(order.id());
        Order asGivenOut = order.withDeliveries(coverage.asGivenOut(order));
        boolean wanted = stock.unplaced().stream()
                .anyMatch(line -> OrderParts.isOpen(asGivenOut, given, line.lineId(), stock, bundles));
        if (wanted) {
            return Routed.waiting("what is to be collected with it", Optional.empty());
        }
        if (!stock.unplaced().isEmpty()) {
            inventory.releaseRest(order.id(), "nobody wants it any more");
        }
        return NOTHING_READY;
    }

    private static boolean isCarriedOut(Order order) {
        return order.deliveries().stream().anyMatch(delivery -> delivery.method() == DeliveryMethod.CARRIED_OUT);
    }

    /** Whether a part of it has left its store already, and the rest is others' to hand over. */
    public static boolean isCarriedOutInPart(Order order) {
        return isCarriedOut(order) && !needs(order.deliveries()).isEmpty();
    }

    /**
     * What was reserved elsewhere is given back and asked for anew where the rule wants it. What is there already, and still can't be taken, no
     * supply will mend.
     */
    private Routed backorder(OrderView view, Order order, Unplaced unplaced, OnShortage onShortage) {
        if (!onShortage.waits()) {
            return Routed.at(Reply.refused(FailureCode.NO_FACILITY, unplaced.summary() + "; it may not wait"));
        }
        if (unplaced.among().isEmpty()) {
            return Routed.at(
                    Reply.refused(FailureCode.NO_FACILITY, unplaced.summary() + ", whatever any of them may have"));
        }
        inventory.releaseAll(order.id(), unplaced.summary());
        Terms terms = Terms.ofLines(only(unplaced.among(), places(view, order, Set.of())), onShortage);
        return switch (inventory.commit(order.id(), needs(order.deliveries()), terms)) {
            case Commitment.Reserved reserved ->
                Routed.at(Reply.refused(FailureCode.NO_FACILITY, unplaced.summary() + ", nor would supply help"));
            case Commitment.Refused(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Partly(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Backordered backordered -> waits(backordered);
        };
    }

    /** Supply that nobody expects any more is not waited for: a person decides, unless stock comes after all. */
    private static Routed waits(Commitment.Backordered backordered) {
        List<String> hopeless = backordered.waiting().stream()
                .filter(waiting -> waiting.promisedAt().equals(Instant.MAX))
                .map(Commitment.Waiting::words)
                .toList();
        return hopeless.isEmpty()
                ? Routed.waiting("its stock", Optional.empty())
                : Routed.at(Reply.refused(FailureCode.STOCK_MISSING, "it waits for " + String.join("; ", hopeless)));
    }

    private static Reply missing(List<Shortage> shortages) {
        return Reply.refused(
                FailureCode.STOCK_MISSING,
                shortages.stream()
                        .map(missing -> missing.sku() + ": " + missing.wanted() + " wanted, " + missing.available()
                                + " to be had")
                        .collect(Collectors.joining("; ")));
    }

    private Reply handedOver(Order order, Optional<RoutingPlan> planned, String otherwise) {
        return planned.map(plan -> {
                    inventory.recordHandedOver(order.id(), plan, order.placedAt());
                    return Reply.done(plan.reason());
                })
                .orElseGet(() -> Reply.refused(FailureCode.NO_FACILITY, otherwise));
    }

    /** Those who have said no to any of these lines of the order before, or get no work for the time being. */
    Set<FacilityId> excluded(List<FulfillmentOrder> all, List<LineQuantity> wanted) {
        List<FulfillmentOrder> failed =
                all.stream().filter(FulfillmentOrder::neverToReturn).toList();
        if (failed.isEmpty()) {
            return pauses.paused();
        }
        Map<FulfillmentOrderId, Reroute> reasons = reroutes
                .ofOrder(failed.getFirst().id().order())
                .stream()
                .filter(one -> one.status() != RerouteStatus.KEPT)
                .collect(Collectors.toMap(one -> one.id().work(), one -> one, (earlier, later) -> later));
        Stream<FacilityId> barred = failed.stream()
                .filter(work -> Optional.ofNullable(reasons.get(work.id()))
                        .map(why -> why.bars(wanted))
                        .orElse(true))
                .map(FulfillmentOrder::failedBy);
        return Stream.concat(barred, pauses.paused().stream()).collect(Collectors.toSet());
    }

    /** Gives what somebody has given back to others, if they can do it. */
    RoutingOutcome again(OrderView view, Order order, Delivery left, Set<FacilityId> excluded) {
        return again(view, order, List.of(left), excluded);
    }

    /** The same of what is to be done as several pieces of work, by one plan: somebody for each of them, or for none. */
    RoutingOutcome again(OrderView view, Order order, List<Delivery> left, Set<FacilityId> excluded) {
        return attempt(view, order.withDeliveries(left), excluded, inventory::allocateAgain);
    }

    /** Whether {@link #again} would find somebody just now. */
    boolean couldDo(OrderView view, Order order, Delivery left, Set<FacilityId> excluded) {
        Order part = order.withDeliveries(List.of(left));
        RoutingQuestion question = questions.about(view, part, excluded);
        return router.route(question, facts(question, order)) instanceof Planned;
    }

    /** From where the customer could collect all of it just now, the nearest first. */
    List<FacilityId> placesToCollect(OrderView view, Order order, Delivery left, Set<FacilityId> excluded) {
        Order part = order.withDeliveries(List.of(left));
        RoutingQuestion question = questions.about(view, part, excluded);
        return router.choices(question, facts(question, order), left).stream()
                .filter(store -> questions.handsOver(order, store, left))
                .toList();
    }

    /** Lets what somebody has given back wait for supply; empty: none is expected, or it lies where nobody may take it. */
    Optional<String> backorder(OrderView view, Order order, Delivery left, Set<FacilityId> among, String why) {
        Map<String, Set<FacilityId>> places = places(view, order, Set.of());
        places.putAll(only(among, places(view, order.withDeliveries(List.of(left)), Set.of())));
        Terms terms = Terms.ofLines(places, OnShortage.BACKORDER);
        return switch (inventory.askAnew(order.id(), left.lines(), needs(order.deliveries()), terms)) {
            case Commitment.Backordered backordered -> {
                Routed waits = waits(backordered);
                yield waits.waits() ? Optional.of("waits for " + words(backordered) + ": " + why) : Optional.empty();
            }
            case Commitment.Reserved reserved -> Optional.empty();
            case Commitment.Refused refused -> Optional.empty();
            case Commitment.Partly partly -> Optional.empty();
        };
    }

    private static String words(Commitment.Backordered backordered) {
        return backordered.waiting().stream().map(Commitment.Waiting::words).collect(Collectors.joining("; "));
    }

    /** Demand that was lost on the way is reserved again, all of it or none. */
    Optional<Reply> reserveAgain(OrderView view, Order order) {
        Terms terms = Terms.ofLines(places(view, order, pauses.paused()), OnShortage.REFUSE);
        return inventory.commit(order.id(), needs(order.deliveries()), terms)
                        instanceof Commitment.Refused(List<Shortage> shortages)
                ? Optional.of(missing(shortages))
                : Optional.empty();
    }

    private RoutingOutcome attempt(OrderView view, Order order, Set<FacilityId> excluded) {
        return attempt(view, order, excluded, inventory::allocate);
    }

    private RoutingOutcome attempt(
            OrderView view,
            Order order,
            Set<FacilityId> excluded,
            BiFunction<OrderId, RoutingPlan, Optional<List<FulfillmentOrder>>> allocate) {
        for (int i = 0; i < TRIES; i++) {
            RoutingQuestion question = questions.about(view, order, excluded);
            RoutingOutcome outcome = router.route(question, facts(question, order));
            if (!(outcome instanceof Planned(RoutingPlan plan))
                    || allocate.apply(order.id(), plan).isPresent()) {
                return outcome;
            }
        }
        throw SystemFailure.withoutEffect(
                FailureCode.EFFECT_IN_FLIGHT, "the stock changed under " + TRIES + " routing plans in a row", null);
    }

    private RoutingFacts facts(RoutingQuestion question, Order order) {
        return inventory.routingFacts(order.id(), parts(order), FactsWanted.by(question.policy(), question.now()));
    }

    private Set<Sku> parts(Order order) {
        return needs(order.deliveries()).stream()
                .flatMap(line -> bundles.partsOf(line.sku()).stream())
                .map(Bundles.Part::sku)
                .collect(Collectors.toSet());
    }

    /** From where each line may be reserved: from nobody who might not give it out afterwards. */
    private Map<String, Set<FacilityId>> places(OrderView view, Order order, Set<FacilityId> paused) {
        BiPredicate<FacilityId, Sku> ships = questions.ships(order);
        BrandTerms brands = brands(view, order);
        Map<String, Set<FacilityId>> places = router.places(
                order, questions.sends(), (facility, sku) -> ships.test(facility, sku) && brands.allow(facility, sku));
        places.replaceAll((line, allowed) -> without(passedOver(order, line, paused), allowed));
        return places;
    }

    /** What its basket keeps at a facility that was paused since is not lost by that: it goes from elsewhere, or waits for the end of the pause. */
    private Map<String, Set<FacilityId>> promised(OrderView view, Order order, Set<FacilityId> paused) {
        return paused.isEmpty() ? Map.of() : places(view, order, Set.of());
    }

    /** What is to be collected at a paused facility waits there for the end of its pause. */
    private static Set<FacilityId> passedOver(Order order, String line, Set<FacilityId> paused) {
        Set<FacilityId> passedOver = new HashSet<>(paused);
        order.deliveries().stream()
                .filter(delivery -> delivery.method() == DeliveryMethod.PICKUP)
                .filter(delivery ->
                        delivery.lines().stream().anyMatch(one -> one.lineId().equals(line)))
                .forEach(delivery -> delivery.facility().ifPresent(passedOver::remove));
        return passedOver;
    }

    /** They are read only for a policy that minds them. */
    private BrandTerms brands(OrderView view, Order order) {
        RoutingPolicy policy = questions.policy(view);
        Map<Sku, String> brands = policy.mindsBrands()
                ? inventory
                        .routingFacts(order.id(), parts(order), FactsWanted.ofBrands())
                        .brands()
                : Map.of();
        return new BrandTerms(policy, brands, bundles);
    }

    private static Map<String, Set<FacilityId>> only(Set<FacilityId> some, Map<String, Set<FacilityId>> places) {
        places.replaceAll(
                (line, allowed) -> allowed.stream().filter(some::contains).collect(Collectors.toSet()));
        return places;
    }

    /** Nothing of an order is kept of which some can't be had from anywhere, however much there was. */
    private Optional<Reply> nobody(Order order, List<LineQuantity> needs, Map<String, Set<FacilityId>> places) {
        List<String> skus = needs.stream()
                .filter(line -> places.getOrDefault(line.lineId(), Set.of()).isEmpty())
                .map(line -> line.sku().value())
                .distinct()
                .toList();
        return skus.isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.refused(
                        FailureCode.NO_FACILITY,
                        "no facility may do " + String.join(", ", skus) + " for "
                                + order.key().account() + ": of those that serve it, none is left by "
                                + questions.stockPolicy()
                                + " (channels, shipping) and the brands of its routing policy"));
    }

    /** Stock at a paused facility is not reckoned with, unless nobody else may serve the line at all. */
    private static Set<FacilityId> without(Set<FacilityId> paused, Set<FacilityId> allowed) {
        Set<FacilityId> open =
                allowed.stream().filter(facility -> !paused.contains(facility)).collect(Collectors.toSet());
        return open.isEmpty() ? allowed : open;
    }

    /** What is to be reserved and given out: what was carried out of a store left when it was sold. */
    private static List<LineQuantity> needs(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery ->
                        delivery.method() != DeliveryMethod.NONE && delivery.method() != DeliveryMethod.CARRIED_OUT)
                .flatMap(delivery -> delivery.lines().stream())
                .toList();
    }
}
