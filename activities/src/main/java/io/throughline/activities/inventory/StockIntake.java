package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReports.Report;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.UnplacedReports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes what a system tells of its stock into the ledger. What was heard before is passed over with one look. */
final class StockIntake {
    /** One transaction takes many statements in much sooner than many do; but whoever reserves waits for it. */
    private static final int BOOKED_TOGETHER = 25;

    private final InventoryLedger ledger;
    private final StockObservations observations;
    private final UnplacedReports unplaced;
    private final UnfitStatements unfit;

    StockIntake(InventoryLedger ledger, StockObservations observations, UnplacedReports unplaced, Cases cases) {
        this.ledger = ledger;
        this.observations = observations;
        this.unplaced = unplaced;
        this.unfit = new UnfitStatements(cases);
    }

    void takeIn(AccountId account, List<Report> reports) {
        if (reports.isEmpty()) {
            return;
        }
        Set<StockSource> unheard =
                observations.unheard(reports.stream().map(Report::source).toList());
        List<Report> news = reports.stream()
                .filter(report -> unheard.contains(report.source()))
                .toList();
        List<Report.Moved> moved = news.stream()
                .filter(Report.Moved.class::isInstance)
                .map(Report.Moved.class::cast)
                .toList();
        for (int from = 0; from < moved.size(); from += BOOKED_TOGETHER) {
            book(account, moved.subList(from, Math.min(moved.size(), from + BOOKED_TOGETHER)));
        }
        observe(
                account,
                news.stream()
                        .filter(Report.Told.class::isInstance)
                        .map(Report.Told.class::cast)
                        .toList());
        news.stream()
                .filter(report -> !(report instanceof Report.Moved || report instanceof Report.Told))
                .forEach(report -> takeIn(account, report));
    }

    /** As {@link #book}: what one of them breaks is found by going through them. */
    private void observe(AccountId account, List<Report.Told> together) {
        if (together.isEmpty()) {
            return;
        }
        try {
            observations.observe(together.stream().map(Report.Told::level).toList());
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException unfitOne) {
            together.forEach(told -> takeIn(account, told));
        }
    }

    /** Together; where a rule of ours forbids one of them, each by itself, so that only that one is passed by. */
    private void book(AccountId account, List<Report.Moved> together) {
        try {
            ledger.record(together.stream().map(Report.Moved::movement).toList());
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException unfitOne) {
            together.forEach(moved -> takeIn(account, moved));
        }
    }

    private void takeIn(AccountId account, Report report) {
        unfit.passBy(account, report.source(), () -> take(account, report));
    }

    private void take(AccountId account, Report report) {
        switch (report) {
            case Report.Moved(var movement) -> ledger.record(movement);
            case Report.SoldByOrder(var movement) -> observations.keep(movement);
            case Report.Told(var level) -> observations.observe(level);
            case Report.Unplaced kept -> unplaced.keep(account, kept);
        }
    }

    /** What waits for its thing or place to be known; of those that still are unknown only the oldest report is read. */
    void placeAgain(AccountId account, StockReports system) {
        List<Report.Unplaced> oldest = unplaced.oldest(account);
        if (oldest.isEmpty()) {
            return;
        }
        Set<String> unknown = new HashSet<>();
        system.again(account, oldest.stream().map(Report.Unplaced::raw).toList())
                .forEach(report -> {
                    if (report instanceof Report.Unplaced still) {
                        unknown.add(still.thing());
                    }
                });
        oldest.stream()
                .map(Report.Unplaced::thing)
                .filter(thing -> !unknown.contains(thing))
                .flatMap(thing -> unplaced.about(account, thing).stream())
                .forEach(report -> {
                    takeIn(account, system.again(account, List.of(report.raw())));
                    unplaced.placed(account, report);
                });
    }
}
