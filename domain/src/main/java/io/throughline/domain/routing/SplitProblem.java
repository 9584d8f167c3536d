package io.throughline.domain.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Among which options a demand is split, in numbers only: {@code wanted} units of each thing, and what each option gives of them. The options
 * come in the order in which one is preferred to another that is as good. {@code sharable} refuses a set whose options give enough of each
 * thing, but not of all of them at once, as when two of them are made of the same parts.
 */
public record SplitProblem(
        List<Integer> wanted,
        List<Option> options,
        List<Sum> sums,
        Optional<Integer> mostOptions,
        Optional<Predicate<List<Integer>>> sharable) {
    public SplitProblem {
        wanted = List.copyOf(wanted);
        options = List.copyOf(options);
        sums = List.copyOf(sums);
    }

    /** What it gives, never more than is wanted, and its value by each criterion; the price of each unit is that of one criterion at most. */
    public record Option(List<Integer> gives, List<Long> values, long unitPrice) {
        public Option {
            gives = List.copyOf(gives);
            values = List.copyOf(values);
        }
    }

    /** How the values of a set's options make the set's. */
    public enum Sum {
        ADDED,
        GREATEST,
        /** Added, with the price of every unit, which the cheapest option gives first. */
        PRICED
    }
}
