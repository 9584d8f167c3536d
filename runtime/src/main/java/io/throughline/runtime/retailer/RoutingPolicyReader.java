package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.BrandRule;
import io.throughline.domain.routing.Criterion;
import io.throughline.domain.routing.OpeningHours;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingPolicy.Capacity;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.RoutingRule.StockTerms;
import io.throughline.domain.routing.ShippingTable;
import io.throughline.domain.routing.ShippingTable.Zone;
import io.throughline.domain.routing.StockTurnover;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads one version of the routing policy. Each rule has a name, which is part of the key that an error tells. */
final class RoutingPolicyReader {
    private static final String TIME_HINT = "a time of the facility's clock, such as \"16:00\"";
    private static final String DAYS_HINT = "days, from P1D to P" + 7 * StockTurnover.MOST_WEEKS + "D";
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int MOST_KILOMETRES = 20_038;
    private static final int MOST_PIECES = 100_000;
    private static final int MOST_FACILITIES = 20;

    private final Accounts accounts;
    private final FacilityGroups groups;
    private final boolean postalAreasAreKnown;

    RoutingPolicyReader(Facilities facilities, Accounts accounts, boolean postalAreasAreKnown) {
        this.accounts = accounts;
        this.groups = new FacilityGroups(facilities);
        this.postalAreasAreKnown = postalAreasAreKnown;
    }

    RoutingPolicy read(YamlSection section, Versions.Identity identity) {
        groups.read(section);
        Optional<ShippingTable> shipping =
                section.has("shipping") ? Optional.of(shippingTable(section)) : Optional.empty();
        List<RoutingRule> rules = section.named(
                "rules", "the rules by name, tried in this order", (name, rule) -> rule(name, rule, shipping));
        checkThatAllAreAsked(section, rules);
        return new RoutingPolicy(
                identity.version(),
                identity.effectiveFrom(),
                byPostalAreas(section),
                section.rules("capacity", this::capacity),
                section.rules("hours", this::hours),
                shipping,
                section.has("brands") ? section.rules("brands", this::brands) : List.of(),
                rules);
    }

    /** Whatever is ordered, some rule is for it, and none stands behind one that has always decided before it. */
    private static void checkThatAllAreAsked(YamlSection section, List<RoutingRule> rules) {
        if (rules.isEmpty()) {
            throw section.wrong("rules", "an order must be routed by something: name a rule");
        }
        for (RoutingRule rule : rules) {
            boolean last = rule.equals(rules.getLast());
            boolean goesOn = rule.otherwise().kind() == AfterAction.Kind.NEXT_RULE;
            boolean forAll = rule.concerns().equals(Concerns.everything());
            if (last && !forAll) {
                throw section.wrong(
                        "rules." + rule.name(), "the last rule must be for every delivery: leave out 'for'");
            }
            if (last && goesOn) {
                throw section.wrong("rules." + rule.name() + ".otherwise.do", "no rule comes after this one");
            }
            if (!last && forAll && !goesOn) {
                throw section.wrong(
                        "rules." + rule.name(), "no rule after this one is ever asked: give it a 'for', or NEXT_RULE");
            }
        }
    }

    private boolean byPostalAreas(YamlSection section) {
        boolean byPostalAreas = section.yesOrNo("postalAreas");
        if (byPostalAreas && !postalAreasAreKnown) {
            throw section.wrong("postalAreas", "no postal areas are known: create postal-areas.yml");
        }
        return byPostalAreas;
    }

    private Capacity capacity(String name, YamlSection rule) {
        return new Capacity(name, groups.members(rule, "facilities"), number(rule, "perHour", 0, MOST_PIECES));
    }

    private BrandRule brands(String name, YamlSection rule) {
        Set<String> brands = Set.copyOf(
                rule.values("brands", "brands as the catalogue calls them, each once", RoutingPolicyReader::brand));
        Set<FacilityId> facilities = groups.members(rule, "facilities");
        return sound(rule, "brands", () -> new BrandRule(name, brands, facilities));
    }

