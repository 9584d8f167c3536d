package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferMovements;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What becomes of a difference between what was sent and what has arrived: an adjustment by the terms of the transfer, or somebody's case. */
final class TransferDifferences {
    static final String STEP = "transfer.difference";

    private final StockAuthorities authorities;
    private final CaseWriter cases;
    private final PostgresInventory inventory;

    TransferDifferences(StockAuthorities authorities, CaseWriter cases, PostgresInventory inventory) {
        this.authorities = authorities;
        this.cases = cases;
        this.inventory = inventory;
    }

    /** It is within what the terms of the transfer take without asking. */
    void tolerate(Handle handle, Transfer received, Instant now, Telling telling) {
        account(
                handle,
                received,
                "within what " + received.terms().rule() + " of "
                        + received.terms().policy() + " takes",
                now,
                telling);
    }

    /** Somebody has decided to bear it. */
    void bear(Handle handle, Transfer settled, CaseId reason, Instant now, Telling telling) {
        account(handle, settled, "borne in " + reason, now, telling);
    }

    private void account(Handle handle, Transfer transfer, String reason, Instant now, Telling telling) {
        if (!transfer.differing().isEmpty()) {
            inventory.record(
                    handle,
                    new TransferMovements(transfer, now).settled(reason),
                    "the difference of " + transfer.id() + " is accounted for",
                    telling);
        }
    }

    /** A case as long as the difference is not accounted for; {@code corrected}: of an earlier receipt there may be one. */
    void show(Handle handle, Transfer received, boolean corrected) {
        if (corrected) {
            CaseRows.current(handle, received.id().subject(), STEP)
                    .ifPresent(open -> cases.close(handle, open.id(), "a later receipt says something else"));
        }
        if (!received.settled()) {
            cases.open(
                    handle,
                    AccountId.of(authorities.of(received.to(), Measure.ON_HAND).system()),
                    received.id().subject(),
                    STEP,
                    FailureCode.STOCK_DISCREPANCY,
                    words(received));
        }
    }

    private static String words(Transfer received) {
        return received.id() + " from " + received.from() + " to " + received.to() + ": "
                + received.differing().stream()
                        .map(line -> line.sent() + " of " + line.sku() + " sent, " + line.received() + " received")
                        .collect(Collectors.joining(", "))
                + ". Look for them at both places; a receipt with the right numbers ends this case.";
    }

    /** Whether it is this case that shows the difference now. */
    boolean isOpen(Handle handle, TransferId id, CaseId reason) {
        return CaseRows.current(handle, id.subject(), STEP)
                .filter(open -> open.id().equals(reason))
                .isPresent();
    }

    void close(Handle handle, CaseId reason) {
        cases.close(handle, reason, "the difference is borne");
    }
}
