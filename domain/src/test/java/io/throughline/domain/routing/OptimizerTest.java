package io.throughline.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.routing.SplitProblem.Option;
import io.throughline.domain.routing.SplitProblem.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against every set of options, on cases small enough for that; and what it does where that would take for ever. */
class OptimizerTest {
    private static final int RUNS = 2_000;
    private static final int PLANS = 10_000;

    @ParameterizedTest
    @ValueSource(longs = {4711, 20261126, 99})
    void nothingIsBetter(long seed) {
        Random random = new Random(seed);
        int solved = 0;
        for (int run = 0; run < RUNS; run++) {
            SplitProblem problem = random(random);
            String which = "seed " + seed + " run " + run + ": " + problem;

            Optional<SplitSolution> solution = Optimizer.solve(problem);
            Optional<List<Long>> best = bestOfAll(problem);

            assertThat(solution.map(SplitSolution::value)).as(which).isEqualTo(best);
            solution.ifPresent(found -> {
                assertThat(found.exact()).as(which).isTrue();
                assertThat(valueOf(problem, found.options())).as(which).isEqualTo(found.value());
                assertThat(found.outdone()).as(which).doesNotContainAnyElementsOf(found.options());
            });
            solved += solution.isPresent() ? 1 : 0;
        }
        assertThat(solved).as("the cases are not all alike").isBetween(RUNS / 5, RUNS - 10);
    }

    /** Where every set would be too many: 20 things, 300 options, at most three of them. */
    @ParameterizedTest
    @ValueSource(longs = {4711, 20261126, 99})
    void noneOfTenThousandPlansAtRandomIsBetter(long seed) {
        Random random = new Random(seed);
        SplitProblem problem = large(random);
        SplitSolution solution = Optimizer.solve(problem).orElseThrow();
        List<Integer> all = IntStream.range(0, problem.options().size()).boxed().toList();

        int feasible = 0;
        for (int drawn = 0; feasible < PLANS; drawn++) {
            assertThat(drawn)
                    .as("seed " + seed + ": feasible plans are not rare")
                    .isLessThan(100 * PLANS);
            List<Integer> set = random.ints(1 + random.nextInt(3), 0, all.size())
                    .distinct()
                    .boxed()
                    .toList();
            if (serves(problem, set)) {
                feasible++;
                assertThat(compare(solution.value(), valueOf(problem, set)))
                        .as("seed " + seed + ", plan " + set)
                        .isNotPositive();
            }
        }
        assertThat(serves(problem, solution.options())).isTrue();
        assertThat(valueOf(problem, solution.options())).isEqualTo(solution.value());
    }

    private static SplitProblem large(Random random) {
        List<Option> options = IntStream.range(0, 300)
                .mapToObj(one -> new Option(
                        IntStream.range(0, 20)
                                .mapToObj(thing -> random.nextInt(100) < 85 ? 1 : 0)
                                .toList(),
                        List.of(1L, (long) random.nextInt(5_000), (long) random.nextInt(9)),
                        0))
                .toList();
        return new SplitProblem(
                IntStream.range(0, 20).mapToObj(thing -> 1).toList(),
                options,
                List.of(Sum.ADDED, Sum.ADDED, Sum.GREATEST),
                Optional.of(3),
                Optional.empty());
    }

    @Test
    void aLimitThatIsTooLowIsNotExceeded() {
        List<Option> three = List.of(
                new Option(List.of(1, 0, 0), List.of(1L), 0),
                new Option(List.of(0, 1, 0), List.of(1L), 0),
                new Option(List.of(0, 0, 1), List.of(1L), 0));

        assertThat(Optimizer.solve(problem(three, Optional.of(2)))).isEmpty();
        assertThat(Optimizer.solve(problem(three, Optional.of(3))))
                .hasValueSatisfying(all -> assertThat(all.options()).containsExactly(0, 1, 2));
    }

