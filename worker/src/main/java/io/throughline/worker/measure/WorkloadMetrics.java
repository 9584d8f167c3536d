package io.throughline.worker.measure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.CaseLoad;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What waits, against what was promised of it. Every process that shows it shows the same, so that sums over processes mean nothing:
 * rules take the greatest.
 */
public final class WorkloadMetrics {
    private final Workload workload;
    private final Set<AccountId> inUse;
    private final Clock clock;
    private final MultiGauge waiting;
    private final MultiGauge oldest;
    private final MultiGauge open;
    private final MultiGauge overdue;
    private final MultiGauge oldestCase;
    private final MultiGauge feeds;
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicLong lookedAt = new AtomicLong();

    /** Feeds are shown of the accounts that are {@code inUse}: nobody listens to the others. */
    public WorkloadMetrics(
            MeterRegistry registry, Workload workload, ServiceLevels levels, Set<AccountId> inUse, Clock clock) {
        this.workload = workload;
        this.inUse = Set.copyOf(inUse);
        this.clock = clock;
        this.waiting = gauge(registry, "throughline.backlog.items", "What has begun and not ended");
        this.oldest = seconds(registry, "throughline.backlog.oldest.age", "For how long the oldest of it has gone on");
        this.open = gauge(registry, "throughline.cases.open", "Cases that are not closed");
        this.overdue = gauge(registry, "throughline.cases.overdue", "Cases that are not closed and past their time");
        this.oldestCase =
                seconds(registry, "throughline.cases.oldest.age", "For how long the oldest case has been open");
        this.feeds = seconds(
                registry,
                "throughline.feed.complete.timestamp",
                "Up to when everything is known that an account tells of one thing");
        Gauge.builder("throughline.inbox.dead.letters", deadLetters, AtomicLong::get)
                .description("Messages that came in and could not be read")
                .register(registry);
        Gauge.builder("throughline.workload.looked.timestamp", lookedAt, AtomicLong::get)
                .baseUnit("seconds")
                .description("When the database was last asked for what waits")
                .register(registry);
        seconds(registry, "throughline.backlog.target", "Within which time what has begun was promised to end")
                .register(rows(
                        List.of(BusinessProcess.values()),
                        process -> Tags.of(
                                "work",
                                process.label(),
                                "owner",
                                levels.of(process).owner().name()),
                        process -> levels.of(process).within().toMillis() / 1000.0));
        Gauge.builder("throughline.backlog.at.risk.ratio", levels, ServiceLevels::atRiskAt)
                .description("From which share of its time on what has begun is at risk")
                .strongReference(true)
                .register(registry);
    }

    /** Asks for what waits. Until the next look the metrics tell the same. */
    public void look() {
        List<Backlog> backlogs = workload.backlogs();
        List<CaseLoad> cases = workload.cases();
        List<FeedProgress> progress = workload.feeds().stream()
                .filter(feed -> inUse.contains(feed.account()))
                .toList();
        deadLetters.set(workload.deadLetters());
        Instant now = clock.instant();
        Function<Backlog, Tags> ofProcess =
                backlog -> Tags.of("work", backlog.process().label());
        waiting.register(rows(backlogs, ofProcess, Backlog::waiting), true);
        oldest.register(rows(backlogs, ofProcess, backlog -> seconds(backlog.age(now))), true);
        List<CaseLoad> ofEachCode = ofEachCode(cases, now);
        open.register(rows(ofEachCode, WorkloadMetrics::ofCode, CaseLoad::open), true);
        overdue.register(rows(ofEachCode, WorkloadMetrics::ofCode, CaseLoad::overdue), true);
        oldestCase.register(
                rows(ofEachCode, WorkloadMetrics::ofCode, load -> seconds(Duration.between(load.oldest(), now))), true);
        feeds.register(
                rows(
                        progress,
                        feed -> Tags.of("account", feed.account().value(), "feed", feed.feed()),
                        feed -> feed.completeUpTo().getEpochSecond()),
                true);
        lookedAt.set(now.getEpochSecond());
    }

    /** A code without a case is shown, too: what is not there can't be told from what is not asked. */
    private static List<CaseLoad> ofEachCode(List<CaseLoad> cases, Instant now) {
        return Arrays.stream(FailureCode.values())
                .map(code -> cases.stream()
                        .filter(load -> load.code() == code)
                        .findFirst()
                        .orElse(new CaseLoad(code, 0, 0, now)))
                .toList();
    }

    private static Tags ofCode(CaseLoad load) {
        return Tags.of("code", load.code().name(), "owner", load.code().owner().name());
    }

    private static <T> List<Row<?>> rows(List<T> things, Function<T, Tags> tags, ToDoubleFunction<T> value) {
        return things.stream()
                .<Row<?>>map(thing -> Row.of(tags.apply(thing), value.applyAsDouble(thing)))
                .collect(Collectors.toList());
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1000.0;
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static MultiGauge seconds(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name)
                .baseUnit("seconds")
                .description(description)
                .register(registry);
    }
}
