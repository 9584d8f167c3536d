package io.throughline.api.inventory;

import io.throughline.api.inventory.CountOutcome.CountedOutcome;
import io.throughline.api.inventory.CountSubmission.CountedLine;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.CycleCounts.Outcome;
import io.throughline.domain.inventory.StockSubject;
import java.time.Clock;
import java.util.List;

/** Takes in what was counted in a facility, line by line, or the problem that it can't be read. */
public final class Counting {
    private final CycleCounts counts;
    private final StockPolicies policies;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Clock clock;

    public Counting(CycleCounts counts, StockPolicies policies, Catalog catalog, Bundles bundles, Clock clock) {
        this.counts = counts;
        this.policies = policies;
        this.catalog = catalog;
        this.bundles = bundles;
        this.clock = clock;
    }

    public CountOutcome take(FacilityId facility, CountSubmission count) {
        List<FieldError> errors = count.errors(catalog, bundles, clock.instant());
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The count breaks a rule.", errors);
        }
        return new CountOutcome(
                facility.value(),
                count.countId(),
                count.lines().stream()
                        .map(line -> take(facility, line, count.step(line)))
                        .toList());
    }

    private CountedOutcome take(FacilityId facility, CountedLine line, CountStep count) {
        Sku sku = Sku.of(line.sku());
        Outcome outcome = counts.take(
                new StockSubject(facility, sku),
                count,
                policies.at(clock.instant()).countTolerance(facility, sku));
        return new CountedOutcome(
                line.sku(),
                outcome.verdict().name(),
                outcome.change(),
                outcome.openCase().map(CaseId::value));
    }
}
