package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Availability.AtFacility;
import io.throughline.domain.availability.Availability.InChannel;
import io.throughline.domain.availability.Availability.Later;
import io.throughline.domain.availability.Availability.Pickup;
import io.throughline.domain.availability.StockReading.Heard;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.Preorders.Preorder;
import io.throughline.domain.inventory.StockAuthorities;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Computes availability: one reading of the ledger, then arithmetic by the policy in force. */
public final class Availabilities {
    private final StockReading reading;
    private final Facilities facilities;
    private final ServingRules rules;
    private final StockAuthorities authorities;
    private final Bundles bundles;
    private final BooleanSupplier ordersWait;
    private final Hours hours;

    /** The hours that hold at an instant. They are looked up once for an answer, which is about many facilities. */
    @FunctionalInterface
    public interface Hours {
        HoursNow at(Instant asked);
    }

    /** When facilities work, as seen from the instant that was asked for. */
    public interface HoursNow {
        /** When a store has goods ready for pickup, if that takes so long: it may be closed. */
        Instant readyAt(Facility store, Duration takes);

        /** How long a facility has been open since then. */
        Duration openSince(Facility facility, Instant since);
    }

    /** {@code ordersWait}: an order that comes now may wait for its supply. */
    public Availabilities(
            StockReading reading,
            StockPolicies policies,
            Facilities facilities,
            StockAuthorities authorities,
            Bundles bundles,
            BooleanSupplier ordersWait,
            Hours hours) {
        this.reading = reading;
        this.facilities = facilities;
        this.rules = new ServingRules(policies, facilities);
        this.authorities = authorities;
        this.bundles = bundles;
        this.ordersWait = ordersWait;
        this.hours = hours;
    }

    /**
     * What is asked. Without a facility or channel, all of them; near a point, the nearest facility first. Told are the first {@code most} of them,
     * or of those that offer something of the SKU.
     */
    public record Question(
            List<Sku> skus,
            Optional<FacilityId> facility,
            Optional<AccountId> channel,
            Optional<GeoPoint> near,
            boolean onlyOffering,
            int most) {
        public Question {
            skus = List.copyOf(skus);
        }

        /** About every facility, whatever it has. */
        public Question(
                List<Sku> skus, Optional<FacilityId> facility, Optional<AccountId> channel, Optional<GeoPoint> near) {
            this(skus, facility, channel, near, false, Integer.MAX_VALUE);
        }
    }

    /** Of how many facilities an answer tells at most, over all its SKUs. */
    public long breadth(Question question, Instant now) {
        long places = shown(question, rules.at(now)).count();
        return Math.min(places, question.most()) * question.skus().size();
    }

    private Stream<Facility> shown(Question question, Serving serving) {
        Optional<Set<FacilityId>> allowed = question.channel().map(serving::places);
        return facilities.all().stream()
                .filter(facility ->
                        question.facility().map(facility.id()::equals).orElse(true))
                .filter(facility ->
                        allowed.map(places -> places.contains(facility.id())).orElse(true));
    }

    /** In the order of the question's SKUs. */
    public List<Availability> answer(Question question, Instant now) {
        Set<Sku> parts = question.skus().stream()
                .flatMap(sku -> bundles.partsOf(sku).stream())
                .map(Part::sku)
                .collect(Collectors.toSet());
        Computation computation =
                new Computation(question, rules.at(now), reading.balances(parts), reading.heard(), now);
        return question.skus().stream().map(computation::of).toList();
    }

    /** One answer in the making. */
    private final class Computation {
        private final Question question;
        private final Serving serving;
        private final StockPolicy policy;
        private final Map<Sku, Map<FacilityId, Balance>> balances = new HashMap<>();
        private final Instant now;
        private final List<Facility> places;
        private final Map<Sku, List<FreeStock.Demand>> demand;
        private final Sources sources;
        private final Map<Sku, Map<FacilityId, Long>> supplies = new HashMap<>();
        private final Map<Sku, Map<FacilityId, Integer>> offers = new HashMap<>();
        private final Map<Sku, Boolean> released = new HashMap<>();
        private final HoursNow hoursNow;
        private final Map<FacilityId, Instant> ready = new HashMap<>();

        Computation(Question question, Serving serving, Collection<Balance> balances, Heard heard, Instant now) {
            this.question = question;
            this.serving = serving;
            this.policy = serving.policy();
            this.now = now;
            this.hoursNow = hours.at(now);
            this.sources = new Sources(policy, heard, facilities, authorities, hoursNow, now);
            balances.forEach(balance -> this.balances
                    .computeIfAbsent(balance.sku(), sku -> new HashMap<>())
                    .put(balance.facility(), balance));
            this.places = places();
            this.demand = demand();
        }

        /** Asked for only where there is any. */
        private Map<Sku, List<FreeStock.Demand>> demand() {
            Set<Sku> wanted = balances.entrySet().stream()
                    .filter(entry -> FreeStock.unrouted(entry.getValue().values()) > 0)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            return wanted.isEmpty() ? Map.of() : reading.unrouted(wanted);
        }

        /** The facilities that are shown, in their order. */
        private List<Facility> places() {
            return shown(question, serving)
                    .sorted(question.near()
                            .map(near -> Comparator.comparingDouble(
                                    (Facility facility) -> facility.point().kilometresTo(near)))
                            .orElse(Comparator.comparingDouble(facility -> 0)))
                    .toList();
        }

        Availability of(Sku sku) {
            return new Availability(
                    sku,
                    now,
                    policy.version(),
                    places.stream()
                            .map(facility -> at(facility, sku))
                            .filter(at -> !question.onlyOffering() || at.offersAny())
                            .limit(question.most())
                            .toList(),
                    channels().stream().map(channel -> in(channel, sku)).toList());
        }

