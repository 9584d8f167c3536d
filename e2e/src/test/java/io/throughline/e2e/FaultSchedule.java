package io.throughline.e2e;

import io.throughline.local.StackPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws faults from a seed: as many kills and pauses of each process as are asked for, in any order. The rest between two is shorter
 * than many of them last, so faults of different processes overlap.
 */
final class FaultSchedule {
    static final List<StackPart> VICTIMS =
            List.of(StackPart.WORKER, StackPart.API_SERVER, StackPart.TEMPORAL, StackPart.POSTGRES);

    private static final Duration LONGEST_REST = Duration.ofSeconds(12);
    private static final Duration LONGEST_LEAD = Duration.ofMillis(2500);
    private static final Duration LONGEST_DEATH = Duration.ofSeconds(4);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(12);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** One pause in so many outlasts a lease, so that what is under way has a successor when it wakes; the others are short. */
    private static final int LONG_ONES = 4;

    private final Random random;

    private FaultSchedule(long seed) {
        this.random = new Random(seed);
    }

    static List<Fault> draw(long seed, int ofEach) {
        return new FaultSchedule(seed).faults(ofEach);
    }

    private List<Fault> faults(int ofEach) {
        List<Fault> faults = new ArrayList<>();
        for (StackPart victim : VICTIMS) {
            for (int i = 0; i < ofEach; i++) {
                faults.add(fault(victim, Fault.Kind.KILL, between(Duration.ZERO, LONGEST_DEATH)));
                boolean isLong = i % LONG_ONES == LONG_ONES - 1;
                faults.add(fault(
                        victim,
                        Fault.Kind.PAUSE,
                        isLong ? between(LONG_PAUSE, LONGEST_PAUSE) : between(SHORTEST_PAUSE, USUAL_PAUSE)));
            }
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    private Fault fault(StackPart victim, Fault.Kind kind, Duration away) {
        Duration rest = between(Duration.ofSeconds(1), LONGEST_REST);
        return new Fault(victim, kind, rest, between(Duration.ZERO, LONGEST_LEAD), away);
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }
}
