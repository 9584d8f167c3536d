package io.throughline.domain.transfer;

import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.intervention.CaseId;

/**
 * What became of the transfers that an ERP keeps. Their movements are heard and booked; what is still on its way when such a transfer is
 * over comes from nowhere any more, and is accounted for: by the policy's tolerance, or by somebody's decision in a case.
 */
public interface ErpTransfers {
    /** Told again, it does nothing more. A difference is one only as far as the ledger has goods of this very transfer on their way. */
    void ended(ErpTransfer transfer, Tolerance tolerance);

    /** Somebody has decided to bear what is missing or too much. Called again, it does nothing more. */
    void acceptDifference(ErpTransferId id, CaseId reason);

    /** By how many units of each SKU what arrives may differ before somebody has to look, and who says so. */
    record Tolerance(int units, String rule) {
        /** The policy's rule for the two facilities; without one, every difference is looked at. */
        public static Tolerance of(StockPolicy policy, ErpTransfer transfer) {
            return policy.transfer(transfer.from(), transfer.to())
                    .map(rule -> new Tolerance(rule.tolerance(), rule.name() + " of " + policy.version()))
                    .orElseGet(() -> new Tolerance(0, "no rule of " + policy.version()));
        }
    }
}
