package io.throughline.domain.routing;

import java.util.List;
import java.util.Set;

/**
 * The options that are taken, in their order, and what they are worth together by each criterion. {@code exact}: no other set is better.
 * {@code outdone} are options that were not taken, as others outdo them in everything and no set needs them.
 */
public record SplitSolution(List<Integer> options, List<Long> value, boolean exact, Set<Integer> outdone) {
    public SplitSolution {
        options = List.copyOf(options);
        value = List.copyOf(value);
        outdone = Set.copyOf(outdone);
    }
}
