package io.throughline.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** One process of a stack, with its children: it can be started, stopped, and harmed on purpose. */
public interface ManagedProcess {
    StackPart part();

    /**
     * Starts it, tells at once which process it is, and returns when it answers; throws {@link StackException} with the tail of its log
     * when it does not.
     */
    void start(Consumer<ProcessHandle> spawned);

    default void start() {
        start(process -> {});
    }

    /** Asks it to end, and ends it by force when it does not do so in time. Does nothing when it is not running. */
    void stop();

    /** Empty when it was never started or has ended. */
    Optional<ProcessHandle> handle();

    Path log();

    default boolean alive() {
        return handle().isPresent();
    }

    /** SIGKILL to it and its children; returns when they are gone. */
    default void kill() {
        handle().map(ProcessTree::new).ifPresent(ProcessTree::kill);
    }

    /** SIGSTOP: it keeps its sockets and locks but does nothing until {@link #resume()}. */
    default void pause() {
        handle().map(ProcessTree::new).ifPresent(ProcessTree::pause);
    }

    default void resume() {
        handle().map(ProcessTree::new).ifPresent(ProcessTree::resume);
    }
}
