package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.TestingWorkChanges;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.RoutingDecision;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The orders in memory. */
public final class TestingOrders implements Orders {
    private final Clock clock;
    private final FulfillmentOrders work;
    private final TestingPeople people;
    private final TestingWorkChanges changes;
    private final Map<OrderId, Row> rows = new LinkedHashMap<>();

    public TestingOrders(Clock clock, FulfillmentOrders work, TestingPeople people) {
        this.clock = clock;
        this.work = work;
        this.people = people;
        this.changes = new TestingWorkChanges(work);
    }

    /** What has changed of their work at its channel. */
    public TestingWorkChanges changes() {
        return changes;
    }

    @Override
    public synchronized OrderView hint(OrderKey key, Channel channel, OrderRules rules) {
        Row row = rows.computeIfAbsent(OrderId.of(key), unknown -> new Row(key, channel, clock.instant()));
        row.hintedAt = Optional.of(clock.instant());
        row.rules = row.rules.or(() -> Optional.of(rules));
        return view(row);
    }

    @Override
    public synchronized Accepted accept(Order told, PersonalData person, Instant readAt) {
        Row row = rows.computeIfAbsent(told.id(), unknown -> new Row(told.key(), told.channel(), clock.instant()));
        Order order = told.naming(row.names);
        row.hintedAt = row.hintedAt.filter(hint -> hint.isAfter(readAt));
        Reading read = new Reading(order.version(), readAt);
        if (row.order
                .filter(known -> known.equals(order) || !read.supersedes(new Reading(known.version(), row.readAt)))
                .isPresent()) {
            if (row.order.get().equals(order) && readAt.isAfter(row.readAt)) {
                row.readAt = readAt;
                keep(row.order, order, person);
            }
            return new Accepted(false, row.order.get());
        }
        keep(row.order, order, person);
        row.order = Optional.of(order);
        row.versions.addFirst(order);
        row.readAt = readAt;
        row.payment = order.paymentStatus();
        return new Accepted(true, order);
    }

    /** As somebody has decided. */
    public synchronized void name(OrderId id, Sku name, Sku product) {
        row(id).names.put(name, product);
    }

    @Override
    public synchronized Order named(OrderId id) {
        Row row = row(id);
        Order newest = row.order.orElseThrow();
        Order named = newest.naming(row.names);
        if (!named.equals(newest)) {
            row.order = Optional.of(named);
            row.versions.addFirst(named);
        }
        return named;
    }

    private void keep(Optional<Order> before, Order order, PersonalData person) {
        changes.heed(before.flatMap(Order::destination), people.find(order.customer()), order, person);
        people.put(order.customer(), person);
    }

    @Override
    public synchronized Optional<OrderView> view(OrderId id) {
        return Optional.ofNullable(rows.get(id)).map(this::view);
    }

    @Override
    public synchronized Optional<Order> find(OrderId id) {
        return Optional.ofNullable(rows.get(id)).flatMap(row -> row.order);
    }

    @Override
    public synchronized List<Order> versions(OrderId id) {
        return List.copyOf(row(id).versions);
    }

    @Override
    public synchronized Optional<Reading> reading(OrderId id) {
        return find(id).map(order -> new Reading(order.version(), row(id).readAt));
    }

    @Override
    public synchronized void advance(OrderId id, OrderStatus to, String reason) {
        Row row = row(id);
        if (row.status != to) {
            if (!row.status.next().contains(to)) {
                throw new IllegalStateException(id + " can't go from " + row.status + " to " + to);
            }
            row.status = to;
        }
    }

    /** As if the channel had told so. */
    public synchronized void payment(OrderId id, PaymentStatus status) {
        row(id).payment = status;
    }

    @Override
    public synchronized void posting(OrderId id, PostingStatus status) {
        if (status.mayFollow(row(id).posting)) {
            row(id).posting = status;
        }
    }

    @Override
    public void unplaced(OrderId id, RoutingDecision decision) {
        routed(id, decision);
    }

    /** As the ledger tells when it gives an order's work out. */
    public synchronized void routed(OrderId id, RoutingDecision decision) {
        row(id).routing = Optional.of(decision);
    }

    @Override
    public synchronized void requestCancel(OrderId id, String actor, String reason) {
        Row row = row(id);
        if (row.cancelRequestedAt.isEmpty()) {
            row.cancelRequestedAt = Optional.of(clock.instant());
        }
    }

    @Override
    public synchronized void declineCancel(OrderId id, String why) {
        Row row = row(id);
        boolean cancelledAtChannel = find(id).flatMap(Order::cancelledAt).isPresent();
        if (row.cancelRequestedAt.isPresent() && !cancelledAtChannel) {
            row.cancelRequestedAt = Optional.empty();
            row.cancelDeclinedAt = Optional.of(clock.instant());
        }
    }

    @Override
    public synchronized List<OrderView> recent(int limit) {
        return rows.values().stream().map(this::view).toList().reversed().stream()
                .limit(limit)
                .toList();
    }

    private OrderView view(Row row) {
        OrderId id = OrderId.of(row.key);
        return new OrderView(
                id,
                row.key,
                row.order.map(Order::name).orElse("#" + row.key.externalId()),
                row.channel,
                row.status,
                row.payment,
                row.posting,
                row.hintedAt.isPresent(),
                row.cancelRequestedAt,
                row.cancelDeclinedAt,
                row.rules,
                row.routing,
                row.receivedAt,
                clock.instant(),
                work.ofOrder(id));
    }

    private Row row(OrderId id) {
        return Optional.ofNullable(rows.get(id)).orElseThrow(() -> new IllegalStateException("no order " + id));
    }

    private static final class Row {
        private final OrderKey key;
        private final Channel channel;
        private final Instant receivedAt;
        private final List<Order> versions = new ArrayList<>();
        private final Map<Sku, Sku> names = new LinkedHashMap<>();
        private Optional<Order> order = Optional.empty();
        private Instant readAt = Instant.EPOCH;
        private OrderStatus status = OrderStatus.RECEIVED;
        private PaymentStatus payment = PaymentStatus.PENDING;
        private PostingStatus posting = PostingStatus.PENDING;
        private Optional<Instant> cancelRequestedAt = Optional.empty();
        private Optional<Instant> cancelDeclinedAt = Optional.empty();
        private Optional<Instant> hintedAt = Optional.empty();
        private Optional<OrderRules> rules = Optional.empty();
        private Optional<RoutingDecision> routing = Optional.empty();

        private Row(OrderKey key, Channel channel, Instant receivedAt) {
            this.key = key;
            this.channel = channel;
            this.receivedAt = receivedAt;
        }
    }
}
