package io.throughline.domain.routing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Versions of the routing policy that were handed in, and which version was put in force when, by whom and why. Nothing of it ever changes: an
 * order may follow any of these versions.
 */
public interface PolicyActivations {
    /** Keeps a version; false where it is kept with another text. The same again changes nothing. */
    boolean store(String version, String text, String actor);

    Optional<String> text(String version);

    /** The oldest first. */
    List<Stored> stored();

    /** The oldest first. */
    List<Activation> all();

    /** Puts a version in force, from now on; empty where something else was since {@code after}, the number of the newest that is known (0: none). */
    Optional<Activation> put(String version, Kind kind, Reason reason, long after);

    /** A version that was handed in. */
    record Stored(String version, String actor, Instant at) {}

    /** That a version was put in force. Numbers and instants grow. */
    record Activation(long number, String version, Kind kind, Reason reason, Instant at) {}

    /** Who wanted it and why; {@code actor} is whoever has asked for it. */
    record Reason(String author, String comment, String actor) {}

    enum Kind {
        ACTIVATION,
        ROLLBACK
    }
}
