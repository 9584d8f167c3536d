package io.throughline.worker;

import java.time.Duration;

/** Looks again and again at something that is shown in the metrics. While the database is away they tell what they told before. */
final class Measuring extends RepeatedWork {
    private final String what;
    private final Runnable look;

    Measuring(String what, Runnable look, Duration every) {
        super("measuring " + what, every);
        this.what = what;
        this.look = look;
    }

    @Override
    void work() {
        attempt(what + " can't be measured", look);
    }
}
