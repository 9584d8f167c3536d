package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.routing.Consideration.Verdict;
import io.throughline.domain.routing.Sharing.Share;
import io.throughline.domain.routing.SplitProblem.Option;
import io.throughline.domain.routing.SplitProblem.Sum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks one rule who shall do one delivery. */
final class RuleSearch {
    private final RoutingRule rule;
    private final GoodsTerms goods;
    private final Screening screening;
    private final Sharing sharing;
    private final Map<Sku, Integer> wanted;
    private final int all;
    private final List<Offer> offers = new ArrayList<>();
    private final List<Consideration> considerations = new ArrayList<>();
    private final Set<FacilityId> among = new HashSet<>();

    RuleSearch(
            RoutingQuestion question,
            RoutingRule rule,
            RoutingFacts facts,
            Bundles bundles,
            StockAtHand stock,
            Delivery delivery) {
        this.rule = rule;
        this.goods = new GoodsTerms(question, rule, facts, bundles, delivery);
        this.screening = new Screening(question, rule, facts, goods);
        this.sharing = new Sharing(
                delivery.lines(),
                bundles,
                stock,
                goods::gives,
                rule.candidates().keep());
        this.wanted = sharing.wanted();
        this.all = Share.units(delivery.lines());
    }

    /**
     * No shares: the rule finds nobody. {@code among} are the facilities that it would have but for stock, time and room; who must not give any of
     * the goods is none of them.
     */
    record Result(List<Share> shares, boolean exact, List<Consideration> considerations, Set<FacilityId> among) {
        Result {
            shares = List.copyOf(shares);
            considerations = List.copyOf(considerations);
            among = Set.copyOf(among);
        }
    }

    /** A candidate, and how much it could give of each SKU. */
    private record Offer(Candidate candidate, List<Integer> gives) {
        Offer {
            gives = List.copyOf(gives);
        }

        int units() {
            return gives.stream().mapToInt(Integer::intValue).sum();
        }
    }

    Result of(List<Facility> able) {
        able.stream().map(screening::see).sorted(Candidate.by(rule.objective())).forEach(this::screen);
        Optional<SplitSolution> solution = Optimizer.solve(problem());
        List<Share> shares = solution.map(found -> share(found.options())).orElse(List.of());
        Set<Integer> outdone = solution.map(SplitSolution::outdone).orElse(Set.of());
        for (int option = 0; option < offers.size(); option++) {
            considerations.add(consider(offers.get(option), shares, outdone.contains(option)));
        }
        return new Result(shares, solution.map(SplitSolution::exact).orElse(true), considerations, among);
    }

    private void screen(Candidate candidate) {
        Optional<Consideration> never = screening.never(candidate);
        if (never.isEmpty() && !goods.givesNeverAny(candidate.id())) {
            among.add(candidate.id());
        }
        Optional<Consideration> objection = never.or(() -> screening.notNow(candidate));
        if (objection.isPresent()) {
            considerations.add(objection.get());
            return;
        }
        Offer offer = offer(candidate);
        if (offer.units() > 0) {
            offers.add(offer);
        } else {
            considerations.add(new Consideration(
                    candidate.id(),
                    goods.against(candidate.id()).orElse(Verdict.NO_STOCK),
                    () -> goods.refusals(candidate.id())));
        }
    }

    private Offer offer(Candidate candidate) {
        return new Offer(
                candidate,
                wanted.entrySet().stream()
                        .map(sku -> Math.min(sku.getValue(), sharing.units(candidate, sku.getKey())))
                        .toList());
    }

    private SplitProblem problem() {
        return new SplitProblem(
                List.copyOf(wanted.values()),
                offers.stream().map(this::option).toList(),
                rule.objective().stream().map(RuleSearch::sum).toList(),
                rule.mostFacilities(),
                sharing.sharesParts() ? Optional.of(this::isSharedOut) : Optional.empty());
    }

    private boolean isSharedOut(List<Integer> options) {
        return share(options).stream().mapToInt(Share::units).sum() == all;
    }

    private Option option(Offer offer) {
        return new Option(
                offer.gives(),
                rule.objective().stream().map(offer.candidate()::value).toList(),
                mindsCost() ? offer.candidate().unitPrice() : 0);
    }

    private static Sum sum(Criterion criterion) {
        return switch (criterion) {
            case DELAY, LATENESS, STOCK_AGE, WEEKS_OF_SUPPLY -> Sum.GREATEST;
            case COST -> Sum.PRICED;
            case SPLITS, ABROAD, DISTANCE, STORES, LOAD -> Sum.ADDED;
        };
    }

    /** Where each unit has its price, the cheaper facility gives first; else whoever can give most does, so that few lines are torn apart. */
    private List<Share> share(List<Integer> options) {
        List<Candidate> chosen =
                options.stream().map(option -> offers.get(option).candidate()).toList();
        return mindsCost()
                ? sharing.inTurn(chosen.stream()
                        .sorted(Comparator.comparingLong(Candidate::unitPrice))
                        .toList())
                : sharing.mostFirst(chosen);
    }

    private boolean mindsCost() {
        return rule.objective().contains(Criterion.COST);
    }

    private Consideration consider(Offer offer, List<Share> shares, boolean outdone) {
        Candidate candidate = offer.candidate();
        Optional<Share> own = shares.stream()
                .filter(share -> share.candidate().id().equals(candidate.id()))
                .findFirst();
        if (own.isPresent()) {
            return new Consideration(
                    candidate.id(),
                    Verdict.CHOSEN,
                    () -> own.get().units() + " units, " + candidate.score(rule.objective()));
        }
        return new Consideration(
                candidate.id(),
                outdone ? Verdict.OUTDONE : offer.units() == all ? Verdict.ABLE : Verdict.PARTLY,
                () -> "has " + offer.units() + " of " + all + ", " + candidate.score(rule.objective())
                        + refused(candidate));
    }

    private String refused(Candidate candidate) {
        String refusals = goods.refusals(candidate.id());
        return refusals.isEmpty() ? "" : "; " + refusals;
    }
}
