package io.throughline.e2e;

import java.util.List;

/**
 * A channel that a process compares with what we know. {@code T} is what it loses: nobody is told of it, and its subscriptions may be
 * gone with it.
 */
interface ComparedChannel<T> {
    String account();

    /** By the name that the sandbox's faults know it by. */
    String system();

    /** What is to be asked in vain, as the sandbox calls it, in the order in which the process asks. */
    List<String> questions();

    T lose();

    /** Waits until all has been done about it that is done about one that was heard of. */
    void awaitDone(T found);

    /** What it left, but for its own names, with what is left at the channel; a second message about it would show here. */
    List<String> traces(T found);
}
