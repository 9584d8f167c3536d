package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.routing.Consideration.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says which facilities are candidates by a rule, whatever they have in stock, and why the others are not. */
final class Screening {
    private final RoutingQuestion question;
    private final RoutingRule rule;
    private final RoutingFacts facts;
    private final GoodsTerms goods;

    Screening(RoutingQuestion question, RoutingRule rule, RoutingFacts facts, GoodsTerms goods) {
        this.question = question;
        this.rule = rule;
        this.facts = facts;
        this.goods = goods;
    }

    Candidate see(Facility facility) {
        boolean abroad = !facility.country().equals(question.country());
        Optional<Double> kilometres =
                question.near().map((GeoPoint near) -> facility.point().kilometresTo(near));
        Instant now = question.now();
        WorkingWeek week = question.policy().weekOf(facility);
        Instant leavesAt = week.leavesAt(now);
        return new Candidate(
                facility,
                abroad,
                kilometres,
                facts.work(facility.id()),
                question.policy().shipping().map(table -> table.zone(abroad, kilometres.orElse(0.0))),
                week.isOpen(now),
                Duration.between(now, leavesAt),
                facts.shipBy()
                        .filter(leavesAt::isAfter)
                        .map(by -> Duration.between(by, leavesAt))
                        .orElse(Duration.ZERO),
                goods.worth(facility.id()));
    }

    /** Why the rule would never have it; what may change with time is {@link #notNow}. */
    Optional<Consideration> never(Candidate candidate) {
        RoutingRule.Candidates wanted = rule.candidates();
        if (question.excluded().contains(candidate.id())) {
            return because(candidate, Verdict.SAID_NO, () -> "it gave this work back");
        }
        if (!wanted.facilities().isEmpty() && !wanted.facilities().contains(candidate.id())) {
            return because(candidate, Verdict.NOT_MEANT, () -> "");
        }
        if (wanted.ownCountry() && candidate.abroad()) {
            return because(candidate, Verdict.ABROAD, () -> candidate.facility().country());
        }
        return wanted.withinKilometres()
                .filter(most -> candidate.kilometres().orElse(0.0) > most)
                .flatMap(most -> because(
                        candidate,
                        Verdict.TOO_FAR,
                        () -> candidate.score(List.of(Criterion.DISTANCE)) + " of " + most));
    }

    Optional<Consideration> notNow(Candidate candidate) {
        RoutingRule.Candidates wanted = rule.candidates();
        Optional<Integer> perHour = question.policy()
                .perHour(candidate.id())
                .filter(most -> candidate.work().givenWithinHour() >= most);
        if (perHour.isPresent()) {
            return because(
                    candidate,
                    Verdict.FULL,
                    () -> candidate.work().givenWithinHour() + " of " + perHour.get() + " within the hour");
        }
        Optional<Integer> open =
                wanted.mostOpenWork().filter(most -> candidate.work().open() >= most);
        if (open.isPresent()) {
            return because(candidate, Verdict.BUSY, () -> candidate.work().open() + " of " + open.get() + " open");
        }
        if (wanted.openNow() && !candidate.open()) {
            return because(candidate, Verdict.CLOSED, () -> "by its hours");
        }
        boolean afterShipBy = wanted.beforeShipBy() && candidate.late().isPositive();
        boolean afterPromise = wanted.leavesWithin()
                .filter(promise -> candidate
                        .leavesAt(question.now())
                        .isAfter(question.order().placedAt().plus(promise)))
                .isPresent();
        if (afterPromise || afterShipBy) {
            return because(
                    candidate,
                    Verdict.TOO_LATE,
                    () -> "leaves at " + candidate.leavesAt(question.now())
                            + (afterShipBy
                                    ? ", and is wanted by " + facts.shipBy().orElseThrow()
                                    : ""));
        }
        return Optional.empty();
    }

    private static Optional<Consideration> because(Candidate candidate, Verdict verdict, Supplier<String> words) {
        return Optional.of(new Consideration(candidate.id(), verdict, words));
    }
}
