package io.throughline.api.http;

import io.dropwizard.lifecycle.Managed;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.measure.RequestTallies;
import io.throughline.domain.measure.RequestTallies.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how requests are answered, by route and never by an id, and adds the counts to those in the database now and then. While that is
 * away the counts wait; what a process has not stored when it is killed is lost.
 */
public final class RequestTally implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTally.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration AT_LAST = Duration.ofSeconds(5);
    private static final long SLOT_SECONDS = 15 * 60;

    /** Routes and methods are few; this is for a fault in that. */
    private static final int MOST_KINDS = 10_000;

    private final RequestTallies stored;
    private final Clock clock;
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("request-tally").unstarted(this::storeUntilStopped);

    public RequestTally(RequestTallies stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    private record Kind(Instant slot, String method, String route, int withinMillis, boolean failed) {}

    void count(String method, String route, int status, Duration took) {
        long now = clock.instant().getEpochSecond();
        Instant slot = Instant.ofEpochSecond(now - now % SLOT_SECONDS);
        Kind kind = new Kind(slot, method, route, bound(took), status >= 500);
        if (counts.size() < MOST_KINDS || counts.containsKey(kind)) {
            counts.merge(kind, 1L, Long::sum);
        }
    }

    private static int bound(Duration took) {
        return Arrays.stream(RequestMetrics.BUCKETS)
                .filter(bucket -> took.compareTo(bucket) <= 0)
                .mapToInt(bucket -> Math.toIntExact(bucket.toMillis()))
                .min()
                .orElse(Tally.LONGER);
    }

    /** Adds what was counted since the last time to what is stored. */
    void store() {
        List<Tally> taken = new ArrayList<>();
        for (Kind kind : List.copyOf(counts.keySet())) {
            Long requests = counts.remove(kind);
            if (requests != null) {
                taken.add(new Tally(
                        kind.slot(), kind.method(), kind.route(), kind.withinMillis(), kind.failed(), requests));
            }
        }
        try {
            stored.add(taken);
        } catch (RuntimeException unreachable) {
            LOG.warn("how requests were answered can't be stored just now: {}", Wordless.words(unreachable));
            taken.forEach(tally -> counts.merge(
                    new Kind(tally.slot(), tally.method(), tally.route(), tally.withinMillis(), tally.failed()),
                    tally.requests(),
                    Long::sum));
        }
    }

    private void storeUntilStopped() {
        try {
            while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                store();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        store();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(AT_LAST);
    }
}
