package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which orders are routed, as versioned data that begins to hold at an instant; an order keeps the version of the moment that it
 * was first heard of. Rules are tried in their order; of several capacities of a facility the last one holds, of several hours the last
 * one of each day, of several rules on a brand the last one.
 */
public record RoutingPolicy(
        String version,
        Instant effectiveFrom,
        boolean byPostalAreas,
        List<Capacity> capacities,
        List<OpeningHours> hours,
        Optional<ShippingTable> shipping,
        List<BrandRule> brands,
        List<RoutingRule> rules) {
    public RoutingPolicy {
        brands = List.copyOf(brands);
        capacities = List.copyOf(capacities);
        hours = List.copyOf(hours);
        rules = List.copyOf(rules);
        if (shipping.isEmpty()
                && rules.stream().anyMatch(rule -> rule.objective().contains(Criterion.COST))) {
            throw new IllegalArgumentException("a rule minds the cost, and no table tells it");
        }
    }

    /** Every facility may do every brand. */
    public RoutingPolicy(
            String version,
            Instant effectiveFrom,
            boolean byPostalAreas,
            List<Capacity> capacities,
            List<OpeningHours> hours,
            Optional<ShippingTable> shipping,
            List<RoutingRule> rules) {
        this(version, effectiveFrom, byPostalAreas, capacities, hours, shipping, List.of(), rules);
    }

    /** So many pieces of work may be given to each of the facilities within an hour. */
    public record Capacity(String name, Set<FacilityId> facilities, int perHour) {
        public Capacity {
            facilities = Set.copyOf(facilities);
        }
    }

    /** The same rules, from another instant on. */
    public RoutingPolicy from(Instant other) {
        return new RoutingPolicy(version, other, byPostalAreas, capacities, hours, shipping, brands, rules);
    }

    List<RoutingRule> rulesFor(Order order, Delivery delivery) {
        return rules.stream()
                .filter(rule -> rule.concerns().cover(order, delivery))
                .toList();
    }

    /** Empty: as much as comes. */
    Optional<Integer> perHour(FacilityId facility) {
        return capacities.reversed().stream()
                .filter(rule -> rule.facilities().contains(facility))
                .findFirst()
                .map(Capacity::perHour);
    }

    public WorkingWeek weekOf(Facility facility) {
        return WorkingWeek.of(facility, hours);
    }

    /** Whether it matters how much work facilities have. */
    public boolean mindsWork() {
        return !capacities.isEmpty()
                || rules.stream()
                        .anyMatch(rule -> rule.objective().contains(Criterion.LOAD)
                                || rule.candidates().mostOpenWork().isPresent());
    }

    /** Empty: any facility may do what is of it. */
    Optional<BrandRule> onBrand(String brand) {
        return brands.reversed().stream()
                .filter(rule -> rule.brands().contains(brand))
                .findFirst();
    }

    /** Whether it matters how long stock has lain, or how fast it goes. */
    public boolean mindsTurnover() {
        return rules.stream()
                .anyMatch(rule -> rule.candidates().stock().mindsTurnover()
                        || rule.objective().stream().anyMatch(Criterion::mindsTurnover));
    }

    public boolean mindsBrands() {
        return !brands.isEmpty();
    }

    /** Whether it matters by when a marketplace wants an order shipped. */
    public boolean mindsShipBy() {
        return rules.stream()
                .anyMatch(rule ->
                        rule.candidates().beforeShipBy() || rule.objective().contains(Criterion.LATENESS));
    }
}
