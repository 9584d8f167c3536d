package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the latest word of a system and the ledger have parted. Reserved units may have been taken out by the system that hands them over
 * already, so a level that is less by no more than those is none.
 */
public interface StockDrift {
    /** Places where both have been quiet since, the farthest apart first. */
    List<Discrepancy> apart(AccountId account, Instant quietSince, int atMost);

    /** How far they are apart at one place just now; empty: they aren't. */
    Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure);

    /** What the ledger and the system have each told since they last agreed, side by side, in words. */
    String story(Discrepancy discrepancy);
}
