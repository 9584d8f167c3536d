package io.throughline.worker.inbox;

import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.intervention.Case;

/**
 * What is decided of a document that tells an ERP of what the ledger has adjusted needs nobody woken: the process that hears of the ERP's stock looks
 * within a minute, and closes the case.
 */
public final class AdjustmentCases implements InboxDesk {
    @Override
    public boolean resolve(Case decided) {
        return StockAdjustment.isNamed(decided.subject());
    }
}
