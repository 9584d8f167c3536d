package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.Transfers;
import java.util.Optional;

/** Carries out what was decided about a transfer of which less or more has arrived than was sent: all that can be decided is to bear it. */
public final class TransferCases implements InboxDesk {
    private final Transfers transfers;

    public TransferCases(Transfers transfers) {
        this.transfers = transfers;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<TransferId> transfer = TransferId.about(decided.subject());
        transfer.filter(known -> decided.status() == CaseStatus.DECIDED)
                .ifPresent(known -> transfers.acceptDifference(known, decided.id()));
        return transfer.isPresent();
    }
}
