package io.throughline.e2e;

import io.throughline.domain.account.OutsideSystem;
import io.throughline.local.StackPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws faults from a seed: as many kills and pauses of each process as are asked for, in any order. The rest between two is shorter
 * than many of them last, so faults of different processes overlap. And, more seldom, bad hours of the outside systems beside them.
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

    /** Who comes late in an order's way goes away first: orders still come as far as that. */
    private static final List<List<OutsideSystem>> WAVES = List.of(
            List.of(OutsideSystem.CARRIER, OutsideSystem.MESSAGING),
            List.of(OutsideSystem.SQUARE, OutsideSystem.TRYTON),
            List.of(OutsideSystem.SHOPIFY));

    /** So many faults are between the beginnings of two waves at most. */
    private static final int BETWEEN_WAVES = 2;

    /** One round of faults in so many has outages, for they last almost as long as it. */
    private static final int OUTAGES_IN = 3;

    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(60);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(75);

    private final Random random;

    private FaultSchedule(long seed) {
        this.random = new Random(seed);
    }

    static List<Fault> draw(long seed, int ofEach) {
        return new FaultSchedule(seed).faults(ofEach);
    }

    /** Those of the outside systems beside {@link #draw}'s faults of the processes: each is away once, and once more for each three rounds. */
    static List<Outage> drawOutages(long seed, int ofEach) {
        return new FaultSchedule(seed).outages(ofEach);
    }

    /** All systems that the campaign's orders need. */
    static List<OutsideSystem> vendors() {
        return WAVES.stream().flatMap(List::stream).toList();
    }

    private List<Outage> outages(int ofEach) {
        List<Outage> outages = new ArrayList<>();
        int ofRound = VICTIMS.size() * Fault.Kind.values().length;
        for (int round = 0; round < ofEach; round += OUTAGES_IN) {
            int before = round * ofRound;
            List<Outage.Manner> manners = new ArrayList<>(List.of(Outage.Manner.values()));
            Collections.shuffle(manners, random);
            for (List<OutsideSystem> wave : WAVES) {
                for (OutsideSystem system : wave) {
                    outages.add(new Outage(
                            system, manners.removeFirst(), before, between(SHORTEST_OUTAGE, LONGEST_OUTAGE)));
                }
                before += random.nextInt(1, BETWEEN_WAVES + 1);
            }
        }
        return outages;
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
