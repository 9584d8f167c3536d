package io.throughline.domain.marketplace;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The orders of marketplaces, in memory. What was written once stays. */
public final class TestingMarketplaceOrders implements MarketplaceOrders {
    private final Map<OrderId, MarketplaceOrder> orders = new ConcurrentHashMap<>();
    private final Map<OrderId, List<MarketplaceRefund>> refunds = new ConcurrentHashMap<>();
    private final Map<String, ReturnId> returnsAsked = new ConcurrentHashMap<>();
    private final Set<Pressing> noted = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    public TestingMarketplaceOrders(Clock clock) {
        this.clock = clock;
    }

    public void put(OrderKey key, MarketplaceDeadlines deadlines) {
        orders.put(
                OrderId.of(key),
                new MarketplaceOrder(
                        key, deadlines, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Override
    public Optional<MarketplaceOrder> find(OrderId order) {
        return Optional.ofNullable(orders.get(order));
    }

    @Override
    public void acknowledged(OrderId order) {
        change(
                order,
                one -> new MarketplaceOrder(
                        one.key(),
                        one.deadlines(),
                        one.acknowledgedAt().or(this::now),
                        one.shippedAt(),
                        one.cancellationAskedAt(),
                        one.calledOff()));
    }

    @Override
    public void shipped(OrderId order) {
        change(
                order,
                one -> new MarketplaceOrder(
                        one.key(),
                        one.deadlines(),
                        one.acknowledgedAt(),
                        one.shippedAt().or(this::now),
                        one.cancellationAskedAt(),
                        one.calledOff()));
    }

    @Override
    public void cancellationAsked(OrderId order) {
        change(
                order,
                one -> new MarketplaceOrder(
                        one.key(),
                        one.deadlines(),
                        one.acknowledgedAt(),
                        one.shippedAt(),
                        one.cancellationAskedAt().or(this::now),
                        one.calledOff()));
    }

    @Override
    public void calledOff(OrderId order, CancellationReason reason, String reference) {
        change(
                order,
                one -> new MarketplaceOrder(
                        one.key(),
                        one.deadlines(),
                        one.acknowledgedAt(),
                        one.shippedAt(),
                        one.cancellationAskedAt(),
                        one.calledOff()
                                .or(() -> Optional.of(
                                        new MarketplaceOrder.CalledOff(clock.instant(), reason, reference)))));
    }

    @Override
    public void returnAsked(OrderId order, ReturnId as, String request) {
        returnsAsked.put(request, as);
    }

    public Map<String, ReturnId> returnsAsked() {
        return Map.copyOf(returnsAsked);
    }

    @Override
    public void refunded(OrderId order, MarketplaceRefund refund) {
        refunds.compute(
                order,
                (id, before) -> before == null
                        ? List.of(refund)
                        : before.stream().anyMatch(one -> one.reference().equals(refund.reference()))
                                ? before
                                : Stream.concat(before.stream(), Stream.of(refund))
                                        .toList());
    }

    @Override
    public List<MarketplaceRefund> refunds(OrderId order) {
        return refunds.getOrDefault(order, List.of());
    }

    @Override
    public List<Pressing> pressing(Collection<AccountId> accounts, int limit) {
        return orders.values().stream()
                .filter(order -> accounts.contains(order.key().account()))
                .flatMap(order -> Arrays.stream(Kind.values()).flatMap(kind -> pressing(order, kind).stream()))
                .sorted(Comparator.comparing(Pressing::by))
                .limit(limit)
                .toList();
    }

    private Optional<Pressing> pressing(MarketplaceOrder order, Kind kind) {
        Instant now = clock.instant();
        if (order.isSettled(kind) || now.isBefore(order.deadlines().atRiskFrom(kind))) {
            return Optional.empty();
        }
        Urgency urgency = now.isBefore(order.deadlines().by(kind)) ? Urgency.AT_RISK : Urgency.MISSED;
        OrderId id = OrderId.of(order.key());
        return Optional.of(new Pressing(
                        id,
                        order.key().account(),
                        kind,
                        urgency,
                        order.deadlines().by(kind)))
                .filter(pressing -> !noted.contains(pressing));
    }

    @Override
    public void noted(Pressing pressing) {
        noted.add(pressing);
    }

    private void change(OrderId order, UnaryOperator<MarketplaceOrder> change) {
        orders.computeIfPresent(order, (id, one) -> change.apply(one));
    }

    private Optional<Instant> now() {
        return Optional.of(clock.instant());
    }
}
