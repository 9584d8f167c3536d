package io.throughline.worker.inbox;

import io.throughline.domain.returns.Return;

/** What the inbox asks of the running processes of returns. */
@FunctionalInterface
public interface ReturnProcesses {
    /** Wakes the process of a return that is open, or starts it when there is none. */
    void wakeOrStart(Return returned, String about);
}
