package io.throughline.worker.inbox;

import io.throughline.domain.counter.CounterReturn;

/** What the inbox asks of the running processes of returns over counters. */
@FunctionalInterface
public interface CounterReturnProcesses {
    /** Wakes the process of a return that is open, or starts it when there is none. */
    void wakeOrStart(CounterReturn returned, String about);
}
