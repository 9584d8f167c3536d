package io.throughline.activities.call;

/**
 * The named points of an effect at which a process may die, so that tests can make it die exactly there. Outside of such tests
 * reaching a point does nothing.
 */
public interface Checkpoints {
    void reached(Point point, String operation);

    static Checkpoints none() {
        return (point, operation) -> {};
    }

    /** Where in the life of an effect. */
    enum Point {
        BEFORE_CALL,
        AFTER_EFFECT,
        AFTER_COMMIT
    }
}
