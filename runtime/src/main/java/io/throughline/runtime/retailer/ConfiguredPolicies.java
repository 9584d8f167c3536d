package io.throughline.runtime.retailer;

import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.policy.ChangedOutside;
import io.throughline.domain.policy.ChangedOutside.OnAddress;
import io.throughline.domain.policy.ChangedOutside.OnEdit;
import io.throughline.domain.policy.ChangedOutside.OnExpiry;
import io.throughline.domain.policy.ChangedOutside.OnMove;
import io.throughline.domain.policy.OnDispute;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ShortagePolicy;
import io.throughline.domain.policy.Uncollected;
import io.throughline.domain.policy.WhoCollects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of {@code policies/}, each named after its version. */
final class ConfiguredPolicies implements Policies {
    private static final String SUFFIX = ".yml";
    /** For versions from before there was a choice. */
    private static final Duration BASKETS_BEFORE = Duration.ofMinutes(30);

    /** A bank transfer takes a few days, and a weekend may lie between. */
    private static final Duration USUAL_CONFIRMATION = Duration.ofDays(7);

    private final Map<String, OrderPolicy> versions;
    private final OrderPolicy current;

    private ConfiguredPolicies(Map<String, OrderPolicy> versions, OrderPolicy current) {
        this.versions = Map.copyOf(versions);
        this.current = current;
    }

