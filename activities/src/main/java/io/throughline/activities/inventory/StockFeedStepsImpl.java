package io.throughline.activities.inventory;

import io.temporal.activity.Activity;
import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.workflows.inventory.StockFeedSteps;
import io.throughline.workflows.inventory.StockPass;
import io.throughline.workflows.inventory.StockPass.Reach;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a system tells of its stock. The watermark is an instant of the system's own clock, so it doesn't matter how far that one is
 * from ours; each pass begins a little before it, for a system doesn't tell everything in the order of its clock.
 */
public final class StockFeedStepsImpl implements StockFeedSteps {
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(1);
    private static final int TRIES_OF_A_CURSOR = 3;

    private final Accounts accounts;
    private final Map<OutsideSystem, StockReports> systems;
    private final StockIntake intake;
    private final Watermarks watermarks;
    private final Obstacles obstacles;
    private final DriftCheck drift;
    private final Rhythm rhythm;
    private final Clock clock;

    /** How often is swept, and how often the ledger is compared, at places that have been quiet for as long. */
    public record Rhythm(Duration sweep, Duration compare) {}

    public StockFeedStepsImpl(
            Accounts accounts,
            Map<OutsideSystem, StockReports> systems,
            StockBooks books,
            UnplacedReports unplaced,
            Watermarks watermarks,
            Cases cases,
            Rhythm rhythm,
            Clock clock) {
        this.accounts = accounts;
        this.systems = Map.copyOf(systems);
        this.intake = new StockIntake(books.ledger(), books.observations(), unplaced);
        this.drift = new DriftCheck(books, cases, watermarks, rhythm.compare(), clock);
        this.watermarks = watermarks;
        this.obstacles = new Obstacles("stock-feed", cases);
        this.rhythm = rhythm;
        this.clock = clock;
    }

    @Override
    public StockPass takeIn(AccountId account, StockPass pass) {
        return obstacles.overcome(account, "stock.take-in", () -> takeInPage(account, pass));
    }

    private StockPass takeInPage(AccountId account, StockPass pass) {
        String feed = pass.reach() == Reach.LEVELS ? "stock-levels" : "stock";
        Instant since = Optional.ofNullable(pass.since()).orElseGet(() -> begin(account, feed, pass.reach()));
        StockReports.Page page;
        try {
            page = read(account, pass, since);
        } catch (SystemFailure failure) {
            if (pass.cursor() != null
                    && Activity.getExecutionContext().getInfo().getAttempt() >= TRIES_OF_A_CURSOR) {
                // Cursors don't live long. The pass ends here, the watermark stays, and the next one begins there.
                return new StockPass(pass.reach(), since, null, pass.upTo());
            }
            throw failure;
        }
        intake.takeIn(account, page.reports());
        Optional<Instant> upTo = new FeedMark(watermarks, account, feed)
                .after(pass.upTo(), page.upTo(), page.next().isEmpty());
        return new StockPass(pass.reach(), since, page.next().orElse(null), upTo.orElse(null));
    }

    private StockReports.Page read(AccountId account, StockPass pass, Instant since) {
        StockReports system = systemOf(account);
        Optional<String> cursor = Optional.ofNullable(pass.cursor());
        return switch (pass.reach()) {
            case NEWS, SWEEP -> system.since(account, since, cursor);
            case LEVELS -> system.levels(account, since, cursor);
        };
    }

    private Instant begin(AccountId account, String feed, Reach reach) {
        Duration overlap = switch (reach) {
            case NEWS -> Duration.ofSeconds(5);
            case SWEEP, LEVELS -> Duration.ofMinutes(3);
        };
        return watermarks.readFrom(account, feed, overlap, clock.instant().minus(FIRST_LOOK_BACK));
    }

    @Override
    public int compare(AccountId account) {
        return obstacles.overcome(account, "stock.compare", () -> drift.compareWhenDue(account));
    }

    @Override
    public Duration placeAgain(AccountId account) {
        return obstacles.overcome(account, "stock.place", () -> {
            intake.placeAgain(account, systemOf(account));
            return rhythm.sweep();
        });
    }

    private StockReports systemOf(AccountId account) {
        return Optional.ofNullable(systems.get(accounts.get(account).system()))
                .orElseThrow(() -> new IllegalStateException(account + " tells nothing of stock"));
    }
}
