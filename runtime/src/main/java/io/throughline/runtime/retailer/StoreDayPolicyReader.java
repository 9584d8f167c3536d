package io.throughline.runtime.retailer;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.StoreDayPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/** Reads one version of the policy of store days. Each store has a rule. */
final class StoreDayPolicyReader {
    private static final String TIME_HINT = "a time of the store's clock, such as \"04:00\"";
    private static final String DURATION_HINT = "an ISO 8601 duration such as PT2H";

    private final List<FacilityId> stores;

    StoreDayPolicyReader(Facilities facilities) {
        this.stores = facilities.all().stream()
                .filter(facility -> facility.kind() == Facility.Kind.STORE)
                .map(Facility::id)
                .toList();
    }

    StoreDayPolicy read(YamlSection section, Path file) {
        String version = Versions.versionOf(section, file);
        List<StoreDayPolicy.Rule> rules = section.named("stores", "the rules by name", this::rule);
        stores.stream()
                .filter(store -> rules.stream().noneMatch(rule -> rule.stores().contains(store)))
                .findFirst()
                .ifPresent(without -> {
                    throw section.wrong("stores", "no rule is for the store " + without + ": add it to one");
                });
        return new StoreDayPolicy(
                version,
                section.value("effectiveFrom", "an instant such as 2026-01-01T00:00:00Z", Instant::parse),
                rules);
    }

    private StoreDayPolicy.Rule rule(String name, YamlSection rule) {
        return new StoreDayPolicy.Rule(
                name,
                Set.copyOf(rule.values("facilities", "any of the stores " + stores, this::store)),
                rule.value("dayCut", TIME_HINT, LocalTime::parse),
                rule.value("closes", TIME_HINT, LocalTime::parse),
                rule.value("grace", DURATION_HINT, StoreDayPolicyReader::duration),
                rule.value("lateSales", "one of " + List.of(LateSales.values()), LateSales::valueOf),
                rule.value("closedPeriods", "one of " + List.of(ClosedPeriods.values()), ClosedPeriods::valueOf));
    }

    private FacilityId store(String text) {
        FacilityId store = new FacilityId(text);
        if (!stores.contains(store)) {
            throw new IllegalArgumentException(text);
        }
        return store;
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }
}
