package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.Preorders.Preorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules by which stock is offered, as versioned data that begins to hold at an instant. Where several rules of a kind fit, the last
 * one holds. What is offered follows the policy of the moment; what was promised is kept whatever it says.
 */
public record StockPolicy(
        String version,
        Instant effectiveFrom,
        Displacement displacement,
        Duration pickupReadyWithin,
        Map<AccountId, Set<FacilityId>> channels,
        List<SafetyRule> safetyStocks,
        List<ThresholdRule> thresholds,
        List<SwitchRule> shipping,
        List<SwitchRule> pickup,
        List<TransferRule> transfers,
        List<TrustRule> trust,
        List<ToleranceRule> tolerances,
        List<ToleranceRule> countTolerances,
        List<PreorderRule> preorders,
        List<QuietRule> quiet,
        List<RetellingRule> retellings) {
    public StockPolicy {
        retellings = List.copyOf(retellings);
        quiet = List.copyOf(quiet);
        preorders = List.copyOf(preorders);
        channels = Map.copyOf(channels);
        safetyStocks = List.copyOf(safetyStocks);
        thresholds = List.copyOf(thresholds);
        shipping = List.copyOf(shipping);
        pickup = List.copyOf(pickup);
        transfers = List.copyOf(transfers);
        trust = List.copyOf(trust);
        tolerances = List.copyOf(tolerances);
        countTolerances = List.copyOf(countTolerances);
    }

    /** However often a shop is told the ledger's number again. */
    public StockPolicy(
            String version,
            Instant effectiveFrom,
            Displacement displacement,
            Duration pickupReadyWithin,
            Map<AccountId, Set<FacilityId>> channels,
            List<SafetyRule> safetyStocks,
            List<ThresholdRule> thresholds,
            List<SwitchRule> shipping,
            List<SwitchRule> pickup,
            List<TransferRule> transfers,
            List<TrustRule> trust,
            List<ToleranceRule> tolerances,
            List<ToleranceRule> countTolerances,
            List<PreorderRule> preorders,
            List<QuietRule> quiet) {
        this(
                version,
                effectiveFrom,
                displacement,
                pickupReadyWithin,
                channels,
                safetyStocks,
                thresholds,
                shipping,
                pickup,
                transfers,
                trust,
                tolerances,
                countTolerances,
                preorders,
                quiet,
                List.of());
    }

    /** Without preorders, and however long a facility says nothing. */
    public StockPolicy(
            String version,
            Instant effectiveFrom,
            Displacement displacement,
            Duration pickupReadyWithin,
            Map<AccountId, Set<FacilityId>> channels,
            List<SafetyRule> safetyStocks,
            List<ThresholdRule> thresholds,
            List<SwitchRule> shipping,
            List<SwitchRule> pickup,
            List<TransferRule> transfers,
            List<TrustRule> trust,
            List<ToleranceRule> tolerances,
            List<ToleranceRule> countTolerances) {
        this(
                version,
                effectiveFrom,
                displacement,
                pickupReadyWithin,
                channels,
                safetyStocks,
                thresholds,
                shipping,
                pickup,
                transfers,
                trust,
                tolerances,
                countTolerances,
                List.of(),
                List.of());
    }

    /** When a product may leave that is sold before, also when that is past. */
    public Optional<Preorder> preorder(Sku sku) {
        return last(preorders, rule -> rule.skus().contains(sku))
                .map(rule -> new Preorder(rule.releaseAt(), rule.limit()));
    }

    /** Units that a facility keeps back. */
    public int safetyStock(FacilityId facility, Sku sku) {
        return last(safetyStocks, rule -> rule.scope().covers(facility, sku))
                .map(SafetyRule::units)
                .orElse(0);
    }

    /** Units of the whole network that are not offered to a channel. */
    public int threshold(AccountId channel, Sku sku) {
        return last(thresholds, rule -> rule.channels().contains(channel) && rule.covers(sku))
                .map(ThresholdRule::units)
                .orElse(0);
    }

    public boolean ships(FacilityId facility, Sku sku) {
        return allowed(shipping, facility, sku);
    }

    public boolean handsOver(FacilityId facility, Sku sku) {
        return allowed(pickup, facility, sku);
    }

    /** How much of what a facility has is offered elsewhere, after its system has been silent for so long; empty: it was never heard of. */
    public int trustPercent(FacilityId facility, Optional<Duration> silence) {
        return last(trust, rule -> rule.facilities().contains(facility) && rule.holdsAfter(silence))
                .map(TrustRule::percent)
                .orElse(100);
    }

    /** Whether it matters how long a facility itself has said nothing. */
    public boolean mindsQuiet(FacilityId facility) {
        return last(quiet, rule -> rule.facilities().contains(facility)).isPresent();
    }

    /** How much of what a facility has is offered elsewhere, after it has been open for so long without a word of its own. */
    public int quietPercent(FacilityId facility, Duration open) {
        return last(quiet, rule -> rule.facilities().contains(facility) && open.compareTo(rule.afterOpenFor()) >= 0)
                .map(QuietRule::percent)
                .orElse(100);
    }

    /** By how many units a system and the ledger may differ before somebody has to look. */
    public int tolerance(FacilityId facility, Sku sku) {
        return last(tolerances, rule -> rule.scope().covers(facility, sku))
                .map(ToleranceRule::units)
                .orElse(0);
    }

    /** By how many units what people count may differ from the ledger before somebody has to look; empty: it is believed. */
    public OptionalInt countTolerance(FacilityId facility, Sku sku) {
        return last(countTolerances, rule -> rule.scope().covers(facility, sku))
                .map(rule -> OptionalInt.of(rule.units()))
                .orElseGet(OptionalInt::empty);
    }

    /** How often a system may be told the ledger's number of a place again, before somebody has to look; empty: always. */
    public Optional<RetellingRule> retelling(FacilityId facility, Sku sku) {
        return last(retellings, rule -> rule.scope().covers(facility, sku));
    }

    /** The rule by which a facility may send to another; empty: it may not. */
    public Optional<TransferRule> transfer(FacilityId from, FacilityId to) {
        return last(
                transfers,
                rule -> !from.equals(to)
                        && rule.from().contains(from)
                        && rule.to().contains(to));
    }

    private static boolean allowed(List<SwitchRule> switches, FacilityId facility, Sku sku) {
        return last(switches, rule -> rule.scope().covers(facility, sku))
                .map(SwitchRule::allowed)
                .orElse(true);
    }

    private static <T> Optional<T> last(List<T> rules, Predicate<T> fits) {
        // A lookup asks this several times for each facility: a stream would cost more than the rules.
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (fits.test(rules.get(i))) {
                return Optional.of(rules.get(i));
            }
        }
        return Optional.empty();
    }

    /** Facilities and SKUs; no SKUs mean every SKU. */
    public record Scope(Set<FacilityId> facilities, Set<Sku> skus) {
        public Scope {
            facilities = Set.copyOf(facilities);
            skus = Set.copyOf(skus);
        }

        boolean covers(FacilityId facility, Sku sku) {
            return facilities.contains(facility) && (skus.isEmpty() || skus.contains(sku));
        }
    }

    public record SafetyRule(String name, Scope scope, int units) {}

    public record ThresholdRule(String name, Set<AccountId> channels, Set<Sku> skus, int units) {
        public ThresholdRule {
            channels = Set.copyOf(channels);
            skus = Set.copyOf(skus);
        }

        boolean covers(Sku sku) {
            return skus.isEmpty() || skus.contains(sku);
        }
    }

    public record SwitchRule(String name, Scope scope, boolean allowed) {}

    /**
     * Goods take so long, and the giver keeps so many units. What arrives may differ from what was sent by {@code tolerance} units before
     * somebody has to look. Where {@code shipToStore} is said, the giver also sends what a customer is to collect at the receiver, and has so
     * long to do it.
     */
    public record TransferRule(
            String name,
            Set<FacilityId> from,
            Set<FacilityId> to,
            Duration within,
            int keep,
            int tolerance,
            Optional<Duration> shipToStore) {
        public TransferRule {
            from = Set.copyOf(from);
            to = Set.copyOf(to);
        }

        /** A rule by which nothing is sent for an order. */
        public TransferRule(
                String name, Set<FacilityId> from, Set<FacilityId> to, Duration within, int keep, int tolerance) {
            this(name, from, to, within, keep, tolerance, Optional.empty());
        }
    }

    public record ToleranceRule(String name, Scope scope, int units) {}

    /** Whoever was told the ledger's number {@code most} times {@code within} such a time, and is apart again, is a person's to look at. */
    public record RetellingRule(String name, Scope scope, int most, Duration within) {
        /** What was told before is not kept. */
        public static final Duration LONGEST = Duration.ofDays(90);

        public RetellingRule {
            if (most < 1) {
                throw new IllegalArgumentException("a system is told at least once");
            }
            if (!within.isPositive() || within.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("it is counted for " + LONGEST.toDays() + " days at most");
            }
        }
    }

    /** Products that are sold before {@code releaseAt}, when they may leave; each up to {@code limit} units, empty: as many as are on order. */
    public record PreorderRule(String name, Set<Sku> skus, Instant releaseAt, OptionalInt limit) {
        public PreorderRule {
            skus = Set.copyOf(skus);
        }
    }

    /** Facilities that were open for so long, added up over days, and said nothing, though their system may have answered for them. */
    public record QuietRule(String name, Set<FacilityId> facilities, Duration afterOpenFor, int percent) {
        public QuietRule {
            facilities = Set.copyOf(facilities);
        }
    }

    /** Without {@code afterSilence} it is about systems that were never heard of. */
    public record TrustRule(String name, Set<FacilityId> facilities, Optional<Duration> afterSilence, int percent) {
        public TrustRule {
            facilities = Set.copyOf(facilities);
        }

        boolean holdsAfter(Optional<Duration> silence) {
            return afterSilence.isPresent() == silence.isPresent()
                    && afterSilence
                            .map(least -> silence.orElseThrow().compareTo(least) >= 0)
                            .orElse(true);
        }
    }
}
