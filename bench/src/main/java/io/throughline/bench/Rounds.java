package io.throughline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work on several threads, and what to make of several rounds of it. */
final class Rounds {
    private Rounds() {}

    /** One thread's share. */
    interface Share {
        void run(int thread) throws Exception;
    }

    /** Seconds that all threads together took. */
    static double seconds(int threads, Share share) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<Boolean>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                shares.add(() -> {
                    share.run(thread);
                    return true;
                });
            }
            long start = System.nanoTime();
            for (Future<Boolean> future : executor.invokeAll(shares)) {
                future.get();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    static double percentile(List<Double> values, double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(percent / 100 * sorted.size()) - 1));
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
