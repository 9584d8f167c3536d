package io.throughline.worker;

import io.throughline.domain.failure.Wordless;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at something that is shown in the metrics. While the database is away they tell what they told before. */
final class Measuring extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    private final String what;
    private final Runnable look;

    Measuring(String what, Runnable look, Duration every) {
        super("measuring " + what, every);
        this.what = what;
        this.look = look;
    }

    @Override
    void work() {
        try {
            look.run();
        } catch (RuntimeException unreachable) {
            LOG.warn("{} can't be measured just now: {}", what, Wordless.words(unreachable));
        }
    }
}
