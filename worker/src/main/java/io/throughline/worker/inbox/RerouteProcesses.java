package io.throughline.worker.inbox;

import io.throughline.domain.fulfillment.Reroute;

/** What the inbox asks of the running processes of reroutes. */
@FunctionalInterface
public interface RerouteProcesses {
    /** Wakes the process of a reroute, or starts it when there is none. */
    void wakeOrStart(Reroute reroute, String about);
}
