package io.throughline.worker.attention;

import io.throughline.domain.intervention.Attention;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Orders in memory; every turn is due. */
final class TestingAttention implements Attention {
    private final Set<OrderKey> open = new LinkedHashSet<>();
    private final Map<String, String> marks = new HashMap<>();
    private final List<Overdue> overdue = new ArrayList<>();
    private final List<Forsaken> forsaken = new ArrayList<>();

    Set<OrderKey> open() {
        return open;
    }

    List<Overdue> overdue() {
        return overdue;
    }

    List<Forsaken> forsaken() {
        return forsaken;
    }

    @Override
    public Optional<String> take(String sweep, Duration every) {
        return Optional.of(marks.getOrDefault(sweep, ""));
    }

    @Override
    public void reached(String sweep, String mark) {
        marks.put(sweep, mark);
    }

    @Override
    public Page openOrders(String mark, Instant until, int limit) {
        int from = mark.isEmpty() ? 0 : Integer.parseInt(mark);
        List<OpenOrder> page = open.stream()
                .skip(from)
                .limit(limit)
                .map(key -> new OpenOrder(OrderId.of(key), key))
                .toList();
        return new Page(page, page.size() < limit ? "" : Integer.toString(from + limit));
    }

    @Override
    public Set<OrderKey> open(Collection<OrderKey> orders) {
        return orders.stream().filter(open::contains).collect(Collectors.toSet());
    }

    @Override
    public Set<OrderKey> over(Collection<OrderKey> orders, Instant until) {
        Set<OrderKey> over = new HashSet<>(orders);
        over.removeAll(open);
        return over;
    }

    @Override
    public OverduePage overdue(String mark, Instant until, int limit) {
        return new OverduePage(overdue, "");
    }

    @Override
    public List<Forsaken> forsaken(Duration silence, int limit) {
        return List.copyOf(forsaken);
    }

    @Override
    public Optional<OrderKey> keyOf(OrderId order) {
        return open.stream().filter(key -> OrderId.of(key).equals(order)).findFirst();
    }
}
