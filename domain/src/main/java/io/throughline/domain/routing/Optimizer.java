package io.throughline.domain.routing;

import io.throughline.domain.routing.SplitProblem.Option;
import io.throughline.domain.routing.SplitProblem.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Solves a {@link SplitProblem}: the set of options that gives all that is wanted and is best by its criteria, the earlier one deciding first.
 * Of sets that are worth the same it is the greedy one (each time the option that gives most of what is left), else the one whose options come
 * first in their order. By branch and bound, after the options that others outdo in everything are left out. A rule without a limit is
 * answered for sets as large as the greedy one, and for three at least.
 *
 * <p>Exact unless it takes more than {@link #MOST_TRIES} sets: then it gives the best that it has seen, and says so. The same problem always has the
 * same solution, on any machine.
 */
public final class Optimizer {
    /** A tenth of a second or so. */
    static final int MOST_TRIES = 1_000_000;

    /** To share things that are made of the same parts takes so much longer than a set of others. */
    private static final int TRIES_OF_SHARING = 20;

    private static final int LEAST_LIMIT = 3;

    private final SplitProblem problem;
    private final int[] wanted;
    private final int[][] gives;
    private final long[][] values;
    private final long[] unitPrices;
    private final Sum[] sums;
    private final boolean priced;
    private final boolean fewestFirst;
    private final int limit;
    private final Optional<int[]> greedy;
    private final int[] kept;
    private final int[][] givers;
    private final int[] mostGiven;
    private final long[] least;
    private final long leastForUnits;
    private final boolean[] closed;

    private int[] best = {};
    private long[] bestValue = {};
    private int tries;

    private Optimizer(SplitProblem problem) {
        this.problem = problem;
        this.wanted = ints(problem.wanted());
        this.gives =
                problem.options().stream().map(option -> ints(option.gives())).toArray(int[][]::new);
        this.sums = Stream.concat(problem.sums().stream(), Stream.of(Sum.ADDED)).toArray(Sum[]::new);
        this.values = IntStream.range(0, gives.length).mapToObj(this::valuesOf).toArray(long[][]::new);
        this.unitPrices =
                problem.options().stream().mapToLong(Option::unitPrice).toArray();
        this.priced = problem.sums().contains(Sum.PRICED);
        this.fewestFirst = sums[0] == Sum.ADDED && Arrays.stream(values).allMatch(value -> value[0] == 1);
        this.greedy = greedy();
        this.limit = problem.mostOptions()
                .orElseGet(() ->
                        Math.max(LEAST_LIMIT, greedy.map(set -> set.length).orElse(gives.length)));
        this.kept = kept();
        this.givers = IntStream.range(0, wanted.length).mapToObj(this::giversOf).toArray(int[][]::new);
        this.mostGiven = IntStream.range(0, wanted.length)
                .map(thing ->
                        Arrays.stream(kept).map(one -> gives[one][thing]).max().orElse(0))
                .toArray();
        this.least = IntStream.range(0, sums.length)
                .mapToLong(at -> Arrays.stream(kept)
                        .mapToLong(one -> values[one][at])
                        .min()
                        .orElse(0))
                .toArray();
        this.leastForUnits = Arrays.stream(wanted).sum()
                * Arrays.stream(kept).mapToLong(one -> unitPrices[one]).min().orElse(0);
        this.closed = new boolean[gives.length];
    }

    /** Empty when no set of as many options as are allowed can do it. */
    public static Optional<SplitSolution> solve(SplitProblem problem) {
        return new Optimizer(problem).solve();
    }

    private Optional<SplitSolution> solve() {
        if (greedy.isEmpty()) {
            return Optional.empty();
        }
        greedy.filter(set -> set.length <= limit).ifPresent(this::begin);
        for (int size = fewestFirst ? 1 : limit; size <= limit && !(fewestFirst && done(size)); size++) {
            extend(new int[size], 0, wanted, new long[sums.length]);
        }
        return best.length == 0 ? Optional.empty() : Optional.of(solution());
    }

    /** With fewest first, nothing larger can be better than what was found. */
    private boolean done(int size) {
        return tries > MOST_TRIES || (best.length > 0 && best.length < size);
    }

    private SplitSolution solution() {
        Set<Integer> outdone =
                new HashSet<>(IntStream.range(0, gives.length).boxed().toList());
        Arrays.stream(kept).forEach(outdone::remove);
        Arrays.stream(best).forEach(outdone::remove);
        return new SplitSolution(
                Arrays.stream(best).boxed().toList(),
                Arrays.stream(bestValue, 0, problem.sums().size()).boxed().toList(),
                tries <= MOST_TRIES,
                outdone);
    }

    /** Tries every set that has the chosen options and none of the closed ones, of at most as many as {@code chosen} has room for. */
    private void extend(int[] chosen, int size, int[] left, long[] sum) {
        int thing = scarcest(left);
        if (thing < 0) {
            int[] set = Arrays.copyOf(chosen, size);
            tries += problem.sharable().isPresent() ? TRIES_OF_SHARING : 0;
            if (sharable(set)) {
                offer(set);
                if (!priced) {
                    return;
                }
            }
        }
        if (size == chosen.length) {
            return;
        }
        int[] choices = thing < 0 ? kept : givers[thing];
        List<Integer> tried = new ArrayList<>();
        for (int choice : choices) {
            if (closed[choice]) {
                continue;
            }
            tries++;
            if (tries > MOST_TRIES) {
                break;
            }
            closed[choice] = true;
            tried.add(choice);
            int[] after = minus(left, gives[choice]);
            int needed = needed(after);
            long[] valueSoFar = and(sum, values[choice]);
            if (size + 1 + needed <= chosen.length && mayBeBetter(valueSoFar, needed)) {
                chosen[size] = choice;
                extend(chosen, size + 1, after, valueSoFar);
            }
        }
        tried.forEach(choice -> closed[choice] = false);
    }

    /** The greedy set comes before all others that are worth the same. */
    private void begin(int[] set) {
        offer(set);
        bestValue[bestValue.length - 1] = 0;
    }

    private void offer(int[] set) {
        int[] sorted = set.clone();
        Arrays.sort(sorted);
        long[] value = valueOf(sorted);
        if (best.length == 0 || Arrays.compare(value, bestValue) < 0) {
            best = sorted;
            bestValue = value;
        }
    }

    private boolean sharable(int[] set) {
        return problem.sharable()
                .map(test -> test.test(Arrays.stream(set).sorted().boxed().toList()))
                .orElse(true);
    }

    /** What is left to be given that the fewest options give; -1 when nothing is left. */
    private int scarcest(int[] left) {
        int scarcest = -1;
        for (int thing = 0; thing < left.length; thing++) {
            if (left[thing] > 0 && (scarcest < 0 || givers[thing].length < givers[scarcest].length)) {
                scarcest = thing;
            }
        }
        return scarcest;
    }

    /** How many more options it takes at least. */
    private int needed(int[] left) {
        int needed = 0;
        for (int thing = 0; thing < left.length; thing++) {
            if (left[thing] > 0) {
                needed = Math.max(
                        needed, mostGiven[thing] == 0 ? gives.length : Math.ceilDiv(left[thing], mostGiven[thing]));
            }
        }
        return needed;
    }

    /** By what every larger set is worth at least. */
    private boolean mayBeBetter(long[] sum, int needed) {
        if (best.length == 0) {
            return true;
        }
        for (int at = 0; at < sum.length; at++) {
            long bound = switch (sums[at]) {
                case ADDED -> sum[at] + needed * least[at];
                case GREATEST -> needed == 0 ? sum[at] : Math.max(sum[at], least[at]);
                case PRICED -> sum[at] + needed * least[at] + leastForUnits;
            };
            if (bound != bestValue[at]) {
                return bound < bestValue[at];
            }
        }
        return false;
    }

    private long[] and(long[] sum, long[] value) {
        long[] together = new long[sum.length];
        for (int at = 0; at < sum.length; at++) {
            together[at] = sums[at] == Sum.GREATEST ? Math.max(sum[at], value[at]) : sum[at] + value[at];
        }
        return together;
    }

    private long[] valueOf(int[] set) {
        long[] value = new long[sums.length];
        for (int one : set) {
            value = and(value, values[one]);
        }
        if (priced) {
            value[problem.sums().indexOf(Sum.PRICED)] += priceOfUnits(set);
        }
        return value;
    }

    /** Each unit is given by the cheapest that has it. */
    private long priceOfUnits(int[] set) {
        long price = 0;
        int[] left = wanted;
        for (int one : cheapestFirst(set)) {
            int[] after = minus(left, gives[one]);
            price += unitPrices[one]
                    * (Arrays.stream(left).sum() - Arrays.stream(after).sum());
            left = after;
        }
        return price;
    }

    private int[] cheapestFirst(int[] set) {
        return Arrays.stream(set)
                .boxed()
                .sorted(Comparator.comparingLong(one -> unitPrices[one]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Each time the option that gives most of what is left, the first of equals. */
    private Optional<int[]> greedy() {
        int[] left = wanted;
        int[] set = {};
        while (Arrays.stream(left).sum() > 0 || !sharable(set)) {
            int[] open = left;
            int[] taken = set;
            Optional<Integer> most = IntStream.range(0, gives.length)
                    .filter(one -> Arrays.stream(taken).noneMatch(other -> other == one))
                    .boxed()
                    .max(Comparator.<Integer>comparingInt(one -> given(open, gives[one]))
                            .thenComparing(Comparator.reverseOrder()));
            if (most.isEmpty() || (Arrays.stream(left).sum() > 0 && given(left, gives[most.get()]) == 0)) {
                return Optional.empty();
            }
            set = Arrays.copyOf(set, set.length + 1);
            set[set.length - 1] = most.get();
            left = minus(left, gives[most.get()]);
        }
        return Optional.of(set);
    }

    /**
     * The options that a best set may need: any other is outdone by as many as a set may have, one of which is not in the set and can take
     * its place. Where things share parts, what options give doesn't compare.
     */
    private int[] kept() {
        if (problem.sharable().isPresent()) {
            return IntStream.range(0, gives.length).toArray();
        }
        int[] found = new int[gives.length];
        int count = 0;
        for (int one = 0; one < gives.length; one++) {
            int better = 0;
            for (int at = 0; at < count && better < limit; at++) {
                better += outdoes(found[at], one) ? 1 : 0;
            }
            if (better < limit) {
                found[count] = one;
                count++;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean outdoes(int one, int other) {
        for (int thing = 0; thing < wanted.length; thing++) {
            if (gives[one][thing] < gives[other][thing]) {
                return false;
            }
        }
        for (int at = 0; at < sums.length; at++) {
            if (values[one][at] > values[other][at]) {
                return false;
            }
        }
        return unitPrices[one] <= unitPrices[other];
    }

    private int[] giversOf(int thing) {
        return Arrays.stream(kept).filter(one -> gives[one][thing] > 0).toArray();
    }

    /** Its place in the order comes last. */
    private long[] valuesOf(int option) {
        long[] own = problem.options().get(option).values().stream()
                .mapToLong(Long::longValue)
                .toArray();
        long[] all = Arrays.copyOf(own, own.length + 1);
        all[own.length] = option + 1L;
        return all;
    }

    private static int given(int[] left, int[] gives) {
        int given = 0;
        for (int thing = 0; thing < left.length; thing++) {
            given += Math.min(left[thing], gives[thing]);
        }
        return given;
    }

    private static int[] minus(int[] left, int[] gives) {
        int[] after = new int[left.length];
        for (int thing = 0; thing < left.length; thing++) {
            after[thing] = Math.max(0, left[thing] - gives[thing]);
        }
        return after;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
