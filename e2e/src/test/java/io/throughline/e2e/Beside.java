package io.throughline.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same with many at once. What failed is told when all have come to their end. */
final class Beside {
    private static final int AT_ONCE = 16;

    private Beside() {}

    static <T> void each(List<T> all, Consumer<T> work) {
        of(all, AT_ONCE, one -> {
            work.accept(one);
            return true;
        });
    }

    /** What each gives, in the order of {@code all}. */
    static <T, R> List<R> of(List<T> all, int atOnce, Function<T, R> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<R>> running = all.stream()
                    .map(one -> threads.submit((Callable<R>) () -> work.apply(one)))
                    .toList();
            List<R> results = new ArrayList<>();
            List<AssertionError> failures = new ArrayList<>();
            for (Future<R> one : running) {
                try {
                    results.add(one.get());
                } catch (ExecutionException failed) {
                    failures.add(new AssertionError(failed.getCause().getMessage(), failed.getCause()));
                }
            }
            if (!failures.isEmpty()) {
                AssertionError first = failures.removeFirst();
                failures.forEach(first::addSuppressed);
                throw first;
            }
            return results;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }
}
