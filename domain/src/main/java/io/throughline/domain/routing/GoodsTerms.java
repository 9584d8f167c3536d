package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.routing.Consideration.Verdict;
import io.throughline.domain.routing.RoutingRule.StockTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of a delivery's goods a facility may give by a rule, however much of them it has, and what its stock of them is like. A bundle is of the
 * brands of its components, and as scarce and as fresh as each of them.
 */
final class GoodsTerms {
    private final RoutingQuestion question;
    private final StockTerms terms;
    private final RoutingFacts facts;
    private final boolean shipped;
    private final boolean worthIsMinded;
    private final int keep;
    private final Map<Sku, List<Sku>> parts = new HashMap<>();
    private final BrandTerms brands;

    GoodsTerms(RoutingQuestion question, RoutingRule rule, RoutingFacts facts, Bundles bundles, Delivery delivery) {
        this.question = question;
        this.terms = rule.candidates().stock();
        this.facts = facts;
        this.shipped = delivery.method() == DeliveryMethod.SHIPPING;
        this.worthIsMinded = rule.objective().stream().anyMatch(Criterion::mindsTurnover);
        this.keep = rule.candidates().keep();
        this.brands = new BrandTerms(question.policy(), facts.brands(), bundles);
        for (LineQuantity line : delivery.lines()) {
            List<Sku> made =
                    bundles.partsOf(line.sku()).stream().map(Bundles.Part::sku).toList();
            parts.put(line.sku(), made);
        }
    }

    boolean gives(Candidate candidate, Sku sku) {
        return gives(candidate.id(), sku);
    }

    private boolean gives(FacilityId facility, Sku sku) {
        return !isSwitchedOff(facility, sku)
                && brands.allow(facility, sku)
                && (!terms.mindsTurnover() || (scarce(facility, sku) == null && fresh(facility, sku) == null));
    }

    /** What is switched off is not shipped from there. */
    private boolean isSwitchedOff(FacilityId facility, Sku sku) {
        return shipped && !question.ships().test(facility, sku);
    }

    private @Nullable StockTurnover scarce(FacilityId facility, Sku sku) {
        int least = terms.leastWeeksOfSupply().orElse(0);
        for (Sku part : partsOf(sku)) {
            StockTurnover turnover = turnover(facility, part);
            if (turnover != null && turnover.weeksOfSupply() < least) {
                return turnover;
            }
        }
        return null;
    }

    private @Nullable StockTurnover fresh(FacilityId facility, Sku sku) {
        long least = terms.leastStockAge().map(age -> age.toDays()).orElse(0L);
        for (Sku part : partsOf(sku)) {
            StockTurnover turnover = turnover(facility, part);
            if (turnover != null && turnover.daysLain(question.now()) < least) {
                return turnover;
            }
        }
        return null;
    }

    private List<Sku> partsOf(Sku sku) {
        return parts.getOrDefault(sku, List.of());
    }

    /** Null where nothing of it lies there. */
    private @Nullable StockTurnover turnover(FacilityId facility, Sku part) {
        StockTurnover turnover =
                facts.turnover().getOrDefault(facility, Map.of()).get(part);
        return turnover == null || turnover.onHand() == 0 ? null : turnover;
    }

    /** Of what it may give and has, the freshest and the scarcest. */
    StockWorth worth(FacilityId facility) {
        if (!worthIsMinded) {
            return StockWorth.NOTHING;
        }
        Map<Sku, Integer> there = facts.stock().getOrDefault(facility, Map.of());
        int days = Integer.MAX_VALUE;
        double weeks = StockTurnover.MOST_WEEKS;
        for (Map.Entry<Sku, List<Sku>> wanted : parts.entrySet()) {
            if (gives(facility, wanted.getKey())) {
                for (Sku part : wanted.getValue()) {
                    StockTurnover turnover = there.getOrDefault(part, 0) > keep ? turnover(facility, part) : null;
                    if (turnover != null) {
                        days = Math.min(days, turnover.daysLain(question.now()));
                        weeks = Math.min(weeks, turnover.weeksOfSupply());
                    }
                }
            }
        }
        return days == Integer.MAX_VALUE ? StockWorth.NOTHING : new StockWorth(days, weeks);
    }

    /** Why a facility may give nothing of it; empty: it may give something. */
    Optional<Verdict> against(FacilityId facility) {
        Optional<Verdict> first = Optional.empty();
        for (Sku sku : parts.keySet()) {
            Optional<Verdict> verdict = against(facility, sku);
            if (verdict.isEmpty()) {
                return verdict;
            }
            first = first.filter(other -> other.compareTo(verdict.get()) <= 0).or(() -> verdict);
        }
        return first;
    }

    private Optional<Verdict> against(FacilityId facility, Sku sku) {
        if (isSwitchedOff(facility, sku)) {
            return Optional.of(Verdict.SWITCHED_OFF);
        }
        if (!brands.allow(facility, sku)) {
            return Optional.of(Verdict.BRAND);
        }
        if (terms.mindsTurnover() && scarce(facility, sku) != null) {
            return Optional.of(Verdict.SCARCE);
        }
        return terms.mindsTurnover() && fresh(facility, sku) != null ? Optional.of(Verdict.FRESH) : Optional.empty();
    }

    /** Whether the policies forbid it a facility to give any of it, however much it had and however long that had lain there. */
    boolean givesNeverAny(FacilityId facility) {
        return parts.keySet().stream().allMatch(sku -> isSwitchedOff(facility, sku) || !brands.allow(facility, sku));
    }

    /** What of it a facility has and may not give, and why, for people; empty: nothing. What is switched off says the stock policy. */
    String refusals(FacilityId facility) {
        Map<Sku, Integer> there = facts.stock().getOrDefault(facility, Map.of());
        List<String> words = new ArrayList<>();
        for (Map.Entry<Sku, List<Sku>> wanted : parts.entrySet()) {
            if (wanted.getValue().stream().allMatch(part -> there.getOrDefault(part, 0) > 0)) {
                String why = refusal(facility, wanted.getKey());
                if (!why.isEmpty()) {
                    words.add(wanted.getKey() + " " + why);
                }
            }
        }
        return words.stream().sorted().collect(Collectors.joining(", "));
    }

    private String refusal(FacilityId facility, Sku sku) {
        BrandRule brand = brands.against(facility, sku);
        if (brand != null) {
            return "is of a brand that is done by " + brand.name();
        }
        StockTurnover scarce = terms.mindsTurnover() ? scarce(facility, sku) : null;
        if (scarce != null) {
            return "lasts " + StockWorth.weeks(scarce.weeksOfSupply()) + " of "
                    + terms.leastWeeksOfSupply().orElseThrow();
        }
        StockTurnover fresh = terms.mindsTurnover() ? fresh(facility, sku) : null;
        return fresh == null
                ? ""
                : "has lain " + fresh.daysLain(question.now()) + " days of "
                        + terms.leastStockAge().orElseThrow().toDays();
    }
}
