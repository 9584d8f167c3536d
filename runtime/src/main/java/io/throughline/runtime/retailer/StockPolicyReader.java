package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.Movement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads one version of the stock policy. Each rule has a name, which is part of the key that an error tells. */
final class StockPolicyReader {
    private static final String DURATION_HINT = "an ISO 8601 duration such as PT30M or P3D";
    private static final String UNITS_HINT = "units, 0 to " + Movement.MOST_UNITS;

    private final Facilities facilities;
    private final Accounts accounts;
    private final ConfiguredCatalog catalog;
    private final Map<String, Set<FacilityId>> groups = new LinkedHashMap<>();

    StockPolicyReader(Facilities facilities, Accounts accounts, ConfiguredCatalog catalog) {
        this.facilities = facilities;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    StockPolicy read(YamlSection section, Path file) {
        String version = Versions.versionOf(section, file);
        readGroups(section);
        return new StockPolicy(
                version,
                section.value("effectiveFrom", "an instant such as 2026-01-01T00:00:00Z", Instant::parse),
                section.value("displacement", "one of " + List.of(Displacement.values()), Displacement::valueOf),
                section.value("pickupReadyWithin", DURATION_HINT, StockPolicyReader::duration),
                channels(section),
                rules(
                        section,
                        "safetyStock",
                        (name, rule) -> new StockPolicy.SafetyRule(name, scope(rule), units(rule, "units"))),
                rules(section, "thresholds", this::threshold),
                rules(section, "shipping", this::allowed),
                rules(section, "pickup", this::allowed),
                rules(section, "transfers", this::transfer),
                rules(section, "trust", this::trust),
                rules(
                        section,
                        "tolerance",
                        (name, rule) -> new StockPolicy.ToleranceRule(name, scope(rule), units(rule, "units"))));
    }

    private void readGroups(YamlSection section) {
        String hint = "for each group of facilities its members";
        section.section("groups", hint, names -> {
            for (String name : names.keys()) {
                if (facilities.all().stream()
                        .anyMatch(facility -> facility.id().value().equals(name))) {
                    throw names.wrong(name, "is the name of a facility: give the group another one");
                }
                groups.put(name, Set.copyOf(names.values(name, "any of " + facilityNames(), this::facility)));
            }
            return groups;
        });
    }

    private Map<AccountId, Set<FacilityId>> channels(YamlSection section) {
        return section.section(
                "channels",
                "for each channel account the facilities that may serve it",
                names -> names.entries("a channel account", this::account, name -> members(names, name)));
    }

    private StockPolicy.ThresholdRule threshold(String name, YamlSection rule) {
        return new StockPolicy.ThresholdRule(
                name,
                Set.copyOf(rule.values("channels", "any of the channel accounts", this::account)),
                skus(rule),
                units(rule, "units"));
    }

    private SwitchRule allowed(String name, YamlSection rule) {
        return new SwitchRule(name, scope(rule), rule.yesOrNo("allowed"));
    }

    private StockPolicy.TransferRule transfer(String name, YamlSection rule) {
        return new StockPolicy.TransferRule(
                name,
                members(rule, "from"),
                members(rule, "to"),
                rule.value("within", DURATION_HINT, StockPolicyReader::duration),
                units(rule, "keep"));
    }

    private StockPolicy.TrustRule trust(String name, YamlSection rule) {
        return new StockPolicy.TrustRule(
                name,
                members(rule, "facilities"),
                rule.value("afterSilence", DURATION_HINT, StockPolicyReader::duration),
                rule.value("percent", "0 to 99", text -> bounded(text, 99)));
    }

    private static <T> List<T> rules(YamlSection section, String key, BiFunction<String, YamlSection, T> reader) {
        return section.named(key, "the rules by name, or {} for none", reader);
    }

    private Scope scope(YamlSection rule) {
        return new Scope(members(rule, "facilities"), skus(rule));
    }

    /** Facilities, by their own names or those of their groups. */
    private Set<FacilityId> members(YamlSection section, String key) {
        Set<FacilityId> members = new HashSet<>();
        section.values(
                        key,
                        "any of the groups " + groups.keySet() + " or facilities " + facilityNames(),
                        text -> Optional.ofNullable(groups.get(text)).orElseGet(() -> Set.of(facility(text))))
                .forEach(members::addAll);
        return members;
    }

    private Set<Sku> skus(YamlSection rule) {
        return rule.keys().contains("skus")
                ? Set.copyOf(rule.values("skus", "SKUs of the catalogue", this::sku))
                : Set.of();
    }

    private Sku sku(String text) {
        Sku sku = Sku.of(text);
        if (!catalog.knows(sku)) {
            throw new IllegalArgumentException(text);
        }
        return sku;
    }

    private FacilityId facility(String text) {
        return facilities.get(new FacilityId(text)).id();
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }

    private List<FacilityId> facilityNames() {
        return facilities.all().stream().map(Facility::id).toList();
    }

    private static int units(YamlSection rule, String key) {
        return rule.value(key, UNITS_HINT, text -> bounded(text, Movement.MOST_UNITS));
    }

    private static int bounded(String text, int most) {
        int number = Integer.parseInt(text);
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }
}
