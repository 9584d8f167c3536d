package io.throughline.sandbox.core;

import java.time.Duration;
import java.util.Map;

/** How a vendor insists: how often it tries again, how long it waits, which headers a repeated try carries. */
public interface DeliveryPolicy {

    /** Tried again eight times, the wait doubling from half a second; the same bytes and headers each time. */
    DeliveryPolicy STANDARD = new DeliveryPolicy() {};

    default int retries() {
        return 8;
    }

    /** The wait before retry 1, 2, …. */
    default Duration waitBefore(int retry) {
        return Duration.ofMillis(500).multipliedBy(1L << (retry - 1));
    }

    default Duration answerWithin() {
        return Duration.ofSeconds(5);
    }

    /** The headers of a try; attempt 1 is the first. */
    default Map<String, String> headers(Delivery delivery, int attempt) {
        return delivery.headers();
    }

    /** Told after each try; a 2xx answer in time is an acceptance. */
    default void attempted(Delivery delivery, int attempt, boolean accepted) {}

    /** Asked before each retry: a vendor that dropped the subscription stops. */
    default boolean stillWanted(Delivery delivery) {
        return true;
    }
}
