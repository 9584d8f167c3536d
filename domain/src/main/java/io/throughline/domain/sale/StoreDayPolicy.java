package io.throughline.domain.sale;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/** The rules of store days, as versioned data that begins to hold at an instant. Where several rules fit a store, the last one holds. */
public record StoreDayPolicy(String version, Instant effectiveFrom, List<Rule> rules) {
    public StoreDayPolicy {
        rules = List.copyOf(rules);
    }

    public Rule of(FacilityId store) {
        return rules.reversed().stream()
                .filter(rule -> rule.stores().contains(store))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(version + " has no rule for the days of " + store));
    }

    /**
     * One rule. A business date begins at {@code dayCut}, by the store's clock: what is sold before it belongs to the date before. A summary
     * is posted once the day has closed, and its first sale was heard of, {@code grace} ago.
     */
    public record Rule(
            String name,
            Set<FacilityId> stores,
            LocalTime dayCut,
            LocalTime closes,
            Duration grace,
            LateSales lateSales,
            ClosedPeriods closedPeriods) {
        public Rule {
            stores = Set.copyOf(stores);
        }
    }
}
