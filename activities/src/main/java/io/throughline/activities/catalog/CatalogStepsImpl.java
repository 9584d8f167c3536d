package io.throughline.activities.catalog;

import io.temporal.activity.Activity;
import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSource.Export;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Cases;
import io.throughline.workflows.catalog.CatalogSteps;
import io.throughline.workflows.catalog.SyncOutcome;
import io.throughline.workflows.catalog.SyncProgress;
import io.throughline.workflows.catalog.SyncProgress.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an account's catalogue in, slice by slice. What was taken in and the place after it are one transaction, so a process that dies
 * costs one page, which is read again.
 */
public final class CatalogStepsImpl implements CatalogSteps {
    private static final Duration SLICE = Duration.ofSeconds(20);

    /** Each is a call of its own, for which orders may have to wait. */
    private static final int PRODUCTS_AT_ONCE = 10;

    private final CatalogSources sources;
    private final CatalogSyncs syncs;
    private final ProductNews news;
    private final PriceComparison comparison;
    private final List<PriceParity> rules;
    private final Obstacles obstacles;
    private final Duration every;
    private final Clock clock;

    /** {@code every} is how long an account's catalogue rests between two syncs. */
    public CatalogStepsImpl(
            CatalogSources sources,
            CatalogSyncs syncs,
            ProductNews news,
            PriceComparison comparison,
            List<PriceParity> rules,
            Cases cases,
            Duration every,
            Clock clock) {
        this.sources = sources;
        this.syncs = syncs;
        this.news = news;
        this.comparison = comparison;
        this.rules = List.copyOf(rules);
        this.obstacles = new Obstacles("catalog", cases);
        this.every = every;
        this.clock = clock;
    }

    @Override
    public SyncProgress advance(AccountId account) {
        return obstacles.overcome(account, "catalog.advance", () -> advance(account, syncs.begin(account)));
    }

    private SyncProgress advance(AccountId account, CatalogSync begun) {
        CatalogSource source = sources.catalog(account);
        CatalogSync sync =
                begun.export().isPresent() ? begun : syncs.exported(account, source.export(account, begun.startedAt()));
        return switch (source.state(account, sync.export().orElseThrow())) {
            case Export.Pending pending ->
                new SyncProgress(Phase.EXPORTING, 0, "the export has " + pending.objects() + " objects so far");
            case Export.Lost lost -> {
                syncs.startOver(account, lost.reason());
                yield new SyncProgress(
                        Phase.EXPORTING, 0, "the export is lost (" + lost.reason() + "), another is made");
            }
            case Export.Ready ready -> takeIn(source, ready, sync);
        };
    }

    private SyncProgress takeIn(CatalogSource source, Export.Ready ready, CatalogSync from) {
        Instant until = clock.instant().plus(SLICE);
        CatalogSync sync = from;
        boolean whole = sync.read() >= ready.size();
        while (!whole && clock.instant().isBefore(until)) {
            sync = syncs.take(sync, source.read(sync.account(), ready, sync.cursor()), ready.size());
            Activity.getExecutionContext().heartbeat(sync.percent());
            whole = sync.cursor().isEmpty();
        }
        return new SyncProgress(
                whole ? Phase.READ : Phase.READING,
                whole ? 100 : sync.percent(),
                sync.tally().products() + " products taken in");
    }

    @Override
    public SyncOutcome finish(AccountId account) {
        return obstacles.overcome(account, "catalog.finish", () -> {
            int different = comparison.compare(rules);
            CatalogSync.Tally tally = syncs.finish(account).tally();
            return new SyncOutcome(
                    tally.products() + " products, " + tally.changed() + " statements taken, " + tally.refused()
                            + " refused, " + different + " prices that differ",
                    every);
        });
    }

    @Override
    public boolean readNews(AccountId account) {
        if (sources.accounts().isOff(account)) {
            return false;
        }
        return obstacles.overcome(account, "catalog.news", () -> {
            CatalogSource source = sources.catalog(account);
            List<SystemFailure> unread = new ArrayList<>();
            for (ProductNews.News one : news.next(account, PRODUCTS_AT_ONCE)) {
                read(source, one, unread);
            }
            if (!unread.isEmpty()) {
                throw unread.getFirst();
            }
            return !news.next(account, 1).isEmpty();
        });
    }

    /** One that can't be read keeps no other from it; that a system is away is so for all of them. */
    private void read(CatalogSource source, ProductNews.News one, List<SystemFailure> unread) {
        try {
            news.take(one, source.product(one.account(), one.product()));
        } catch (SystemFailure failure) {
            if (failure.code() != FailureCode.REPLY_UNREADABLE) {
                throw failure;
            }
            news.putOff(one);
            unread.add(failure);
        }
    }
}
