package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.transfer.ErpTransferId;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.Transfers;
import java.util.Optional;

/**
 * Carries out what was decided about a transfer of which less or more has arrived than was sent, one of ours or an ERP's: all that can be
 * decided is to bear it.
 */
public final class TransferCases implements InboxDesk {
    private final Transfers transfers;
    private final ErpTransfers ofErps;

    public TransferCases(Transfers transfers, ErpTransfers ofErps) {
        this.transfers = transfers;
        this.ofErps = ofErps;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<TransferId> own = TransferId.about(decided.subject());
        Optional<ErpTransferId> ofErp = ErpTransferId.about(decided.subject());
        if (decided.status() == CaseStatus.DECIDED) {
            own.ifPresent(known -> transfers.acceptDifference(known, decided.id()));
            ofErp.ifPresent(known -> ofErps.acceptDifference(known, decided.id()));
        }
        return own.isPresent() || ofErp.isPresent();
    }
}
