package io.throughline.sandbox.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rules that wear out: each lets some matches pass, strikes some and is then gone. The oldest that strikes wins. */
final class Rules<T> {

    /** A rule with what is left of it. */
    record Armed<T>(String id, T rule, int toPass, int toStrike) {}

    private final List<Armed<T>> armed = new ArrayList<>();
    private long added;

    synchronized String add(String wantedId, T rule, int after, int times) {
        added++;
        String id = wantedId.isEmpty() ? "rule-" + added : wantedId;
        armed.removeIf(existing -> existing.id().equals(id));
        armed.add(new Armed<>(id, rule, after, times));
        return id;
    }

    /** The rule that strikes now, as it stood before. */
    synchronized Optional<Armed<T>> take(Predicate<T> matches) {
        for (int index = 0; index < armed.size(); index++) {
            Armed<T> candidate = armed.get(index);
            if (!matches.test(candidate.rule())) {
                continue;
            }
            if (candidate.toPass() > 0) {
                armed.set(
                        index,
                        new Armed<>(candidate.id(), candidate.rule(), candidate.toPass() - 1, candidate.toStrike()));
                continue;
            }
            if (candidate.toStrike() == 1) {
                armed.remove(index);
            } else {
                armed.set(index, new Armed<>(candidate.id(), candidate.rule(), 0, candidate.toStrike() - 1));
            }
            return Optional.of(candidate);
        }
        return Optional.empty();
    }

    synchronized List<Armed<T>> list() {
        return List.copyOf(armed);
    }

    synchronized boolean remove(String id) {
        return armed.removeIf(existing -> existing.id().equals(id));
    }

    synchronized void clear() {
        armed.clear();
    }
}
