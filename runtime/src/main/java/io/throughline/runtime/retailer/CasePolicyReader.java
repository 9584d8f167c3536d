package io.throughline.runtime.retailer;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CasePolicy.MoneyLimits;
import io.throughline.domain.intervention.CasePolicy.Probe;
import io.throughline.domain.intervention.CasePolicy.Rule;
import io.throughline.domain.intervention.OwnerGroup;
import io.throughline.domain.intervention.OwnerGroup.Escalation;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one version of the policy of cases. */
final class CasePolicyReader {
    private static final String GROUPS_HINT = "for each group such as RETAIL_IT its contact and escalation";
    private static final String ESCALATION_HINT =
            "other groups, each with how long a case is overdue when it hears of it, such as PT8H, or {}";
    private static final String CODES_HINT = "for each failure code its owner and dueAfter";
    private static final String PROBE_HINT = "first and longest, or left out";
    private static final String AMOUNTS_HINT =
            "for each currency an amount that is not negative, such as USD: \"1000.00\", or {}";
    private static final int FASTEST = 100;

    private CasePolicyReader() {}

    static CasePolicy read(YamlSection section, Versions.Identity identity) {
        Map<String, OwnerGroup> groups = groups(section);
        return new CasePolicy(
                identity.version(),
                identity.effectiveFrom(),
                groups,
                section.section("codes", CODES_HINT, codes -> rules(codes, groups)),
                MoneyLimits.of(amounts(section)),
                section.value("decisionsPerSecond", "1 to " + FASTEST, Values.between(1, FASTEST)));
    }

    private static Map<String, OwnerGroup> groups(YamlSection section) {
        return section.section("groups", GROUPS_HINT, names -> {
            Map<String, OwnerGroup> groups = new LinkedHashMap<>();
            for (String name : names.keys()) {
                groups.put(name, names.section(name, GROUPS_HINT, group -> group(name, names.keys(), group)));
            }
            return groups;
        });
    }

    private static OwnerGroup group(String name, List<String> names, YamlSection group) {
        String contact = group.text("contact", "how the group is reached");
        Map<String, Duration> escalation =
                group.map("escalation", ESCALATION_HINT, other -> known(other, names), Values::duration);
        List<Escalation> path = escalation.entrySet().stream()
                .map(entry -> new Escalation(entry.getKey(), entry.getValue()))
                .toList();
        try {
            return new OwnerGroup(name, contact, path);
        } catch (IllegalArgumentException unfit) {
            throw group.wrong("", String.valueOf(unfit.getMessage()));
        }
    }

    private static Map<FailureCode, Rule> rules(YamlSection codes, Map<String, OwnerGroup> groups) {
        Map<FailureCode, Rule> rules = new EnumMap<>(FailureCode.class);
        for (FailureCode code : FailureCode.values()) {
            rules.put(code, codes.section(code.name(), CODES_HINT, rule -> rule(code, rule, groups)));
        }
        return rules;
    }

    private static Rule rule(FailureCode code, YamlSection rule, Map<String, OwnerGroup> groups) {
        String owner = rule.value(
                "owner", "one of the groups " + groups.keySet(), text -> known(text, List.copyOf(groups.keySet())));
        Duration dueAfter = rule.value("dueAfter", "an ISO 8601 duration such as PT8H", Values::someDuration);
        boolean retry = rule.keys().contains("retryWhenBack") && rule.yesOrNo("retryWhenBack");
        if (retry && !code.actions().contains(Action.RETRY)) {
            throw rule.wrong("retryWhenBack", code + " can't be tried again: leave it out");
        }
        Optional<Probe> probe = rule.keys().contains("probe")
                ? Optional.of(rule.section("probe", PROBE_HINT, CasePolicyReader::probe))
                : Optional.empty();
        if (probe.isPresent() && !retry) {
            throw rule.wrong("probe", "one that is tried helps no other: add retryWhenBack: true, or leave it out");
        }
        return new Rule(owner, dueAfter, retry, probe);
    }

    private static Probe probe(YamlSection section) {
        Duration first = section.value("first", "an ISO 8601 duration such as PT15M", Values::someDuration);
        Duration longest = section.value("longest", "one that is no shorter than first", Values::someDuration);
        if (longest.compareTo(first) < 0) {
            throw section.wrong("longest", "it is shorter than first: give the longest time between two tries");
        }
        return new Probe(first, longest);
    }

    private static Map<CurrencyCode, Money> amounts(YamlSection section) {
        return section.section(
                "secondPersonAbove",
                AMOUNTS_HINT,
                inner -> inner.entries(
                        AMOUNTS_HINT,
                        CurrencyCode::of,
                        name -> inner.value(name, AMOUNTS_HINT, Values.amount(CurrencyCode.of(name)))));
    }

    private static String known(String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(name);
        }
        return name;
    }
}
