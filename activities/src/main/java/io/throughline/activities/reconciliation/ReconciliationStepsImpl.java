package io.throughline.activities.reconciliation;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Orders;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.workflows.reconciliation.ReconciliationSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares a channel with what we know, and hands what we missed to the inbox, so that there is one way in. The window overlaps the
 * one before, since channels index their changes late.
 */
public final class ReconciliationStepsImpl implements ReconciliationSteps {
    private static final String FEED = "orders";
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(7);

    private final OutsideWorld world;
    private final Orders orders;
    private final Inbox inbox;
    private final Watermarks watermarks;
    private final Clock clock;

    public ReconciliationStepsImpl(OutsideWorld world, Orders orders, Inbox inbox, Watermarks watermarks, Clock clock) {
        this.world = world;
        this.orders = orders;
        this.inbox = inbox;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    @Override
    public int ensureSubscriptions(AccountId account) {
        return translating(() -> world.subscriptions(account)
                .map(port -> port.ensure(account).size())
                .orElse(0));
    }

    @Override
    public int recoverOrders(AccountId account) {
        return translating(() -> {
            Instant began = clock.instant();
            Instant since = watermarks
                    .completeUpTo(account, FEED)
                    .map(complete -> complete.minus(OVERLAP))
                    .orElseGet(() -> began.minus(FIRST_LOOK_BACK));
            int recovered = 0;
            Optional<String> cursor = Optional.empty();
            do {
                OrderSource.Page page = world.source(account).changedSince(account, since, cursor);
                for (OrderSource.Changed changed : page.changed()) {
                    recovered += missed(changed) && store(changed) ? 1 : 0;
                }
                Activity.getExecutionContext().heartbeat(recovered);
                cursor = page.next();
            } while (cursor.isPresent());
            watermarks.advance(account, FEED, began);
            return recovered;
        });
    }

    private boolean missed(OrderSource.Changed changed) {
        Optional<Instant> known = orders.find(OrderId.of(changed.key())).map(Order::version);
        return known.map(version -> version.isBefore(changed.version())).orElse(true);
    }

    private boolean store(OrderSource.Changed changed) {
        OrderKey key = changed.key();
        return inbox.store(
                key.account(),
                "throughline/reconciled",
                key.externalId() + "@" + changed.version(),
                key.workflowId(),
                "{}");
    }

    private static int translating(java.util.function.IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (SystemFailure failure) {
            ApplicationFailure.Builder again = ApplicationFailure.newBuilder()
                    .setType(failure.code().name())
                    .setMessage(String.valueOf(failure.getMessage()));
            failure.retryAfter().ifPresent(again::setNextRetryDelay);
            throw again.build();
        }
    }
}