    static ConfiguredPolicies load(
            Path directory, String current, Accounts accounts, Facilities facilities, Variables variables) {
        ReroutePolicyReader reroutes = new ReroutePolicyReader(accounts, facilities);
        Map<String, OrderPolicy> versions = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            OrderPolicy policy = YamlSection.read(file, variables, section -> read(section, file, reroutes));
            versions.put(policy.version(), policy);
        }
        OrderPolicy chosen = versions.get(current);
        if (chosen == null) {
            throw new ConfigurationException(
                    directory,
                    current + SUFFIX,
                    "the current policy has no file: create it, or set currentPolicy to one of " + versions.keySet());
        }
        return new ConfiguredPolicies(versions, chosen);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new ConfigurationException(directory, "", "the directory of the policies can't be read: create it");
        }
    }

    private static OrderPolicy read(YamlSection section, Path file, ReroutePolicyReader reroutes) {
        Duration pickUpWithin = section.value("pickUpWithin", Values.DURATION_HINT, Values::someDuration);
        section.optionalValue("remindBefore", Values.DURATION_HINT, Values::someDuration)
                .filter(before -> before.compareTo(pickUpWithin) >= 0)
                .ifPresent(before -> {
                    throw section.wrong("remindBefore", "a customer is reminded within pickUpWithin: " + pickUpWithin);
                });
        return new OrderPolicy(
                Versions.versionOf(section, file),
                byKind(section, "acknowledgeWithin"),
                byKind(section, "handOverWithin"),
                pickUpWithin,
                Set.copyOf(section.values("holdTags", "a list of order tags, which may be empty", text -> text)),
                section.yesOrNo("moveToOpenPeriod"),
                section.yesOrNo("localFirst"),
                shortage(section),
                section.optionalValue("keepBasketsFor", Values.DURATION_HINT, Values::someDuration)
                        .orElse(BASKETS_BEFORE),
                section.optionalValue("confirmPaymentWithin", Values.DURATION_HINT, Values::someDuration)
                        .orElse(USUAL_CONFIRMATION),
                section.optionalValue("uncollected", "one of " + List.of(Uncollected.values()), Uncollected::valueOf)
                        .orElse(Uncollected.ASK),
                reroutes.read(section),
                section.optionalValue("remindBefore", Values.DURATION_HINT, Values::someDuration),
                section.optionalValue("whoCollects", "one of " + List.of(WhoCollects.values()), WhoCollects::valueOf)
                        .orElse(WhoCollects.ANYBODY),
                section.optionalValue("onDispute", "one of " + List.of(OnDispute.values()), OnDispute::valueOf)
                        .orElse(OnDispute.HOLD),
                changedOutside(section),
                runWhileOpen(section));
    }

    /** Versions from before there was a choice count day and night. */
    private static Set<Facility.Kind> runWhileOpen(YamlSection section) {
        return section.has("runWhileOpen")
                ? Set.copyOf(section.values(
                        "runWhileOpen", "any of " + List.of(Facility.Kind.values()), Facility.Kind::valueOf))
                : Set.of();
    }

    /** Versions from before there was a choice follow nothing. */
    private static ChangedOutside changedOutside(YamlSection section) {
        return section.has("changedOutside")
                ? section.section(
                        "changedOutside",
                        "what follows of what changes at a channel once work is given out",
                        ConfiguredPolicies::followed)
                : ChangedOutside.usual();
    }

    private static ChangedOutside followed(YamlSection section) {
        ChangedOutside usual = ChangedOutside.usual();
        return new ChangedOutside(
                section.optionalValue("address", "one of " + List.of(OnAddress.values()), OnAddress::valueOf)
                        .orElse(usual.address()),
                section.optionalValue("moved", "one of " + List.of(OnMove.values()), OnMove::valueOf)
                        .orElse(usual.moved()),
                section.optionalValue("captureBefore", Values.DURATION_HINT, Values::someDuration),
                section.optionalValue("expired", "one of " + List.of(OnExpiry.values()), OnExpiry::valueOf)
                        .orElse(usual.expired()),
                section.optionalValue("edited", "one of " + List.of(OnEdit.values()), OnEdit::valueOf)
                        .orElse(usual.edited()));
    }

    /** Versions from before there was a choice refuse. */
    private static ShortagePolicy shortage(YamlSection section) {
        OnShortage onShortage = section.optionalValue("onShortage", "REFUSE, BACKORDER or SPLIT", OnShortage::valueOf)
                .orElse(OnShortage.REFUSE);
        if (onShortage == OnShortage.PARTIAL) {
            throw section.wrong(
                    "onShortage", "what is missing to an order is never left out: use SPLIT, BACKORDER or REFUSE");
        }
        Optional<Duration> cancelAfter = ofWaiting(section, "cancelAfter", onShortage);
        OnShortage ofBaskets = section.optionalValue(
                        "basketsOnShortage", "REFUSE, BACKORDER or PARTIAL", OnShortage::valueOf)
                .orElse(onShortage == OnShortage.SPLIT ? OnShortage.BACKORDER : onShortage);
        if (ofBaskets == OnShortage.SPLIT) {
            throw section.wrong("basketsOnShortage", "a basket is not given out: use REFUSE, BACKORDER or PARTIAL");
        }
        if (ofBaskets == OnShortage.BACKORDER && onShortage == OnShortage.REFUSE) {
            throw section.wrong("basketsOnShortage", "no order that took a basket over may wait: onShortage is REFUSE");
        }
        return new ShortagePolicy(
                onShortage, cancelAfter, ofBaskets, ofWaiting(section, "promisePatience", onShortage));
    }

    private static Optional<Duration> ofWaiting(YamlSection section, String key, OnShortage onShortage) {
        Optional<Duration> duration = section.optionalValue(key, Values.DURATION_HINT, Values::someDuration);
        if (duration.isPresent() && !onShortage.waits()) {
            throw section.wrong(key, "nothing waits for stock unless onShortage is BACKORDER or SPLIT");
        }
        return duration;
    }

    private static Map<Facility.Kind, Duration> byKind(YamlSection section, String key) {
        return section.section(key, "a duration for each of " + List.of(Facility.Kind.values()), inner -> {
            Map<Facility.Kind, Duration> durations = new EnumMap<>(Facility.Kind.class);
            for (Facility.Kind kind : Facility.Kind.values()) {
                durations.put(kind, inner.value(kind.name(), Values.DURATION_HINT, Values::someDuration));
            }
            return durations;
        });
    }

    @Override
    public OrderPolicy current() {
        return current;
    }

    @Override
    public OrderPolicy version(String version) {
        OrderPolicy policy = versions.get(version);
        if (policy == null) {
            throw new IllegalArgumentException("policy version '" + version
                    + "' is not kept any more: put its file back, for orders may still follow it");
        }
        return policy;
    }
}
