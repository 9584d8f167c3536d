package io.throughline.api.console.systems;

import io.throughline.api.console.Moment;
import java.util.Optional;

/** How often one system may be asked: what its task queue is configured to, what a person has set, which of both it is held to, and what it lets us spend. */
public record PaceRow(
        String account, String address, String queue, String person, String inForce, Optional<Points> points) {
    /** As the system has told a worker last. */
    public record Points(String words, Moment asOf) {}
}