    @Test
    void ofEqualOnesTheFirstIsTaken() {
        Option all = new Option(List.of(1, 1, 1), List.of(1L), 0);

        assertThat(Optimizer.solve(problem(List.of(all, all, all), Optional.empty())))
                .hasValueSatisfying(first -> assertThat(first.options()).containsExactly(0));
    }

    @Test
    void ofSetsThatAreWorthTheSameTheGreedyOneIsTaken() {
        List<Option> options = List.of(
                new Option(List.of(1, 0, 0), List.of(1L), 0),
                new Option(List.of(1, 1, 0), List.of(1L), 0),
                new Option(List.of(0, 1, 1), List.of(1L), 0));

        assertThat(Optimizer.solve(problem(options, Optional.empty())))
                .hasValueSatisfying(pair -> assertThat(pair.options()).containsExactly(1, 2));
    }

    /** What the greedy way takes first makes the best pair impossible. */
    @Test
    void theGreedyWayIsNotTheBest() {
        List<Option> options = List.of(
                new Option(List.of(1, 1, 0, 1, 1, 0), List.of(1L), 0),
                new Option(List.of(1, 1, 1, 0, 0, 0), List.of(1L), 0),
                new Option(List.of(0, 0, 0, 1, 1, 1), List.of(1L), 0),
                new Option(List.of(0, 0, 0, 0, 1, 0), List.of(1L), 0));
        SplitProblem six = new SplitProblem(
                List.of(1, 1, 1, 1, 1, 1), options, List.of(Sum.ADDED), Optional.empty(), Optional.empty());

        assertThat(Optimizer.solve(six))
                .hasValueSatisfying(pair -> assertThat(pair.options()).containsExactly(1, 2));
    }

    @Test
    void whatWouldTakeForEverIsCutOffAndSaysSoTheSameEachTime() {
        long seed = 31;
        Random random = new Random(seed);
        List<Option> many = IntStream.range(0, 300)
                .mapToObj(one -> new Option(
                        IntStream.range(0, 40)
                                .mapToObj(thing -> random.nextInt(8) == 0 ? 1 : 0)
                                .toList(),
                        List.of(1L, (long) random.nextInt(1_000)),
                        0))
                .toList();
        SplitProblem problem = new SplitProblem(
                IntStream.range(0, 40).mapToObj(thing -> 1).toList(),
                many,
                List.of(Sum.ADDED, Sum.ADDED),
                Optional.empty(),
                Optional.empty());

        SplitSolution solution = Optimizer.solve(problem).orElseThrow();

        assertThat(solution.exact()).as("seed " + seed).isFalse();
        assertThat(solution.options()).hasSizeGreaterThan(3);
        assertThat(Optimizer.solve(problem)).contains(solution);
    }

    private static SplitProblem problem(List<Option> options, Optional<Integer> most) {
        return new SplitProblem(List.of(1, 1, 1), options, List.of(Sum.ADDED), most, Optional.empty());
    }

    private static SplitProblem random(Random random) {
        int things = 1 + random.nextInt(4);
        List<Integer> wanted = random.ints(things, 1, 5).boxed().toList();
        List<Sum> sums =
                new ArrayList<>(List.of(Sum.ADDED, Sum.ADDED, Sum.GREATEST, Sum.GREATEST, Sum.GREATEST, Sum.PRICED));
        Collections.shuffle(sums, random);
        List<Sum> used = sums.subList(0, 1 + random.nextInt(sums.size()));
        boolean fewestFirst = random.nextBoolean() && used.getFirst() == Sum.ADDED;
        List<Option> options = new ArrayList<>();
        int count = 1 + random.nextInt(9);
        for (int one = 0; one < count; one++) {
            List<Long> values = new ArrayList<>();
            used.forEach(sum -> values.add(fewestFirst && values.isEmpty() ? 1L : (long) random.nextInt(6)));
            options.add(new Option(
                    wanted.stream()
                            .map(units -> Math.min(units, Math.max(0, random.nextInt(6) - 1)))
                            .toList(),
                    values,
                    used.contains(Sum.PRICED) ? random.nextInt(4) : 0));
        }
        // The order is the one in which one alone is better than another.
        options.sort(Comparator.comparing(Option::values, Comparator.comparing(List::toString)));
        Optional<Integer> most = random.nextInt(3) == 0 ? Optional.of(1 + random.nextInt(3)) : Optional.empty();
        return new SplitProblem(wanted, options, List.copyOf(used), most, Optional.empty());
    }