        private AtFacility at(Facility facility, Sku sku) {
            FacilityId id = facility.id();
            return new AtFacility(
                    id,
                    availableToPromise(id, sku),
                    offered(id, sku),
                    bundles.isBundle(sku) ? Optional.empty() : balance(id, sku),
                    facility.methods().contains(DeliveryMethod.SHIPPING) && policy.ships(id, sku),
                    pickup(facility, sku),
                    sources.of(id),
                    question.near().map(near -> Math.round(facility.point().kilometresTo(near) * 10) / 10.0));
        }

        private InChannel in(AccountId channel, Sku sku) {
            Set<FacilityId> senders = serving.places(channel, DeliveryMethod.SHIPPING, sku);
            int unrouted = 0;
            for (Part part : bundles.partsOf(sku)) {
                int waiting = balance(FacilityId.UNROUTED, part.sku())
                        .map(Balance::reserved)
                        .orElse(0);
                unrouted = Math.max(unrouted, Math.ceilDiv(waiting, part.units()));
            }
            long left = left(senders, sku);
            int threshold = policy.threshold(channel, sku);
            int online = Math.clamp(left - threshold, 0, Integer.MAX_VALUE);
            return new InChannel(
                    channel, online, threshold, unrouted, left > 0 ? Optional.empty() : later(sku, open(senders)));
        }

        /** Nobody knows when a paused facility will do what comes there. */
        private List<FacilityId> open(Set<FacilityId> senders) {
            return senders.stream()
                    .filter(id -> sources.of(id).state() != Availability.State.PAUSED)
                    .toList();
        }

        /** What of a product that can't be had now is promised of supply. Of bundles nothing is said: each component has its own. */
        private Optional<Later> later(Sku sku, Collection<FacilityId> among) {
            if (bundles.isBundle(sku) || !ordersWait.getAsBoolean()) {
                return Optional.empty();
            }
            StockReading.Incoming incoming = reading.incoming(sku, now);
            Collection<Balance> there = balances.getOrDefault(sku, Map.of()).values();
            return preorder(sku)
                    .map(preorder -> LaterSupply.ofPreorder(preorder, there, incoming, among))
                    .orElseGet(() -> LaterSupply.ofBackorder(there, incoming, among));
        }

        /** While it may not leave. */
        private Optional<Preorder> preorder(Sku part) {
            return policy.preorder(part).filter(preorder -> now.isBefore(preorder.releaseAt()));
        }

        /**
         * What the facilities offer together, less what the demand that has no facility yet may take of it. Components of a bundle lie in each
         * facility as they like: every one of them bounds what is left for bundles.
         */
        private long left(Set<FacilityId> from, Sku sku) {
            long left = from.stream().mapToLong(id -> offered(id, sku)).sum();
            boolean bundle = bundles.isBundle(sku);
            for (Part part : bundles.partsOf(sku)) {
                List<FreeStock.Demand> wanted = demand.getOrDefault(part.sku(), List.of());
                if (wanted.isEmpty() && !bundle) {
                    // Nobody else wants it: all that is offered is left, as nearly always.
                    return left;
                }
                long free = FreeStock.of(supplies.computeIfAbsent(part.sku(), this::supplyOf), wanted, from);
                left = Math.min(left, free / part.units());
            }
            return left;
        }

        private Map<FacilityId, Long> supplyOf(Sku part) {
            return FreeStock.supply(
                    balances.getOrDefault(part, Map.of()).values(), balance -> offered(balance.facility(), part));
        }

        private List<AccountId> channels() {
            return question.channel()
                    .map(List::of)
                    .orElseGet(
                            () -> policy.channels().keySet().stream().sorted().toList());
        }

        private int availableToPromise(FacilityId facility, Sku sku) {
            return bundles.unitsFrom(
                    sku,
                    part -> balance(facility, part)
                            .map(Balance::availableToPromise)
                            .orElse(0));
        }

        /** Asked for by facility, channel and pickup alike: nothing of what may not leave yet, nor of a bundle with such a component. */
        private int offered(FacilityId facility, Sku sku) {
            return offers.computeIfAbsent(sku, one -> new HashMap<>())
                    .computeIfAbsent(
                            facility,
                            one -> mayLeave(sku)
                                    ? Math.toIntExact((long) availableToPromise(one, sku)
                                            * sources.of(one).trustPercent()
                                            / 100)
                                    : 0);
        }

        private boolean mayLeave(Sku sku) {
            return released.computeIfAbsent(
                    sku,
                    one -> bundles.partsOf(one).stream()
                            .allMatch(part -> preorder(part.sku()).isEmpty()));
        }

        private Optional<Balance> balance(FacilityId facility, Sku sku) {
            return Optional.ofNullable(balances.getOrDefault(sku, Map.of()).get(facility));
        }

        private static Pickup pickup(Facility store, Instant promisedAt, int units) {
            return new Pickup(promisedAt, promisedAt.atZone(store.zone()).toLocalDate(), store.id(), units);
        }

        private Instant readyAt(Facility store) {
            return ready.computeIfAbsent(store.id(), id -> hoursNow.readyAt(store, policy.pickupReadyWithin()));
        }

        /** From the store's own stock only: no process carries goods to a store for an order, whatever may be transferred by policy. */
        private Optional<Pickup> pickup(Facility store, Sku sku) {
            if (!store.methods().contains(DeliveryMethod.PICKUP) || !policy.handsOver(store.id(), sku)) {
                return Optional.empty();
            }
            int units = Math.clamp(left(Set.of(store.id()), sku), 0, Integer.MAX_VALUE);
            return units > 0 ? Optional.of(pickup(store, readyAt(store), units)) : Optional.empty();
        }
    }
}
