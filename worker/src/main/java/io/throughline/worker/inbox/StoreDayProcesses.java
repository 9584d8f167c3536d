package io.throughline.worker.inbox;

import io.throughline.domain.sale.StoreDayId;

/** What the inbox asks of the running processes of store days. */
@FunctionalInterface
public interface StoreDayProcesses {
    /** Wakes the process of a day, or starts it when there is none. It ends by itself when nothing is to be posted. */
    void wakeOrStart(StoreDayId day, String about);
}
