package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import java.time.Clock;
import java.util.Optional;

/**
 * Carries out what was decided where a system and the ledger have parted. To accept it means to believe the system that moves the stock;
 * by how much another one differs is let be from then on. To publish again means to believe the ledger, which the system is to show.
 */
public final class DriftCases implements InboxDesk {
    private final StockDrift drift;
    private final InventoryLedger ledger;
    private final ShownPlaces shown;
    private final Republications republications;
    private final Cases cases;
    private final Clock clock;

    public DriftCases(
            StockDrift drift,
            InventoryLedger ledger,
            ShownPlaces shown,
            Republications republications,
            Cases cases,
            Clock clock) {
        this.drift = drift;
        this.ledger = ledger;
        this.shown = shown;
        this.republications = republications;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<DriftStep> step = DriftStep.of(decided.step());
        Optional<StockSubject> place = StockSubject.of(decided.subject());
        if (step.isEmpty() || place.isEmpty()) {
            return false;
        }
        if (decided.status() == CaseStatus.DECIDED) {
            Decision decision = decided.decision().orElseThrow();
            if (decision.action() == Action.PUBLISH_AGAIN) {
                publishAgain(decided, decision, step.get(), place.get());
            } else {
                republications.countAnew(step.get().account(), place.get());
                drift.apartAt(step.get().account(), place.get(), step.get().measure())
                        .ifPresent(this::accept);
                cases.close(decided.id(), "the difference was accepted");
            }
        }
        return true;
    }

    /** What the configuration forbids by now, or what is not there to be shown, needs another decision. */
    private void publishAgain(Case decided, Decision decision, DriftStep step, StockSubject place) {
        boolean can = shown.follows(step.account(), place)
                && republications.ask(step.account(), place, decision.actor()) != Outcome.NOTHING_THERE;
        if (can) {
            cases.close(decided.id(), step.account() + " is told the ledger's number again");
        } else {
            cases.reopen(
                    decided.id(),
                    decision,
                    decided.code(),
                    step.account() + " is not told of " + place.sku() + " at " + place.facility());
        }
    }

    private void accept(Discrepancy apart) {
        StockSubject place = new StockSubject(apart.facility(), apart.sku());
        if (shown.moves(AccountId.of(apart.system()), place, apart.measure())) {
            ledger.record(Movement.following(apart, clock.instant()));
        } else {
            drift.accept(apart);
        }
    }
}
