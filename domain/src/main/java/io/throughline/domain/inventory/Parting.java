package io.throughline.domain.inventory;

import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.util.Optional;

/**
 * A place where a comparison has found a system's latest word and the ledger apart: the {@code times}-th one on end that finds them so, on the
 * same side. {@code nearest} is how little they were apart in one of these. {@code quiet}: neither has spoken for a while. {@code begun}: the
 * ledger has not heard of any stock there yet. {@code reckoned}: it is a bundle, of which the ledger has as many as can be made up.
 */
public record Parting(
        Discrepancy found, Discrepancy nearest, boolean quiet, boolean begun, boolean reckoned, int times) {
    /** So many comparisons on end tell of more than goods on their way: a place that is never quiet is looked at then. */
    public static final int LASTS = 4;

    /** Whether it does not go away though it was small enough to be told again, so many times. */
    public boolean stays() {
        return times >= (quiet ? LASTS : 2 * LASTS);
    }

    /**
     * What is apart for sure; empty while it may be goods of which one of both has not heard yet. Where it is never quiet that is what
     * was apart all the time: what is on its way comes and goes.
     */
    public Optional<Discrepancy> sure() {
        if (quiet) {
            return Optional.of(found);
        }
        return times >= LASTS ? Optional.of(nearest) : Optional.empty();
    }

    /** The first comparison that finds them apart. */
    public static Parting first(Discrepancy found, boolean quiet, boolean begun, boolean reckoned) {
        return new Parting(found, found, quiet, begun, reckoned, 1);
    }

    /** The same place after an earlier comparison; when they have changed sides meanwhile, it is the first one again. */
    public Parting after(Discrepancy nearestBefore, int timesBefore) {
        if (Integer.signum(apart(nearestBefore)) != Integer.signum(apart(found))) {
            return this;
        }
        return new Parting(
                found,
                Math.abs(apart(nearestBefore)) <= Math.abs(apart(found)) ? nearestBefore : found,
                quiet,
                begun,
                reckoned,
                timesBefore + 1);
    }

    private static int apart(Discrepancy discrepancy) {
        return discrepancy.told() - discrepancy.ledger();
    }

    public StockSubject place() {
        return found.place();
    }

    public StockDrift.Spot spot() {
        return new StockDrift.Spot(place(), found.measure());
    }
}
