package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.RoutingPlan.Sending;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.routing.Sharing.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan in the making, delivery by delivery: what one is given, the next can't have. */
final class RoutingPass {
    /** Lines of what was considered that are kept with a plan, the last ones, whatever the number of its deliveries and rules. */
    static final int MOST_LINES = 36;

    private final RoutingQuestion question;
    private final RoutingFacts facts;
    private final Bundles bundles;
    private final StockAtHand stock;
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> considered = new ArrayList<>();

    RoutingPass(RoutingQuestion question, RoutingFacts facts, Bundles bundles) {
        this.question = question;
        this.facts = facts;
        this.bundles = bundles;
        this.stock = new StockAtHand(bundles, facts.stock());
    }

    /** Where the customer has chosen no rule does, and what was promised is kept whatever has been switched off since. */
    Optional<Unplaced> asChosen(Delivery delivery, List<Facility> able, List<Facility> senders) {
        for (Facility facility : able) {
            if (!question.excluded().contains(facility.id())
                    && units(stock.servable(facility.id(), delivery.lines(), 0)) == units(delivery.lines())) {
                assign(delivery, facility.id(), delivery.lines());
                reasons.add(facility.id() + " (" + units(delivery.lines()) + ") as it was chosen");
                return Optional.empty();
            }
        }
        boolean sent = delivery.method() == DeliveryMethod.PICKUP
                && able.stream()
                        .filter(facility -> !question.excluded().contains(facility.id()))
                        .anyMatch(facility -> isSentTo(facility, delivery, senders));
        return sent ? Optional.empty() : Optional.of(notWhereChosen(able));
    }

    private Unplaced notWhereChosen(List<Facility> able) {
        return unplaced(
                "the facility that was chosen has not what this delivery needs",
                AfterAction.of(AfterAction.Kind.CASE),
                able.stream().map(Facility::id).collect(Collectors.toSet()));
    }

    /** The lines that a store has not whole are sent to it by one facility that has them, the one that is nearest to it; no bundles. */
    private boolean isSentTo(Facility store, Delivery delivery, List<Facility> senders) {
        List<LineQuantity> servable = stock.servable(store.id(), delivery.lines(), 0);
        List<LineQuantity> missing = delivery.lines().stream()
                .filter(line -> !servable.contains(line))
                .toList();
        if (missing.stream().anyMatch(line -> bundles.isBundle(line.sku()))) {
            return false;
        }
        Optional<Sending> sending = senders.stream()
                .filter(from -> !question.excluded().contains(from.id()))
                .sorted(Comparator.comparingDouble(
                                (Facility from) -> from.point().kilometresTo(store.point()))
                        .thenComparing(Facility::id))
                .flatMap(
                        from -> question
                                .sends()
                                .of(from.id(), store.id())
                                .map(terms -> new Sending(from.id(), missing, terms))
                                .stream())
                .filter(way -> units(stock.servable(
                                way.from(), missing, way.terms().terms().keep()))
                        == units(missing))
                .findFirst();
        sending.ifPresent(way -> {
            stock.take(way.from(), missing);
            Assignment assignment = new Assignment(
                    store.id(), delivery.method(), delivery.channelWork(), delivery.lines(), Optional.of(way));
            stock.take(store.id(), assignment.own());
            assignments.add(assignment);
            reasons.add(store.id() + " (" + units(delivery.lines()) + ") as it was chosen, "
                    + units(missing) + " of them sent by " + way.from() + " by "
                    + way.terms().terms().rule() + " of "
                    + way.terms().terms().policy());
        });
        return sending.isPresent();
    }

    /** Empty: a rule has found somebody. */
    Optional<Unplaced> byRules(Delivery delivery, List<Facility> able) {
        List<RoutingRule> rules = question.policy().rulesFor(question.order(), delivery);
        for (RoutingRule rule : rules) {
            RuleSearch.Result result = new RuleSearch(question, rule, facts, bundles, stock, delivery).of(able);
            considered.addAll(Considerations.told(rule.name(), result.considerations()));
            if (!result.shares().isEmpty()) {
                result.shares()
                        .forEach(share -> assign(delivery, share.candidate().id(), share.lines()));
                reasons.add(reason(rule, result));
                return Optional.empty();
            }
            boolean last = rule.equals(rules.getLast());
            if (last || rule.otherwise().kind() != AfterAction.Kind.NEXT_RULE) {
                return Optional.of(unplaced(
                        "no facility can do this delivery by " + named(rule), rule.otherwise(), result.among()));
            }
        }
        return Optional.of(unplaced(
                "no rule of " + question.policy().version() + " is for this delivery",
                AfterAction.of(AfterAction.Kind.CASE),
                Set.of()));
    }

    /**
     * The same for several deliveries at once, of which each keeps its own part of what is found. False: no rule finds somebody for all of it, and
     * nothing is taken.
     */
    boolean together(List<Delivery> deliveries, List<Facility> able) {
        Delivery all = new Delivery(
                deliveries.getFirst().method(), Optional.empty(), Optional.empty(), DeliveryCut.together(deliveries));
        for (RoutingRule rule : question.policy().rulesFor(question.order(), all)) {
            RuleSearch.Result result = new RuleSearch(question, rule, facts, bundles, stock, all).of(able);
            if (!result.shares().isEmpty()) {
                considered.addAll(Considerations.told(rule.name(), result.considerations()));
                DeliveryCut cut = new DeliveryCut(deliveries);
                result.shares()
                        .forEach(share -> cut.take(share.lines())
                                .forEach((delivery, lines) ->
                                        assign(delivery, share.candidate().id(), lines)));
                reasons.add(reason(rule, result));
                return true;
            }
            if (rule.otherwise().kind() != AfterAction.Kind.NEXT_RULE) {
                return false;
            }
        }
        return false;
    }

    RoutingPlan plan() {
        return new RoutingPlan(assignments, String.join("; ", reasons), bounded());
    }

    private Unplaced unplaced(String summary, AfterAction otherwise, Set<FacilityId> among) {
        return new Unplaced(summary, bounded(), otherwise, among);
    }

    private void assign(Delivery delivery, FacilityId facility, List<LineQuantity> lines) {
        stock.take(facility, lines);
        assignments.add(new Assignment(facility, delivery.method(), delivery.channelWork(), lines));
    }

    private String reason(RoutingRule rule, RuleSearch.Result result) {
        return result.shares().stream()
                        .map(share -> share.candidate().id() + " (" + share.units() + ")")
                        .collect(Collectors.joining(", "))
                + " by " + named(rule)
                + (result.exact() ? "" : ", though not every combination was tried");
    }

    private String named(RoutingRule rule) {
        return rule.name() + " of " + question.policy().version();
    }

    private List<String> bounded() {
        return considered.subList(Math.max(0, considered.size() - MOST_LINES), considered.size());
    }

    private static int units(List<LineQuantity> lines) {
        return Share.units(lines);
    }
}
