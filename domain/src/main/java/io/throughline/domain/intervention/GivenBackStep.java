package io.throughline.domain.intervention;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a case is about by which money was given back at a channel that no return of ours knows of, as the case's step names it: the channel's
 * transactions, and {@code change}, which tells two changes about the same ones apart.
 */
public record GivenBackStep(Set<String> transactions, String change) {
    public static final String NAME = "order.given-back";

    private static final String BETWEEN = "+";

    public GivenBackStep {
        transactions = Set.copyOf(transactions);
    }

    /** {@code change} may be empty. */
    public static GivenBackStep about(Collection<String> transactions, String change) {
        return new GivenBackStep(Set.copyOf(transactions), change);
    }

    /** Empty when the step is another one. */
    public static Optional<GivenBackStep> of(String step) {
        List<String> words = List.of(step.split(" ", -1));
        boolean ours = words.getFirst().equals(NAME) && (words.size() == 2 || words.size() == 3);
        return ours
                ? Optional.of(new GivenBackStep(
                        Set.of(words.get(1).split("\\" + BETWEEN, -1)), words.size() == 3 ? words.get(2) : ""))
                : Optional.empty();
    }

    /** What tells it from others of its name; the same for the same transactions and change. */
    public String about() {
        String names = String.join(BETWEEN, transactions.stream().sorted().toList());
        return change.isEmpty() ? names : names + " " + change;
    }
}
