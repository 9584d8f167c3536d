package io.throughline.domain;

import java.util.Random;

/** Seeds of random tests. Each is told, so that what it led to can be had again by {@code -Dthroughline.seed}. */
public final class Seeds {
    private Seeds() {}

    public static long next() {
        long seed = Long.getLong("throughline.seed", new Random().nextLong());
        System.out.println("  seed " + seed);
        return seed;
    }
}
