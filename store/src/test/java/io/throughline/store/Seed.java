package io.throughline.store;

/** Where chance in a test begins: printed, and the same again with {@code -Dthroughline.seed=…}. */
public final class Seed {
    private Seed() {}

    public static long of(Class<?> test) {
        long seed = Long.getLong("throughline.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + " seed " + seed);
        return seed;
    }
}
