package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockSubject;
import java.util.Optional;

/** Carries out what was decided about stock that is missing, since no process waits for it: all that can be decided is to bear it. */
public final class StockCases implements InboxDesk {
    private final InventoryLedger inventory;

    public StockCases(InventoryLedger inventory) {
        this.inventory = inventory;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<StockSubject> place = StockSubject.of(decided.subject());
        place.filter(stock -> decided.status() == CaseStatus.DECIDED)
                .ifPresent(stock -> inventory.bear(stock, decided.id()));
        return place.isPresent();
    }
}
