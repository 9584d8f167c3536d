package io.throughline.activities.inventory;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Publications.Page;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.workflows.inventory.InventorySyncSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells accounts of what has changed in the ledger: page by page, and at the pace at which each system takes it. */
public final class InventorySyncStepsImpl implements InventorySyncSteps {
    private static final String STEP = "inventorySync.publish";
    private static final int PAGE = 250;

    /** A turn ends in time for the last call to be over before Temporal gives the step up. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final StockMirrors mirrors;
    private final Publications publications;
    private final Effects effects;
    private final Cases cases;
    private final Obstacles obstacles;
    private final Clock clock;
    private final Duration gather;

    /** Changes that come within {@code gather} of a call are told together. */
    public InventorySyncStepsImpl(
            StockMirrors mirrors,
            Publications publications,
            Effects effects,
            Cases cases,
            Clock clock,
            Duration gather) {
        this.mirrors = mirrors;
        this.publications = publications;
        this.effects = effects;
        this.cases = cases;
        this.obstacles = new Obstacles("inventory", cases);
        this.clock = clock;
        this.gather = gather;
    }

    @Override
    public boolean publish(AccountId account) {
        if (!mirrors.tells(account)) {
            return false;
        }
        return obstacles.overcome(account, STEP, () -> turn(account));
    }

    private boolean turn(AccountId account) {
        Instant until = clock.instant().plus(TURN);
        StockPublisher publisher = new StockPublisher(account, mirrors, publications, effects, cases);
        publications.atWork(account);
        while (isTimeLeft(until)) {
            Page page = publications.changed(
                    account, mirrors.facilities(account), mirrors.terms(account, clock.instant()), PAGE);
            if (!bring(publisher, page.places(), until)) {
                return true;
            }
            publications.done(account, page);
            if (page.ends() && page.places().isEmpty()) {
                publications.atRest(account);
                return false;
            }
            if (page.ends()) {
                pause(gather);
            }
        }
        return true;
    }

    /** False: the turn's time is over before these places were in step. A system that asks for patience gets it. */
    private boolean bring(StockPublisher publisher, List<StockSubject> places, Instant until) {
        boolean more = true;
        while (more && isTimeLeft(until)) {
            try {
                more = publisher.advance(places);
            } catch (SystemFailure failure) {
                // Where a person holds the system back, another attempt asks again.
                Duration asked = failure.retryAfter()
                        .filter(wait -> !failure.code().wanted())
                        .orElseThrow(() -> failure);
                pause(asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT);
            }
        }
        return !more;
    }

    /** No time is left when this process is to stop. */
    private boolean isTimeLeft(Instant until) {
        return clock.instant().isBefore(until) && !Thread.currentThread().isInterrupted();
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
