package io.throughline.activities.reconciliation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.converter.DataConverterException;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a feed from its watermark to now, page by page. Each heartbeat tells how far it has come, so the next attempt goes on
 * from there. The window overlaps the one before, since channels index their changes late. What of a page could not be dealt with keeps
 * no later page from being read, but the watermark where it is.
 */
final class FeedPass {
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(7);

    private final Watermarks watermarks;
    private final Clock clock;

    FeedPass(Watermarks watermarks, Clock clock) {
        this.watermarks = watermarks;
        this.clock = clock;
    }

    /** Reads one page and hands on what was missed. */
    interface Pages {
        Turned turn(Instant since, Optional<String> cursor);
    }

    /**
     * What became of one page; {@code next} is the cursor of the following one, if there is one, and {@code left} why a part of it was
     * left to another attempt.
     */
    record Turned(int recovered, Optional<String> next, Optional<SystemFailure> left) {
        Turned(int recovered, Optional<String> next) {
            this(recovered, next, Optional.empty());
        }
    }

    /** How far a pass has come; a {@code cursor} of null is the beginning. */
    record Progress(Instant began, Instant since, @Nullable String cursor, int recovered) {
        Progress after(Turned page) {
            return new Progress(began, since, page.next().orElse(null), recovered + page.recovered());
        }

        Progress fromTheBeginning() {
            return new Progress(began, since, null, recovered);
        }
    }

    /** Gives how many were missed. */
    int run(AccountId account, String feed, Pages pages) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        Progress progress = toldBefore(context).orElseGet(() -> begin(account, feed));
        boolean resumed = progress.cursor() != null;
        Optional<SystemFailure> left = Optional.empty();
        do {
            Turned page;
            try {
                page = pages.turn(progress.since(), Optional.ofNullable(progress.cursor()));
            } catch (SystemFailure failure) {
                if (resumed) {
                    // Cursors don't live long; the pages before it are known already, so to read them again is cheap.
                    context.heartbeat(progress.fromTheBeginning());
                }
                throw failure;
            }
            resumed = false;
            progress = progress.after(page);
            left = left.or(page::left);
            context.heartbeat(left.isPresent() ? progress.fromTheBeginning() : progress);
        } while (progress.cursor() != null);
        if (left.isPresent()) {
            throw left.get();
        }
        watermarks.advance(account, feed, progress.began());
        return progress.recovered();
    }

    /** What an attempt before this one has told last; what can't be read is as good as nothing. */
    private static Optional<Progress> toldBefore(ActivityExecutionContext context) {
        try {
            return context.getHeartbeatDetails(Progress.class);
        } catch (DataConverterException unreadable) {
            return Optional.empty();
        }
    }

    private Progress begin(AccountId account, String feed) {
        Instant now = clock.instant();
        return new Progress(now, watermarks.readFrom(account, feed, OVERLAP, now.minus(FIRST_LOOK_BACK)), null, 0);
    }
}
