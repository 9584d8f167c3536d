package io.throughline.activities.inventory;

import io.temporal.activity.Activity;
import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.Movement;
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
    private final SignsOfLife signs;
    private final Pages pages;
    private final Rhythm rhythm;
    private final Clock clock;

    /**
     * How often is swept, how often the ledger is compared, at places that have been quiet for as long, and how often all levels are read,
     * for a place that nobody touches tells nothing by itself.
     */
    public record Rhythm(Duration sweep, Duration compare, Duration readAll) {}

    public StockFeedStepsImpl(
            Accounts accounts,
            Facilities facilities,
            Map<OutsideSystem, StockReports> systems,
            StockBooks books,
            UnplacedReports unplaced,
            Watermarks watermarks,
            Cases cases,
            Rhythm rhythm,
            Clock clock) {
        this.accounts = accounts;
        this.systems = Map.copyOf(systems);
        this.intake = new StockIntake(books.ledger(), books.observations(), unplaced, cases);
        this.drift = new DriftCheck(books, cases, watermarks, rhythm.compare(), Movement::believing, clock);
        this.signs = new SignsOfLife(books, facilities, watermarks, clock);
        this.watermarks = watermarks;
        this.obstacles = new Obstacles("stock-feed", cases);
        this.pages = new Pages(clock);
        this.rhythm = rhythm;
        this.clock = clock;
    }

    @Override
    public StockPass takeIn(AccountId account, StockPass pass) {
        return obstacles.overcome(
                account, "stock.take-in", () -> pages.takeIn(pass, StockPass::over, from -> takeInPage(account, from)));
    }

    private StockPass takeInPage(AccountId account, StockPass pass) {
        Feed feed = Feed.of(pass.reach());
        Instant since = Optional.ofNullable(pass.since()).orElseGet(() -> begin(account, feed));
        StockReports.Page page;
        try {
            page = read(account, pass, since);
        } catch (SystemFailure failure) {
            if (pass.cursor() != null
                    && !failure.code().wanted()
                    && Activity.getExecutionContext().getInfo().getAttempt() >= TRIES_OF_A_CURSOR) {
                // Cursors don't live long. The pass ends here, the watermark stays, and the next one begins there.
                return new StockPass(pass.reach(), since, null, pass.upTo(), false);
            }
            throw failure;
        }
        intake.takeIn(account, page.reports());
        boolean last = page.next().isEmpty();
        if (pass.reach() == Reach.ALL) {
            return allTakenIn(account, since, page, last);
        }
        if (last && pass.reach() == Reach.SWEEP) {
            signs.heardFrom(account);
        }
        Optional<Instant> upTo = new FeedMark(watermarks, account, feed.mark).after(pass.upTo(), page.upTo(), last);
        return new StockPass(
                pass.reach(), since, page.next().orElse(null), upTo.orElse(null), last && isReadingAllDue(account));
    }

    /** What is read here is not what is new: only when it began matters. */
    private StockPass allTakenIn(AccountId account, Instant began, StockReports.Page page, boolean last) {
        if (last) {
            watermarks.advance(account, Feed.ALL.mark, began);
        }
        return new StockPass(Reach.ALL, began, page.next().orElse(null), null, false);
    }

    private boolean isReadingAllDue(AccountId account) {
        return watermarks
                .completeUpTo(account, Feed.ALL.mark)
                .filter(read -> read.isAfter(clock.instant().minus(rhythm.readAll())))
                .isEmpty();
    }

    private StockReports.Page read(AccountId account, StockPass pass, Instant since) {
        StockReports system = systemOf(account);
        Optional<String> cursor = Optional.ofNullable(pass.cursor());
        return switch (pass.reach()) {
            case NEWS, SWEEP -> system.since(account, since, cursor);
            case LEVELS -> system.levels(account, since, cursor);
            case ALL -> system.allLevels(account, cursor);
        };
    }

    private Instant begin(AccountId account, Feed feed) {
        Instant now = clock.instant();
        return feed == Feed.ALL
                ? now
                : watermarks.readFrom(account, feed.mark, feed.overlap, now.minus(FIRST_LOOK_BACK));
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

    /** What of a system is read, the name of its watermark, and how far before that one a pass begins. */
    private enum Feed {
        NEWS("stock", Duration.ofSeconds(5)),
        SWEEP("stock", Duration.ofMinutes(3)),
        LEVELS("stock-levels", Duration.ofMinutes(3)),
        ALL("stock-all-levels", Duration.ZERO);

        private final String mark;
        private final Duration overlap;

        Feed(String mark, Duration overlap) {
            this.mark = mark;
            this.overlap = overlap;
        }

        static Feed of(Reach reach) {
            return switch (reach) {
                case NEWS -> NEWS;
                case SWEEP -> SWEEP;
                case LEVELS -> LEVELS;
                case ALL -> ALL;
            };
        }
    }
}
