package io.throughline.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.domain.tracing.FinishedSpan;
import io.throughline.domain.tracing.SpanSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to an OpenTelemetry collector, many at a time, in a thread of its own. Nobody waits for it: while the collector is away or
 * too slow, spans are dropped and counted. A request that failed is not repeated.
 */
final class OtlpSpans implements SpanSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpSpans.class);
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_AT_ONCE = 512;
    private static final long GATHERED_MILLIS = 500;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int FIRST_REFUSAL = 300;

    private final URI endpoint;
    private final String service;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
    private final BlockingQueue<FinishedSpan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Counter sent;
    private final Counter dropped;
    private final Thread sender;
    private boolean away;

    OtlpSpans(URI endpoint, String service, MeterRegistry registry) {
        this.endpoint = endpoint;
        this.service = service;
        this.sent = Counter.builder("throughline.spans.sent")
                .description("Spans that the OpenTelemetry collector took")
                .register(registry);
        this.dropped = Counter.builder("throughline.spans.dropped")
                .description("Spans that it did not, because it was away, slow or refused them")
                .register(registry);
        this.sender = Thread.ofVirtual().name("spans").start(this::send);
    }

    @Override
    public void ended(FinishedSpan span) {
        if (!waiting.offer(span)) {
            dropped.increment();
        }
    }

    private void send() {
        while (!closing.get() || !waiting.isEmpty()) {
            try {
                List<FinishedSpan> batch = gathered();
                if (!batch.isEmpty()) {
                    post(batch);
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** The first one waits a moment for others. */
    private List<FinishedSpan> gathered() throws InterruptedException {
        List<FinishedSpan> batch = new ArrayList<>();
        FinishedSpan first = waiting.poll(GATHERED_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            if (!closing.get()) {
                Thread.sleep(GATHERED_MILLIS);
            }
            waiting.drainTo(batch, MOST_AT_ONCE - 1);
        }
        return batch;
    }

    private void post(List<FinishedSpan> batch) throws InterruptedException {
        try {
            int status = client.send(
                            HttpRequest.newBuilder(endpoint)
                                    .timeout(ANSWER_WITHIN)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(OtlpForm.of(service, batch)))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            settled(batch, status < FIRST_REFUSAL, "it answers " + status);
        } catch (IOException unreachable) {
            settled(batch, false, unreachable.getClass().getSimpleName());
        }
    }

    /** An outage is two lines of the log, however long it lasts. */
    private void settled(List<FinishedSpan> batch, boolean taken, String otherwise) {
        (taken ? sent : dropped).increment(batch.size());
        if (taken == away) {
            away = !taken;
            if (taken) {
                LOG.info("the collector of traces takes spans again");
            } else {
                LOG.warn("the collector of traces takes no spans, and they are dropped: {}", otherwise);
            }
        }
    }

    @Override
    public void close() {
        closing.set(true);
        try {
            if (!sender.join(ANSWER_WITHIN)) {
                sender.interrupt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
