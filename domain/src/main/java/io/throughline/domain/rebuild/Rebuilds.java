package io.throughline.domain.rebuild;

import java.util.List;
import java.util.Optional;

/**
 * Makes read models anew from the facts in PostgreSQL, some at a time and beside whoever reads and writes them: at no moment is anything of them
 * missing that was there before. Where it was left it goes on, and done again it changes nothing.
 */
public interface Rebuilds {
    /** The one that is under way, or a new one. */
    Rebuild ask(ReadModel model, String actor);

    Optional<Rebuild> latest(ReadModel model);

    /** Those that are under way. */
    List<ReadModel> underWay();

    /**
     * Looks at the next facts, and mends what does not follow from them. One process has a turn at a time. False: nothing is left to do, or somebody
     * else is at it.
     */
    boolean turn(ReadModel model);
}
