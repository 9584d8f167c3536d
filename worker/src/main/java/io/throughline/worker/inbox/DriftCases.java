package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import java.time.Clock;
import java.util.Optional;

/**
 * Carries out what was decided where a system and the ledger have parted. To accept it means to believe the system that moves the stock;
 * by how much another one differs is let be from then on.
 */
public final class DriftCases implements InboxDesk {
    private final StockDrift drift;
    private final InventoryLedger ledger;
    private final StockAuthorities authorities;
    private final Cases cases;
    private final Clock clock;

    public DriftCases(
            StockDrift drift, InventoryLedger ledger, StockAuthorities authorities, Cases cases, Clock clock) {
        this.drift = drift;
        this.ledger = ledger;
        this.authorities = authorities;
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
            drift.apartAt(step.get().account(), place.get(), step.get().measure())
                    .ifPresent(this::accept);
            cases.close(decided.id(), "the difference was accepted");
        }
        return true;
    }

    private void accept(Discrepancy apart) {
        if (authorities.of(apart.facility(), apart.measure()).system().equals(apart.system())) {
            ledger.record(Movement.following(apart, clock.instant()));
        } else {
            drift.accept(apart);
        }
    }
}
