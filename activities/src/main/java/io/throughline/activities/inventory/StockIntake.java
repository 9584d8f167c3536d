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
        reports.stream().filter(report -> unheard.contains(report.source())).forEach(report -> takeIn(account, report));
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
