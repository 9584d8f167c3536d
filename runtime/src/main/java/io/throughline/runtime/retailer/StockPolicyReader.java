package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.Movement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one version of the stock policy. Each rule has a name, which is part of the key that an error tells. */
final class StockPolicyReader {
    private static final String UNITS_HINT = "units, 0 to " + Movement.MOST_UNITS;

    private static final String RETOLD_HINT =
            "an ISO 8601 duration, up to P" + StockPolicy.RetellingRule.LONGEST.toDays() + "D";

    /** Beyond that nobody would look any more. */
    private static final int MOST_RETELLINGS = 100;

    private final Facilities facilities;
    private final Accounts accounts;
    private final NamedSkus skus;
    private final FacilityGroups groups;

    StockPolicyReader(Facilities facilities, Accounts accounts, NamedSkus skus) {
        this.facilities = facilities;
        this.accounts = accounts;
        this.skus = skus;
        this.groups = new FacilityGroups(facilities);
    }

    StockPolicy read(YamlSection section, Versions.Identity identity) {
        groups.read(section);
        return new StockPolicy(
                identity.version(),
                identity.effectiveFrom(),
                section.value("displacement", "one of " + List.of(Displacement.values()), Displacement::valueOf),
                section.value("pickupReadyWithin", Values.DURATION_HINT, Values::duration),
                channels(section),
                section.rules(
                        "safetyStock",
                        (name, rule) -> new StockPolicy.SafetyRule(name, scope(rule), units(rule, "units"))),
                section.rules("thresholds", this::threshold),
                section.rules("shipping", this::allowed),
                section.rules("pickup", this::allowed),
                section.rules("transfers", this::transfer),
                section.rules("trust", this::trust),
                section.rules("tolerance", this::tolerance),
                section.rules("countTolerance", this::tolerance),
                section.has("preorders") ? section.rules("preorders", this::preorder) : List.of(),
                section.has("quiet") ? section.rules("quiet", this::quiet) : List.of(),
                section.has("retellings") ? section.rules("retellings", this::retelling) : List.of());
    }

    private StockPolicy.PreorderRule preorder(String name, YamlSection rule) {
        return new StockPolicy.PreorderRule(
                name,
                skus.of(rule, "skus"),
                rule.value("releaseAt", "an instant, such as 2026-12-01T08:00:00Z", Instant::parse),
                rule.optionalValue("limit", UNITS_HINT, Values.between(0, Movement.MOST_UNITS))
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty));
    }

    private Map<AccountId, Set<FacilityId>> channels(YamlSection section) {
        return section.section(
                "channels",
                "for each channel account the facilities that may serve it",
                names -> names.entries("a channel account", this::account, name -> served(names, name)));
    }

    /** Stock that is offered where its facility never serves the channel ends as orders that nobody does. */
    private Set<FacilityId> served(YamlSection channels, String name) {
        Set<FacilityId> members = groups.members(channels, name);
        List<FacilityId> never = members.stream()
                .filter(id -> !facilities.get(id).serves().contains(account(name)))
                .sorted()
                .toList();
        if (!never.isEmpty()) {
            throw channels.wrong(
                    name,
                    never + " never serve '" + name + "' (serves in retailer.yml): name only facilities that do, or let"
                            + " these serve it");
        }
        return members;
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

    private StockPolicy.ToleranceRule tolerance(String name, YamlSection rule) {
        return new StockPolicy.ToleranceRule(name, scope(rule), units(rule, "units"));
    }

    private StockPolicy.TransferRule transfer(String name, YamlSection rule) {
        return new StockPolicy.TransferRule(
                name,
                groups.members(rule, "from"),
                groups.members(rule, "to"),
                rule.value("within", Values.DURATION_HINT, Values::duration),
                units(rule, "keep"),
                rule.optionalValue("tolerance", UNITS_HINT, Values.between(0, Movement.MOST_UNITS))
                        .orElse(0),
                rule.optionalValue("shipToStore", Values.DURATION_HINT, Values::duration));
    }

    private StockPolicy.TrustRule trust(String name, YamlSection rule) {
        return new StockPolicy.TrustRule(
                name,
                groups.members(rule, "facilities"),
                rule.optionalValue("afterSilence", Values.DURATION_HINT, Values::duration),
                rule.value("percent", "0 to 99", Values.between(0, 99)));
    }

    private StockPolicy.QuietRule quiet(String name, YamlSection rule) {
        return new StockPolicy.QuietRule(
                name,
                groups.members(rule, "facilities"),
                rule.value("afterOpenFor", Values.DURATION_HINT, Values::duration),
                rule.value("percent", "0 to 99", Values.between(0, 99)));
    }

    private StockPolicy.RetellingRule retelling(String name, YamlSection rule) {
        return new StockPolicy.RetellingRule(
                name,
                scope(rule),
                rule.value("most", "1 to " + MOST_RETELLINGS, Values.between(1, MOST_RETELLINGS)),
                rule.value("within", RETOLD_HINT, StockPolicyReader::counted));
    }

    private static Duration counted(String text) {
        Duration within = Values.someDuration(text);
        if (within.compareTo(StockPolicy.RetellingRule.LONGEST) > 0) {
            throw new IllegalArgumentException(text);
        }
        return within;
    }

    private Scope scope(YamlSection rule) {
        return new Scope(groups.members(rule, "facilities"), skus(rule));
    }

    private Set<Sku> skus(YamlSection rule) {
        return skus.some(rule, "skus");
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }

    private static int units(YamlSection rule, String key) {
        return rule.value(key, UNITS_HINT, Values.between(0, Movement.MOST_UNITS));
    }
}
