package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the latest word of a system and the ledger have parted. Reserved units may have been taken out by the system that hands them over
 * already, so a level that is less by no more than those is none. What a system that shows our stock tells of a bundle is compared with as
 * many as can be made up there, as it was told; what others tell of one is compared with nothing.
 */
public interface StockDrift {
    /**
     * The places that come next in a comparison of all of them. It goes on where the last page that was {@link #passed} ended, whoever went
     * through that one. A difference that was accepted is none.
     */
    Page next(AccountId account, Instant quietSince);

    /** All places of the page have been looked at. At those that were {@code mended}, what comes next is new. */
    void passed(AccountId account, Page page, Collection<Spot> mended);

    /** How far they are apart at one place just now; empty: they aren't. */
    Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure);

    /**
     * Whether the ledger has been brought to a word, or what was missing has been made up for, by an adjustment after this word was said. That comes on
     * top of a count of the word's instant, which has seen what it made up for: together they would mend one difference twice.
     */
    boolean isAdjustedSince(Discrepancy discrepancy);

    /**
     * What the ledger and the system have each told since they last agreed, side by side, in words; of a system that was told the ledger's number
     * again and again, since it was so first.
     */
    String story(Discrepancy discrepancy);

    /** Says in the place's trace, once for each, that both are apart by so little that nobody has to look. */
    void note(Discrepancy discrepancy);

    /** From now on just this difference between both is right, whatever both come to. */
    void accept(Discrepancy discrepancy);

    /** The open cases about places where the account and the ledger agree again. */
    List<Case> settled(AccountId account);

    /** A part of all places, and where in it both are apart; {@code upTo} is the last one that was looked at; empty: there are no more. */
    record Page(List<Parting> apart, Optional<Spot> upTo) {
        public Page {
            apart = List.copyOf(apart);
        }

        public boolean last() {
            return upTo.isEmpty();
        }
    }

    /** What of a place is compared. */
    record Spot(StockSubject place, Measure measure) {}
}