    private static Optional<List<Long>> bestOfAll(SplitProblem problem) {
        int count = problem.options().size();
        int most = problem.mostOptions().orElseGet(() -> Math.max(3, greedySize(problem)));
        return IntStream.range(1, 1 << count)
                .filter(set -> Integer.bitCount(set) <= most)
                .mapToObj(set -> IntStream.range(0, count)
                        .filter(one -> (set & 1 << one) != 0)
                        .boxed()
                        .toList())
                .filter(set -> serves(problem, set))
                .map(set -> valueOf(problem, set))
                .min(OptimizerTest::compare);
    }

    private static int compare(List<Long> one, List<Long> other) {
        return Arrays.compare(
                one.stream().mapToLong(Long::longValue).toArray(),
                other.stream().mapToLong(Long::longValue).toArray());
    }

    /** How many it takes if each time the one that gives most of what is left is taken, the first of equals. */
    private static int greedySize(SplitProblem problem) {
        int[] left = problem.wanted().stream().mapToInt(Integer::intValue).toArray();
        List<List<Integer>> unused =
                new ArrayList<>(problem.options().stream().map(Option::gives).toList());
        int size = 0;
        while (Arrays.stream(left).sum() > 0 && !unused.isEmpty()) {
            int most = IntStream.range(0, unused.size())
                    .boxed()
                    .max(Comparator.comparingInt(one -> given(left, unused.get(one))))
                    .orElseThrow();
            List<Integer> gives = unused.remove(most);
            Arrays.setAll(left, thing -> Math.max(0, left[thing] - gives.get(thing)));
            size++;
        }
        return size;
    }

    private static int given(int[] left, List<Integer> gives) {
        return IntStream.range(0, left.length)
                .map(thing -> Math.min(left[thing], gives.get(thing)))
                .sum();
    }

    private static boolean serves(SplitProblem problem, List<Integer> set) {
        return IntStream.range(0, problem.wanted().size())
                .allMatch(thing -> set.stream()
                                .mapToInt(one ->
                                        problem.options().get(one).gives().get(thing))
                                .sum()
                        >= problem.wanted().get(thing));
    }

    /** By each way to give every unit, for the price; so it does not rest on the optimizer's idea of who gives what. */
    private static List<Long> valueOf(SplitProblem problem, List<Integer> set) {
        List<Long> value = new ArrayList<>();
        for (int at = 0; at < problem.sums().size(); at++) {
            int criterion = at;
            List<Long> each = set.stream()
                    .map(one -> problem.options().get(one).values().get(criterion))
                    .toList();
            long added = each.stream().mapToLong(Long::longValue).sum();
            value.add(
                    switch (problem.sums().get(at)) {
                        case ADDED -> added;
                        case GREATEST ->
                            each.stream().mapToLong(Long::longValue).max().orElse(0);
                        case PRICED ->
                            added
                                    + IntStream.range(0, problem.wanted().size())
                                            .mapToLong(thing -> cheapest(
                                                    problem,
                                                    set,
                                                    thing,
                                                    problem.wanted().get(thing)))
                                            .sum();
                    });
        }
        return value;
    }

    private static long cheapest(SplitProblem problem, List<Integer> set, int thing, int units) {
        if (units == 0) {
            return 0;
        }
        if (set.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        Option first = problem.options().get(set.getFirst());
        long cheapest = Integer.MAX_VALUE;
        for (int given = 0; given <= Math.min(units, first.gives().get(thing)); given++) {
            cheapest = Math.min(
                    cheapest,
                    given * first.unitPrice() + cheapest(problem, set.subList(1, set.size()), thing, units - given));
        }
        return cheapest;
    }
}
