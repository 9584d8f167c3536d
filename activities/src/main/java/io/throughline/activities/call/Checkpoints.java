package io.throughline.activities.call;

import io.throughline.domain.account.OutsideSystem;

/**
 * The named points of an effect at which a process may die, so that tests can make it die exactly there. Outside of such tests
 * reaching a point does nothing.
 */
public interface Checkpoints {
    /** Operations of one name at systems of two kinds are two effects: a shop and an ERP both know a refund. */
    void reached(Point point, OutsideSystem system, String operation);

    static Checkpoints none() {
        return (point, system, operation) -> {};
    }

    /** Where in the life of an effect. */
    enum Point {
        /** The effect is leased, and nothing has been asked of the other system. */
        BEFORE_CALL,
        /** The other system has done what was asked, and nothing of that is written down. */
        AFTER_EFFECT_BEFORE_COMMIT,
        /** It is written down, and nobody has acted on it. */
        AFTER_COMMIT
    }
}
