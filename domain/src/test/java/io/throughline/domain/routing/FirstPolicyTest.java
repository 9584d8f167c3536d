package io.throughline.domain.routing;

import static io.throughline.domain.order.SampleOrders.BAG;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.MUG;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.Facility.Kind;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders from before there were policies keep to the first one: it chooses as the rule of then did, unless that was worse by its own measure. */
class FirstPolicyTest {
    private static final int RUNS = 1_000;
    private static final List<Sku> SKUS = List.of(TEE, CAP, MUG, BAG);

    private final List<Facility> facilities = new SampleFacilities().all();
    private final Router router = new Router(facilities, Bundles.none());

    @ParameterizedTest
    @ValueSource(longs = {20261120, 42, 7})
    void itChoosesAsBeforeUnlessThatWasWorse(long seed) {
        Random random = new Random(seed);
        int same = 0;
        int better = 0;
        for (int run = 0; run < RUNS; run++) {
            Order order = order(run, random);
            Map<FacilityId, Map<Sku, Integer>> stock = stock(random);
            Map<FacilityId, List<LineQuantity>> before = before(order, stock);
            Map<FacilityId, List<LineQuantity>> now = now(order, stock);

            String which = "seed " + seed + " run " + run + ": " + now + " instead of " + before;
            assertThat(now.isEmpty()).as(which).isEqualTo(before.isEmpty());
            int worth = Arrays.compare(worth(order, now.keySet()), worth(order, before.keySet()));
            assertThat(worth).as(which).isNotPositive();
            if (worth == 0) {
                assertThat(now).as(which).isEqualTo(before);
                same += now.isEmpty() ? 0 : 1;
            } else {
                better++;
            }
        }
        assertThat(same).as("as before").isGreaterThan(RUNS / 4);
        assertThat(better).as("better").isGreaterThan(RUNS / 50);
    }

    private static Order order(int number, Random random) {
        OrderBuilder builder = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "F" + number), "USD");
        if (random.nextInt(4) > 0) {
            builder.destination(random.nextInt(4) > 0 ? "US" : "IE", random.nextInt(25, 49), -random.nextInt(70, 123));
        }
        SKUS.forEach(sku -> builder.line(sku, 1 + random.nextInt(4), "10.00"));
        return builder.deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
    }

    private Map<FacilityId, Map<Sku, Integer>> stock(Random random) {
        int most = 2 + random.nextInt(4);
        return facilities.stream()
                .collect(Collectors.toMap(
                        Facility::id,
                        facility -> SKUS.stream().collect(Collectors.toMap(sku -> sku, sku -> random.nextInt(most)))));
    }

    private Map<FacilityId, List<LineQuantity>> now(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        RoutingQuestion question = RoutingQuestion.of(
                order, SampleRoutingPolicies.DEFAULT, Set.of(), Instant.parse("2026-11-20T15:05:00Z"));
        Map<FacilityId, List<LineQuantity>> shares = new LinkedHashMap<>();
        if (router.route(question, RoutingFacts.of(stock)) instanceof Planned planned) {
            planned.plan().assignments().forEach(part -> shares.put(part.facility(), part.lines()));
        }
        return shares;
    }

    /** Each time the one that serves most of what is left, the nearer one when equal. */
    private Map<FacilityId, List<LineQuantity>> before(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        List<Facility> unused =
                new ArrayList<>(facilities.stream().sorted(new Proximity(order)).toList());
        Map<Sku, Integer> left = new HashMap<>();
        order.deliveries().getFirst().lines().forEach(line -> left.put(line.sku(), line.quantity()));
        Map<FacilityId, List<LineQuantity>> shares = new LinkedHashMap<>();
        while (left.values().stream().anyMatch(units -> units > 0)) {
            if (unused.isEmpty()) {
                return Map.of();
            }
            Facility most = unused.stream()
                    .max(Comparator.comparingInt(one -> units(given(order, left, stock.get(one.id())))))
                    .orElseThrow();
            List<LineQuantity> given = given(order, left, stock.get(most.id()));
            if (given.isEmpty()) {
                return Map.of();
            }
            shares.put(most.id(), given);
            given.forEach(line -> left.merge(line.sku(), -line.quantity(), Integer::sum));
            unused.remove(most);
        }
        return shares;
    }

    private static List<LineQuantity> given(Order order, Map<Sku, Integer> left, Map<Sku, Integer> here) {
        return order.deliveries().getFirst().lines().stream()
                .filter(line -> Math.min(left.get(line.sku()), here.get(line.sku())) > 0)
                .map(line -> new LineQuantity(
                        line.lineId(), line.sku(), Math.min(left.get(line.sku()), here.get(line.sku()))))
                .toList();
    }

    private static int units(List<LineQuantity> lines) {
        return lines.stream().mapToInt(LineQuantity::quantity).sum();
    }

    /** Parcels, those from abroad, metres, stores. */
    private long[] worth(Order order, Set<FacilityId> taken) {
        List<Facility> all = facilities.stream()
                .filter(facility -> taken.contains(facility.id()))
                .toList();
        String country = order.destination().map(Destination::country).orElse("");
        return new long[] {
            all.size(),
            all.stream().filter(one -> !one.country().equals(country)).count(),
            order.destination()
                    .flatMap(Destination::point)
                    .map(near -> all.stream()
                            .mapToLong(one -> Math.round(one.point().kilometresTo(near) * 1_000))
                            .sum())
                    .orElse(0L),
            all.stream().filter(one -> one.kind() == Kind.STORE).count()
        };
    }
}
