package io.throughline.workflows.counter;

import io.throughline.domain.counter.CounterReturnId;
import java.util.Set;

/**
 * What the process of a counter's return starts with. {@code tillQueue} is where the till's system is asked, or, where no sale is known,
 * whoever gives credit; {@code localQueues}: their steps may be tried inside the workflow's task.
 */
public record CounterReturnInput(CounterReturnId id, String tillQueue, Set<String> localQueues) {
    public CounterReturnInput {
        localQueues = Set.copyOf(localQueues);
    }
}
