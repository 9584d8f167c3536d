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
 * {@code fresh}. After a reading that failed there is none for a pause that grows up to a minute: who is in trouble is not asked by every page
 * that somebody has open.
 */
public final class ReadBeside<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadBeside.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String what;
    private final Function<Instant, T> read;
    private final Duration fresh;
    private final Clock clock;
    // Threads of its kind end with the process.
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicReference<Optional<Known<T>>> latest = new AtomicReference<>(Optional.empty());

    private final AtomicReference<Optional<Failed>> failed = new AtomicReference<>(Optional.empty());

    private record Known<T>(Instant at, T value) {}

    /** How often in a row, and until when nothing is read. */
    private record Failed(int times, Instant until) {}

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
        Instant now = clock.instant();
        boolean enough = known.filter(one -> one.at().plus(fresh).isAfter(now)).isPresent();
        boolean pauses = failed.get().filter(one -> one.until().isAfter(now)).isPresent();
        if (!enough && !pauses && reading.compareAndSet(false, true)) {
            var _ = reader.submit(this::read);
        }
        return known.map(Known::value);
    }

    /** The last reading has failed, and another one is made after a pause. */
    public boolean failing() {
        return failures() > 0;
    }

    /** In a row. */
    int failures() {
        return failed.get().map(Failed::times).orElse(0);
    }

    private void read() {
        try {
            Instant now = clock.instant();
            latest.set(Optional.of(new Known<>(now, read.apply(now))));
            failed.set(Optional.empty());
        } catch (RuntimeException notNow) {
            int times = failures() + 1;
            failed.set(Optional.of(new Failed(times, clock.instant().plus(pause(times)))));
            LOG.warn("{} can't be read just now: {}", what, Wordless.words(notNow));
        } finally {
            reading.set(false);
        }
    }

    private static Duration pause(int times) {
        Duration growing = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
        return growing.compareTo(LONGEST_PAUSE) < 0 ? growing : LONGEST_PAUSE;
    }
}
