package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.RoutingPolicy.Capacity;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routing policies for tests: the default one, and any others that a test needs; a test may make one of them the current one. */
public final class SampleRoutingPolicies implements RoutingPolicies {
    /** Who can do it alone and lives nearest; else as few as possible. */
    public static final RoutingRule FEWEST_THEN_NEAREST = new RoutingRule(
            "fewest-then-nearest",
            Concerns.everything(),
            Candidates.everybody(),
            List.of(Criterion.SPLITS, Criterion.ABROAD, Criterion.DISTANCE, Criterion.STORES),
            Optional.empty(),
            AfterAction.of(AfterAction.Kind.CASE));

    public static final RoutingPolicy DEFAULT = of("routing-1", FEWEST_THEN_NEAREST);

    private final List<RoutingPolicy> known = new ArrayList<>(List.of(DEFAULT));

    public static RoutingPolicy of(String version, RoutingRule... rules) {
        return new RoutingPolicy(version, Instant.EPOCH, false, List.of(), List.of(), Optional.empty(), List.of(rules));
    }

    /** The facilities take so many pieces of work in an hour. */
    public static RoutingPolicy limited(String version, int perHour, Set<FacilityId> facilities, RoutingRule... rules) {
        return new RoutingPolicy(
                version,
                Instant.EPOCH,
                false,
                List.of(new Capacity("limited", facilities, perHour)),
                List.of(),
                Optional.empty(),
                List.of(rules));
    }

    public static RoutingRule otherwise(RoutingRule rule, AfterAction otherwise) {
        return new RoutingRule(
                rule.name(), rule.concerns(), rule.candidates(), rule.objective(), rule.mostFacilities(), otherwise);
    }

    /** What is heard of from now on follows this one. */
    public synchronized void activate(RoutingPolicy policy) {
        known.add(policy);
    }

    @Override
    public synchronized RoutingPolicy at(Instant instant) {
        return known.getLast();
    }

    @Override
    public synchronized RoutingPolicy first() {
        return known.getFirst();
    }

    @Override
    public synchronized RoutingPolicy version(String version) {
        return known.stream()
                .filter(policy -> policy.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no routing policy " + version));
    }
}
