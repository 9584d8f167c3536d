package io.throughline.worker.event;

import io.dropwizard.lifecycle.Managed;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventReceiver;
import io.throughline.domain.event.EventReceiver.Outcome;
import io.throughline.domain.event.RetrySchedule;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.failure.Wordless;
import io.throughline.runtime.LogContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Delivers events for as long as it runs. Any number of processes may: they share the subscriptions by leases, and what one leaves
 * behind when it dies is delivered by another when its lease is over.
 */
public final class EventCourier implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(EventCourier.class);

    /** Longer than a delivery can take, so that nobody is overtaken who is alive. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration AT_LAST = Duration.ofSeconds(5);

    private final EventDeliveries deliveries;
    private final EventReceiver receiver;
    private final RetrySchedule schedule;
    private final DeliveryMetrics metrics;
    private final int lanes;
    private final int parallel;
    private final Semaphore free;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("event-courier").unstarted(this::deliverUntilStopped);

    public EventCourier(
            EventDeliveries deliveries, EventReceiver receiver, EventSettings settings, DeliveryMetrics metrics) {
        this.deliveries = deliveries;
        this.receiver = receiver;
        this.schedule = settings.schedule();
        this.metrics = metrics;
        this.lanes = settings.lanes();
        this.parallel = settings.parallel();
        this.free = new Semaphore(parallel);
    }

    @Override
    public void start() {
        if (parallel > 0) {
            thread.start();
        }
    }

    private void deliverUntilStopped() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = round();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait before the next one. */
    private Duration round() {
        try {
            boolean news = deliveries.place() > 0;
            for (SubscriptionId id : deliveries.due()) {
                news |= deliver(id);
            }
            metrics.observe(deliveries);
            return news ? Duration.ZERO : IDLE;
        } catch (RuntimeException unreachable) {
            LOG.warn("events can't be delivered just now: {}", unreachable.toString());
            return AFTER_FAILURE;
        }
    }

    private boolean deliver(SubscriptionId id) {
        int room = free.drainPermits();
        List<Claim> claims = List.of();
        try {
            claims = room == 0 ? List.of() : deliveries.claim(id, lanes, room, LEASE);
        } finally {
            free.release(room - claims.size());
        }
        claims.forEach(claim -> Thread.ofVirtual().name("event-" + id).start(() -> deliverLine(claim)));
        return !claims.isEmpty();
    }

    /** One event after the other, until the subject has no more or one of them fails. */
    private void deliverLine(Claim first) {
        try (MDC.MDCCloseable _ = LogContext.about(first.event().subject())) {
            Optional<Claim> next = Optional.of(first);
            while (next.isPresent()) {
                next = settle(next.get(), receiver.deliver(next.get()));
            }
        } catch (RuntimeException unreachable) {
            LOG.warn("how deliveries to {} ended is not stored: {}", first.subscription(), Wordless.words(unreachable));
        } finally {
            free.release();
        }
    }

    private Optional<Claim> settle(Claim claim, Outcome outcome) {
        metrics.count(claim.subscription(), outcome);
        switch (outcome) {
            case Outcome.Accepted() -> {
                return deliveries.delivered(claim, LEASE).filter(more -> isRunning());
            }
            case Outcome.Gone() -> deliveries.disable(claim, "answered 410");
            case Outcome.Failed(String reason) ->
                schedule.waitAfter(claim.attempts())
                        .ifPresentOrElse(
                                wait -> deliveries.putOff(claim, reason, wait), () -> deliveries.giveUp(claim, reason));
        }
        return Optional.empty();
    }

    private boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Lets what is on its way come to its end, for a few seconds. */
    @Override
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(AT_LAST);
        if (!free.tryAcquire(parallel, AT_LAST.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.info("deliveries that are still on their way will be made again");
        }
    }
}
