package io.throughline.domain.routing;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule: which deliveries it is for, which facilities are candidates, by what one plan is better than another, among how many facilities
 * a delivery may be split, and what happens when that leads nowhere.
 */
public record RoutingRule(
        String name,
        Concerns concerns,
        Candidates candidates,
        List<Criterion> objective,
        Optional<Integer> mostFacilities,
        AfterAction otherwise) {
    public RoutingRule {
        objective = List.copyOf(objective);
    }

    /**
     * The orders that a rule is for, by the account and the way that they came, where they go and what they are; an empty set means all. A brand
     * is told by its channel or by a tag of the order.
     */
    public record Concerns(
            Set<AccountId> channels,
            Set<Channel> origins,
            Set<String> countries,
            Set<String> tags,
            Set<DeliveryMethod> methods) {
        private static final Concerns EVERYTHING = new Concerns(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

        public Concerns {
            channels = Set.copyOf(channels);
            origins = Set.copyOf(origins);
            countries = Set.copyOf(countries);
            tags = Set.copyOf(tags);
            methods = Set.copyOf(methods);
        }

        public static Concerns everything() {
            return EVERYTHING;
        }

        boolean cover(Order order, Delivery delivery) {
            return (channels.isEmpty() || channels.contains(order.key().account()))
                    && (origins.isEmpty() || origins.contains(order.channel()))
                    && (countries.isEmpty()
                            || order.destination()
                                    .filter(destination -> countries.contains(destination.country()))
                                    .isPresent())
                    && (tags.isEmpty() || order.tags().stream().anyMatch(tags::contains))
                    && (methods.isEmpty() || methods.contains(delivery.method()));
        }
    }

    /**
     * The facilities that may be taken; no facilities mean all. {@code keep} units of each SKU stay where they are. {@code leavesWithin}
     * is counted from when the order was placed: the promise to the customer. {@code openNow} leaves out who is closed just then, {@code
     * beforeShipBy} who would hand over after the instant by which a marketplace wants the order shipped.
     */
    public record Candidates(
            Set<FacilityId> facilities,
            boolean ownCountry,
            Optional<Integer> withinKilometres,
            int keep,
            Optional<Integer> mostOpenWork,
            Optional<Duration> leavesWithin,
            boolean openNow,
            boolean beforeShipBy,
            StockTerms stock) {
        public Candidates {
            facilities = Set.copyOf(facilities);
        }

        public Candidates(
                Set<FacilityId> facilities,
                boolean ownCountry,
                Optional<Integer> withinKilometres,
                int keep,
                Optional<Integer> mostOpenWork,
                Optional<Duration> leavesWithin,
                boolean openNow) {
            this(
                    facilities,
                    ownCountry,
                    withinKilometres,
                    keep,
                    mostOpenWork,
                    leavesWithin,
                    openNow,
                    false,
                    StockTerms.any());
        }

        public static Candidates everybody() {
            return new Candidates(Set.of(), false, Optional.empty(), 0, Optional.empty(), Optional.empty(), false);
        }
    }

    /**
     * What a facility may give at all: of a SKU that lasts it for {@code leastWeeksOfSupply} at least, of which the oldest has lain there for {@code
     * leastStockAge} at least.
     */
    public record StockTerms(Optional<Integer> leastWeeksOfSupply, Optional<Duration> leastStockAge) {
        private static final StockTerms ANY = new StockTerms(Optional.empty(), Optional.empty());

        public static StockTerms any() {
            return ANY;
        }

        boolean mindsTurnover() {
            return leastWeeksOfSupply.isPresent() || leastStockAge.isPresent();
        }
    }
}