    private static String brand(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private OpeningHours hours(String name, YamlSection rule) {
        Set<FacilityId> facilities = groups.members(rule, "facilities");
        Set<DayOfWeek> days =
                Set.copyOf(rule.values("days", "any of " + List.of(DayOfWeek.values()), DayOfWeek::valueOf));
        LocalTime opens = rule.value("opens", TIME_HINT, LocalTime::parse);
        LocalTime cutOff = rule.value("cutOff", TIME_HINT, LocalTime::parse);
        LocalTime closes = rule.value("closes", TIME_HINT, LocalTime::parse);
        return sound(rule, "days", () -> new OpeningHours(name, facilities, days, opens, cutOff, closes));
    }

    private ShippingTable shippingTable(YamlSection section) {
        return section.section("shipping", "the currency, and the zones by name", table -> {
            CurrencyCode currency = table.value("currency", "a currency such as USD", CurrencyCode::of);
            List<Zone> zones = table.named(
                    "zones",
                    "the zones by name, the nearer first",
                    (name, zone) -> new Zone(
                            name,
                            zone.has("abroad") && zone.yesOrNo("abroad"),
                            optionalNumber(zone, "upToKilometres", 1, MOST_KILOMETRES),
                            price(zone, "parcel", currency),
                            price(zone, "unit", currency)));
            return sound(table, "zones", () -> new ShippingTable(zones));
        });
    }

    private RoutingRule rule(String name, YamlSection rule, Optional<ShippingTable> shipping) {
        List<Criterion> objective = rule.values(
                "objective",
                "what decides first, then next: any of " + List.of(Criterion.values()),
                Criterion::valueOf);
        if (objective.isEmpty() || objective.size() > Set.copyOf(objective).size()) {
            throw rule.wrong("objective", "names what decides, each once");
        }
        if (shipping.isEmpty() && objective.contains(Criterion.COST)) {
            throw rule.wrong("objective", "COST needs the table 'shipping': add it, or leave COST out");
        }
        return new RoutingRule(
                name,
                rule.has("for") ? rule.section("for", "which orders", this::concerns) : Concerns.everything(),
                rule.has("candidates")
                        ? rule.section("candidates", "which facilities", this::candidates)
                        : Candidates.everybody(),
                objective,
                optionalNumber(rule, "mostFacilities", 1, MOST_FACILITIES),
                rule.section("otherwise", "what happens when nobody is found", RoutingPolicyReader::otherwise));
    }

    private Concerns concerns(YamlSection orders) {
        return new Concerns(
                orders.some("channels", "any of the channel accounts", this::account),
                orders.some("origins", "any of " + List.of(Channel.values()), Channel::valueOf),
                orders.some("countries", "two letters of ISO 3166-1 such as US", RoutingPolicyReader::country),
                orders.some("tags", "tags of orders", text -> text),
                orders.some("methods", "any of " + List.of(DeliveryMethod.values()), DeliveryMethod::valueOf));
    }

    private Candidates candidates(YamlSection wanted) {
        return new Candidates(
                groups.some(wanted, "facilities"),
                wanted.has("ownCountry") && wanted.yesOrNo("ownCountry"),
                optionalNumber(wanted, "withinKilometres", 1, MOST_KILOMETRES),
                optionalNumber(wanted, "keep", 0, MOST_PIECES).orElse(0),
                optionalNumber(wanted, "mostOpenWork", 1, MOST_PIECES),
                wanted.optionalValue("leavesWithin", Values.DURATION_HINT, Values::someDuration),
                wanted.has("openNow") && wanted.yesOrNo("openNow"),
                wanted.has("beforeShipBy") && wanted.yesOrNo("beforeShipBy"),
                new StockTerms(
                        optionalNumber(wanted, "leastWeeksOfSupply", 1, StockTurnover.MOST_WEEKS),
                        wanted.optionalValue("leastStockAge", DAYS_HINT, RoutingPolicyReader::days)));
    }

    private static AfterAction otherwise(YamlSection section) {
        AfterAction.Kind kind =
                section.value("do", "one of " + List.of(AfterAction.Kind.values()), AfterAction.Kind::valueOf);
        Optional<Duration> lookAgainAfter =
                section.optionalValue("lookAgainAfter", Values.DURATION_HINT, Values::someDuration);
        Optional<Duration> cancelAfter =
                section.optionalValue("cancelAfter", Values.DURATION_HINT, Values::someDuration);
        return sound(section, "do", () -> new AfterAction(kind, lookAgainAfter, cancelAfter));
    }

    /** What the parts say together. */
    private static <T> T sound(YamlSection section, String key, Supplier<T> whole) {
        try {
            return whole.get();
        } catch (IllegalArgumentException unsound) {
            throw section.wrong(key, "this does not go together: " + unsound.getMessage());
        }
    }

    private static Duration days(String text) {
        Duration days = Values.someDuration(text);
        if (days.toDays() < 1 || days.toDays() > 7L * StockTurnover.MOST_WEEKS) {
            throw new IllegalArgumentException(text);
        }
        return days;
    }

    private static int number(YamlSection section, String key, int least, int most) {
        return section.value(key, "a number, " + least + " to " + most, Values.between(least, most));
    }

    private static Optional<Integer> optionalNumber(YamlSection section, String key, int least, int most) {
        return section.optionalValue(key, "a number, " + least + " to " + most, Values.between(least, most));
    }

    private static Money price(YamlSection zone, String key, CurrencyCode currency) {
        return zone.value(key, "an amount in " + currency + ", such as \"4.50\"", text -> Money.of(text, currency));
    }

    private static String country(String text) {
        if (!COUNTRY.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }
}
