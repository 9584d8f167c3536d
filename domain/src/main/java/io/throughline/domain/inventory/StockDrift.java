package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the latest word of a system and the ledger have parted. Reserved units may have been taken out by the system that hands them over
 * already, so a level that is less by no more than those is none. A bundle has no stock that could be compared.
 */
public interface StockDrift {
    /**
     * The places that come next in a comparison of all of them, as far as both have been quiet since. It goes on where the last page that
     * was {@link #passed} ended, whoever went through that one. A difference that was accepted is none.
     */
    Page next(AccountId account, Instant quietSince);

    /** All places of the page have been looked at. */
    void passed(AccountId account, Page page);

    /** How far they are apart at one place just now; empty: they aren't. */
    Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure);

    /** What the ledger and the system have each told since they last agreed, side by side, in words. */
    String story(Discrepancy discrepancy);

    /** From now on just this difference between both is right, whatever both come to. */
    void accept(Discrepancy discrepancy);

    /** The open cases about places where the account and the ledger agree again. */
    List<CaseId> settled(AccountId account);

    /**
     * A part of all places. {@code begun} are those where the ledger has not heard of any stock yet, {@code upTo} is the last one that was
     * looked at; empty: there are no more.
     */
    record Page(List<Discrepancy> apart, List<Discrepancy> begun, Optional<Spot> upTo) {
        public Page {
            apart = List.copyOf(apart);
            begun = List.copyOf(begun);
        }

        public boolean last() {
            return upTo.isEmpty();
        }
    }

    /** What of a place is compared. */
    record Spot(StockSubject place, Measure measure) {}
}
