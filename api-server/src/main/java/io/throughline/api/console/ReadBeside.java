package io.throughline.api.console;

import io.throughline.domain.failure.Wordless;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes longer to read than anybody waits for a page: it is read beside, one reading at a time, when somebody asks for what is older than
 * {@code fresh}.
 */
public final class ReadBeside<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadBeside.class);

    private final String what;
    private final Function<Instant, T> read;
    private final Duration fresh;
    private final Clock clock;
    // Threads of its kind end with the process.
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicReference<Optional<Known<T>>> latest = new AtomicReference<>(Optional.empty());

    private record Known<T>(Instant at, T value) {}

    /** {@code what} is its name in the log; {@code read} is given the moment of the reading. */
    public ReadBeside(String what, Function<Instant, T> read, Duration fresh, Clock clock) {
        this.what = what;
        this.read = read;
        this.fresh = fresh;
        this.clock = clock;
    }

    /** What was read last; empty while the first reading is under way. */
    public Optional<T> latest() {
        Optional<Known<T>> known = latest.get();
        boolean enough = known.filter(one -> one.at().plus(fresh).isAfter(clock.instant()))
                .isPresent();
        if (!enough && reading.compareAndSet(false, true)) {
            var _ = reader.submit(this::read);
        }
        return known.map(Known::value);
    }

    private void read() {
        try {
            Instant now = clock.instant();
            latest.set(Optional.of(new Known<>(now, read.apply(now))));
        } catch (RuntimeException notNow) {
            LOG.warn("{} can't be read just now: {}", what, Wordless.words(notNow));
        } finally {
            reading.set(false);
        }
    }
}
