package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who works on cases, until when, and who hears of what is late: one version of the retailer's policy of cases. Every failure code has a
 * rule. A case keeps the due time of the version in force when it was opened; whose it is follows the version in force now.
 */
public record CasePolicy(
        String version,
        Instant effectiveFrom,
        Map<String, OwnerGroup> groups,
        Map<FailureCode, Rule> rules,
        MoneyLimits secondPersonAbove,
        int decisionsPerSecond) {
    public CasePolicy {
        groups = Map.copyOf(groups);
        rules = Map.copyOf(rules);
        for (FailureCode code : FailureCode.values()) {
            Rule rule = rules.get(code);
            if (rule == null) {
                throw new IllegalArgumentException("no rule is for " + code + ": add it");
            }
            if (!groups.containsKey(rule.owner())) {
                throw new IllegalArgumentException(code + " belongs to " + rule.owner() + ", which is no group");
            }
        }
        if (decisionsPerSecond < 1) {
            throw new IllegalArgumentException("decisions go on at one a second at least");
        }
    }

    /**
     * What holds for cases with one code: the group that owns them and within which time they are to be resolved. {@code retryWhenBack}:
     * what of a cause is still open is tried again by itself as soon as one case of that cause is through. {@code probe}: when one case of a cause is
     * tried by itself, so that nobody has to try the first.
     */
    public record Rule(String owner, Duration dueAfter, boolean retryWhenBack, Optional<Probe> probe) {
        public Rule {
            if (!dueAfter.isPositive()) {
                throw new IllegalArgumentException("a case has some time until it is due");
            }
        }

        public Rule(String owner, Duration dueAfter, boolean retryWhenBack) {
            this(owner, dueAfter, retryWhenBack, Optional.empty());
        }
    }

    /** One case of a cause is tried when the oldest has been open for {@code first}, and then after twice as long each time, up to {@code longest}. */
    public record Probe(Duration first, Duration longest) {
        private static final int MOST_DOUBLINGS = 20;

        public Probe {
            if (!first.isPositive() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "some time passes before a first probe, and no less before the later ones");
            }
        }

        /** How long to wait after so many that were in vain. */
        public Duration waitAfter(int tries) {
            Duration doubled = first.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /** What somebody known decides alone: up to an amount in each currency. In a currency without a limit everything needs a second person. */
    public record MoneyLimits(boolean unlimited, Map<CurrencyCode, Money> above) {
        public MoneyLimits {
            above = Map.copyOf(above);
        }

        public static MoneyLimits of(Map<CurrencyCode, Money> above) {
            return new MoneyLimits(false, above);
        }

        public static MoneyLimits none() {
            return new MoneyLimits(true, Map.of());
        }

        boolean exceededBy(Money stake) {
            return !unlimited
                    && Optional.ofNullable(above.get(stake.currency()))
                            .filter(limit -> stake.compareTo(limit) <= 0)
                            .isEmpty();
        }
    }

    /** Where no retailer has said anything: owners and times of the codes themselves, nobody to hear of what is late, no limits. */
    public static CasePolicy usual() {
        Map<FailureCode, Rule> rules = new EnumMap<>(FailureCode.class);
        for (FailureCode code : FailureCode.values()) {
            rules.put(code, new Rule(code.owner().name(), code.target(), false));
        }
        Map<String, OwnerGroup> groups = Arrays.stream(FailureCode.Owner.values())
                .map(owner -> OwnerGroup.ofLast(owner.name()))
                .collect(Collectors.toMap(OwnerGroup::name, Function.identity()));
        return new CasePolicy("usual", Instant.EPOCH, groups, rules, MoneyLimits.none(), 5);
    }

    public Rule rule(FailureCode code) {
        return Optional.ofNullable(rules.get(code)).orElseThrow();
    }

    /** The group that owns cases with this code. */
    public String owner(FailureCode code) {
        return rule(code).owner();
    }

    public Set<FailureCode> codesOf(String owner) {
        return codes(rule -> rule.owner().equals(owner));
    }

    public Set<FailureCode> retriedWhenBack() {
        return codes(Rule::retryWhenBack);
    }

    public Map<FailureCode, Probe> probes() {
        Map<FailureCode, Probe> probes = new EnumMap<>(FailureCode.class);
        rules.forEach((code, rule) -> rule.probe().ifPresent(probe -> probes.put(code, probe)));
        return probes;
    }

    private Set<FailureCode> codes(Predicate<Rule> which) {
        return rules.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Who hears of an overdue case with this code after so many others. */
    public Optional<OwnerGroup.Escalation> escalation(FailureCode code, int told) {
        return Optional.ofNullable(groups.get(owner(code)))
                .flatMap(group -> group.escalations().stream().skip(told).findFirst());
    }

    /** The first groups that hear of an overdue case with this code, in their order. */
    public List<OwnerGroup> told(FailureCode code, int told) {
        return IntStream.range(0, told)
                .mapToObj(before -> escalation(code, before))
                .flatMap(Optional::stream)
                .flatMap(step -> group(step.to()).stream())
                .toList();
    }

    /** Every group that hears of what is late. */
    public Set<String> escalatedTo() {
        return groups.values().stream()
                .flatMap(group -> group.escalations().stream())
                .map(OwnerGroup.Escalation::to)
                .collect(Collectors.toSet());
    }

    public Optional<OwnerGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** Whether one person alone can't decide this where so much is at stake. */
    public boolean needsSecondPerson(Action action, Optional<Money> stake) {
        return !action.harmless() && stake.filter(secondPersonAbove::exceededBy).isPresent();
    }

    /**
     * Whether it can't be decided by somebody whom nobody has verified, such as whoever sends a signal through Temporal. What is harmless
     * can, and what is about no money; else as much as one known person decides alone, if it is known what is at stake.
     */
    public boolean needsKnownPerson(FailureCode code, Action action, Optional<Money> stake) {
        boolean technical = code.owner() == FailureCode.Owner.RETAIL_IT;
        return !action.harmless()
                && !technical
                && stake.filter(amount -> !secondPersonAbove.exceededBy(amount)).isEmpty();
    }
}
