package io.throughline.bench;

import io.throughline.domain.routing.SplitProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The best of every set of a few options whose values are added up: plain loops, without a thought. */
final class BruteForce {
    private final int[] wanted;
    private final int[][] gives;
    private final long[][] values;
    private long[] best = {};

    private BruteForce(SplitProblem problem) {
        this.wanted = problem.wanted().stream().mapToInt(Integer::intValue).toArray();
        this.gives = problem.options().stream()
                .map(option ->
                        option.gives().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        this.values = problem.options().stream()
                .map(option ->
                        option.values().stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
    }

    /** Its value by each criterion. */
    static Optional<List<Long>> best(SplitProblem problem, int most) {
        BruteForce search = new BruteForce(problem);
        search.extend(new int[most], 0, 0);
        return search.best.length == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(search.best).boxed().toList());
    }

    private void extend(int[] set, int size, int from) {
        if (size > 0 && serves(set, size)) {
            long[] value = value(set, size);
            if (best.length == 0 || Arrays.compare(value, best) < 0) {
                best = value;
            }
        }
        for (int next = from; size < set.length && next < gives.length; next++) {
            set[size] = next;
            extend(set, size + 1, next + 1);
        }
    }

    private boolean serves(int[] set, int size) {
        for (int thing = 0; thing < wanted.length; thing++) {
            int given = 0;
            for (int at = 0; at < size; at++) {
                given += gives[set[at]][thing];
            }
            if (given < wanted[thing]) {
                return false;
            }
        }
        return true;
    }

    private long[] value(int[] set, int size) {
        long[] value = new long[values[0].length];
        for (int at = 0; at < size; at++) {
            for (int criterion = 0; criterion < values[0].length; criterion++) {
                value[criterion] += values[set[at]][criterion];
            }
        }
        return value;
    }
}
