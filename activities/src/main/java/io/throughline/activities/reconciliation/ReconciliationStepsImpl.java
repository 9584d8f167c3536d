package io.throughline.activities.reconciliation;

import io.throughline.activities.call.Obstacles;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.order.ChannelReading;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Orders;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.domain.sale.TillSales;
import io.throughline.workflows.reconciliation.ReconciliationSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Compares a channel with what we know, and hands what we missed to the inbox, so that there is one way in. Only what has changed of
 * orders that have ended is read here: for them the inbox has nobody to wake.
 */
public final class ReconciliationStepsImpl implements ReconciliationSteps {
    private static final String ORDERS = "orders";
    private static final String EVENTS = "events";
    private static final String DISPUTES = "disputes/";

    private final OutsideWorld world;
    private final ChannelReading reading;
    private final News news;
    private final Inbox inbox;
    private final FeedPass pass;
    private final Obstacles obstacles;

    public ReconciliationStepsImpl(
            OutsideWorld world,
            Orders orders,
            ChannelReading reading,
            TillSales sales,
            Inbox inbox,
            Watermarks watermarks,
            Cases cases,
            Clock clock) {
        this.world = world;
        this.reading = reading;
        this.news = new News(orders, sales, clock);
        this.inbox = inbox;
        this.pass = new FeedPass(watermarks, clock);
        this.obstacles = new Obstacles("reconcile", cases);
    }

    @Override
    public int ensureSubscriptions(AccountId account) {
        return unlessOff(
                account,
                "reconciliation.subscriptions",
                () -> world.subscriptions(account)
                        .map(port -> port.ensure(account).size())
                        .orElse(0));
    }

    @Override
    public int recoverEvents(AccountId account) {
        return unlessOff(
                account,
                "reconciliation.events",
                () -> world.feed(account)
                        .map(feed -> recoverEvents(account, feed))
                        .orElse(0));
    }

    /** What is not told to us is shown once all the rest was taken in. */
    private int recoverEvents(AccountId account, EventFeed feed) {
        List<SystemFailure> unheard = new ArrayList<>();
        int recovered = pass.run(account, EVENTS, (since, cursor) -> takeIn(account, feed, since, cursor, unheard));
        if (!unheard.isEmpty()) {
            throw unheard.getFirst();
        }
        return recovered;
    }

    private FeedPass.Turned takeIn(
            AccountId account, EventFeed feed, Instant since, Optional<String> cursor, List<SystemFailure> unheard) {
        EventFeed.Page page = feed.since(account, since, cursor);
        page.unheard().ifPresent(unheard::add);
        int recovered = 0;
        for (EventFeed.Event event : page.events()) {
            revisitDisputed(account, event);
            boolean missed = inbox.store(account, event.topic(), event.eventId(), event.subject(), event.hint());
            recovered += missed ? 1 : 0;
        }
        return new FeedPass.Turned(recovered, page.next());
    }

    /** A payment may be disputed long after its order has ended. Before the event is stored, which makes it known. */
    private void revisitDisputed(AccountId account, EventFeed.Event event) {
        if (event.topic().startsWith(DISPUTES)) {
            news.ended(account, event.subject()).ifPresent(ended -> reading.revisitDisputed(ended, event.eventId()));
        }
    }

    @Override
    public int recoverOrders(AccountId account) {
        return unlessOff(
                account,
                "reconciliation.orders",
                () -> pass.run(account, ORDERS, (since, cursor) -> compare(account, since, cursor)));
    }

    private FeedPass.Turned compare(AccountId account, Instant since, Optional<String> cursor) {
        OrderSource.Page page = world.source(account).changedSince(account, since, cursor);
        int recovered = 0;
        for (OrderSource.Changed changed : page.changed()) {
            recovered += recover(changed) ? 1 : 0;
        }
        // Last, so that no order that can't be read keeps another from being found.
        Optional<SystemFailure> left = Optional.empty();
        for (OrderSource.Changed changed : page.changed()) {
            Optional<SystemFailure> failure = revisit(changed);
            left = left.or(() -> failure);
        }
        return new FeedPass.Turned(recovered, page.next(), left);
    }

    /** Gives why it could not be done, unless no other order could be read either. */
    private Optional<SystemFailure> revisit(OrderSource.Changed changed) {
        try {
            news.changedAfterItsEnd(changed).ifPresent(ended -> reading.revisit(ended, changed.version()));
            return Optional.empty();
        } catch (SystemFailure failure) {
            return switch (failure.code()) {
                case SYSTEM_UNREACHABLE, RATE_LIMITED, CREDENTIAL_REFUSED, SYSTEM_PAUSED -> throw failure;
                default -> Optional.of(failure);
            };
        }
    }

    private boolean recover(OrderSource.Changed changed) {
        OrderKey key = changed.key();
        if (world.accounts().get(key.account()).system().sellsAtTills() && !news.isOrder(key)) {
            return news.missedSale(changed) && store(News.OF_SALE, changed, "work/" + key);
        }
        long stored = news.missed(changed).stream()
                .filter(topic -> store(topic, changed, key.workflowId()))
                .count();
        return stored > 0;
    }

    private boolean store(String topic, OrderSource.Changed changed, String subject) {
        OrderKey key = changed.key();
        return inbox.store(key.account(), topic, key.externalId() + "@" + changed.version(), subject, "{}");
    }

    /** A pass may have been due before its account was switched off. */
    private int unlessOff(AccountId account, String step, IntSupplier work) {
        return world.accounts().isOff(account) ? 0 : obstacles.overcomeOrPassBy(account, step, work);
    }
}
