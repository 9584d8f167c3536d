package io.throughline.worker.inbox;

import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.Tracer;
import io.throughline.runtime.LogContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands stored messages to their processes, several subjects at a time, for as long as it runs. While Temporal or the database is away
 * it waits and tries again: the inbox fills, and nothing is lost.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final Inbox.Handler handler;
    private final Tracer tracer;
    private final Semaphore lookout = new Semaphore(1);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    public Dispatcher(Inbox inbox, Inbox.Handler handler, Tracer tracer) {
        this.inbox = inbox;
        this.handler = handler;
        this.tracer = tracer;
    }

    public void start(int parallel) {
        for (int i = 1; i <= parallel; i++) {
            threads.add(Thread.ofVirtual().name("inbox-" + i).start(this::dispatch));
        }
    }

    private void dispatch() {
        while (running.get()) {
            try {
                lookOut();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException unreachable) {
                LOG.warn("the inbox can't be worked on just now: {}", unreachable.toString());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    /** One looks out for messages at a time, for all would see the same. Whoever has some lets the next one look. */
    private void lookOut() throws InterruptedException {
        lookout.acquire();
        Handover handover = new Handover();
        try {
            if (!inbox.dispatchNext(handover)) {
                inbox.awaitNews(IDLE);
            }
        } finally {
            handover.pass();
        }
    }

    /** The turn to look out, which is passed on once. */
    private final class Handover implements Inbox.Handler {
        private boolean passed;

        @Override
        public Inbox.Handling handle(InboxMessage message) {
            pass();
            return about(message, () -> TemporalAway.told(() -> handler.handle(message)));
        }

        @Override
        public Optional<Inbox.Handling> handleTogether(List<InboxMessage> gathered) {
            pass();
            return about(gathered.getFirst(), () -> TemporalAway.told(() -> handler.handleTogether(gathered)));
        }

        /** What was stored within a trace goes on in it; what was stored in none begins one, for here is where processes begin. */
        private <R> R about(InboxMessage message, Supplier<R> handling) {
            try (MDC.MDCCloseable _ = LogContext.about(message.subject())) {
                return tracer.begin(
                        "inbox " + message.subject().replaceFirst("/.*", ""),
                        SpanKind.CONSUMER,
                        message.storedBy(),
                        () -> LogContext.inTrace(() -> {
                            Span.note("throughline.subject", message.subject());
                            Span.note("throughline.topic", message.topic());
                            return handling.get();
                        }));
            }
        }

        void pass() {
            if (!passed) {
                passed = true;
                lookout.release();
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** Lets messages in hand come to their end, for a few seconds. */
    public void stop() throws InterruptedException {
        running.set(false);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}
