package io.throughline.runtime.retailer;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.StoreDayPolicy;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/** Reads one version of the policy of store days. Each store has a rule. */
final class StoreDayPolicyReader {
    private static final String TIME_HINT = "a time of the store's clock, such as \"04:00\"";

    private final List<FacilityId> stores;

    StoreDayPolicyReader(Facilities facilities) {
        this.stores = facilities.all().stream()
                .filter(facility -> facility.kind() == Facility.Kind.STORE)
                .map(Facility::id)
                .toList();
    }

    StoreDayPolicy read(YamlSection section, Versions.Identity identity) {
        List<StoreDayPolicy.Rule> rules = section.named("stores", "the rules by name", this::rule);
        stores.stream()
                .filter(store -> rules.stream().noneMatch(rule -> rule.stores().contains(store)))
                .findFirst()
                .ifPresent(without -> {
                    throw section.wrong("stores", "no rule is for the store " + without + ": add it to one");
                });
        return new StoreDayPolicy(identity.version(), identity.effectiveFrom(), rules);
    }

    private StoreDayPolicy.Rule rule(String name, YamlSection rule) {
        return new StoreDayPolicy.Rule(
                name,
                Set.copyOf(rule.values("facilities", "any of the stores " + stores, this::store)),
                rule.value("dayCut", TIME_HINT, LocalTime::parse),
                rule.value("closes", TIME_HINT, LocalTime::parse),
                rule.value("grace", Values.DURATION_HINT, Values::duration),
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
}
