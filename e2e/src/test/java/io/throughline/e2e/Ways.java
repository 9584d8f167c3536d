package io.throughline.e2e;

import io.throughline.local.demo.Json;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What somebody does one after the other, each as soon as it can be done, beside what others do. It must not matter if one is done twice. */
final class Ways {
    private final List<Queue<Step>> ways;
    private final Set<Step> tried = ConcurrentHashMap.newKeySet();

    record Step(String name, Ready ready, Act act) {}

    interface Ready {
        boolean now();
    }

    interface Act {
        void once();
    }

    Ways(List<List<Step>> ways) {
        this.ways = ways.stream()
                .map(steps -> (Queue<Step>) new ConcurrentLinkedQueue<>(steps))
                .toList();
    }

    /** Goes as far as it goes just now. While nobody is there to be told, it is tried again. */
    void goOn() {
        for (Queue<Step> way : ways) {
            try {
                while (!way.isEmpty() && goesOn(way)) {
                    way.remove();
                }
            } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
                // The step stays the next one.
            }
        }
    }

    /** Whether its first step is done by now: also where only the answer was lost, which is seen by what can be done next. */
    private boolean goesOn(Queue<Step> way) {
        Step step = way.element();
        if (step.ready().now()) {
            tried.add(step);
            step.act().once();
            return true;
        }
        return tried.contains(step)
                && way.stream()
                        .skip(1)
                        .findFirst()
                        .filter(next -> next.ready().now())
                        .isPresent();
    }

    /** What is waited for, a line for each way that is not at its end. */
    List<String> open() {
        return ways.stream()
                .flatMap(way -> Optional.ofNullable(way.peek()).stream())
                .map(next -> "to " + next.name())
                .toList();
    }
}
