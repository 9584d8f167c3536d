package io.throughline.domain.routing.trial;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.routing.StockTurnover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A past that a test makes up. */
public final class TestingHistory implements RoutingHistory {
    private final List<RecordedOrder> orders = new ArrayList<>();
    private final Map<Sku, Map<FacilityId, Integer>> atFirst = new HashMap<>();
    private final Map<Sku, List<StockRecord.Change>> changes = new HashMap<>();
    private final Map<FacilityId, Duration> handling = new HashMap<>();
    private final Map<Sku, Map<FacilityId, StockTurnover>> turnover = new HashMap<>();
    private final Map<Sku, String> brands = new HashMap<>();

    public TestingHistory order(Instant at, Order order) {
        orders.add(new RecordedOrder(order, at));
        return this;
    }

    public TestingHistory stock(FacilityId facility, Sku sku, int units) {
        atFirst.computeIfAbsent(sku, unknown -> new HashMap<>()).put(facility, units);
        return this;
    }

    public TestingHistory change(Instant at, FacilityId facility, Sku sku, int units) {
        changes.computeIfAbsent(sku, unknown -> new ArrayList<>()).add(new StockRecord.Change(at, facility, units));
        return this;
    }

    public TestingHistory moves(FacilityId facility, Sku sku, double soldAWeek, Instant oldestSince) {
        turnover.computeIfAbsent(sku, unknown -> new HashMap<>())
                .put(facility, new StockTurnover(0, soldAWeek, Optional.of(oldestSince)));
        return this;
    }

    public TestingHistory brand(Sku sku, String brand) {
        brands.put(sku, brand);
        return this;
    }

    public TestingHistory order(Instant at, Order order, Instant shipBy) {
        orders.add(new RecordedOrder(order, at, Optional.of(shipBy)));
        return this;
    }

    public TestingHistory handles(FacilityId facility, Duration piece) {
        handling.put(facility, piece);
        return this;
    }

    @Override
    public boolean forEachOrder(Window window, int most, Consumer<RecordedOrder> reader) {
        List<RecordedOrder> within = orders.stream()
                .filter(one -> !one.at().isBefore(window.from()) && one.at().isBefore(window.until()))
                .sorted(Comparator.comparing(RecordedOrder::at))
                .toList();
        within.stream().limit(most).forEach(reader);
        return within.size() <= most;
    }

    @Override
    public StockRecord stock(Sku sku, Window window) {
        return new StockRecord(atFirst.getOrDefault(sku, Map.of()), changes.getOrDefault(sku, List.of()));
    }

    @Override
    public Map<FacilityId, StockTurnover> turnover(Sku sku, Instant at) {
        return turnover.getOrDefault(sku, Map.of());
    }

    @Override
    public Optional<String> brand(Sku sku) {
        return Optional.ofNullable(brands.get(sku));
    }

    @Override
    public Map<FacilityId, Duration> handling(Window window) {
        return Map.copyOf(handling);
    }
}
