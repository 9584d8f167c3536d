package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.TroubledSystem;
import io.throughline.domain.fulfillment.FacilityId;

/** An outside system that tells of its stock when it is asked, with a hand on it. It knows NW-MUG-RED. */
public interface StockReportsUnderTest extends TroubledSystem {
    StockReports reports();

    /** The same, when nobody listens at its address. */
    StockReports unreachable();

    AccountId account();

    FacilityId facility();

    /** Somebody counts the mugs at the facility, and nobody is told who doesn't ask. */
    void countMugs(int units);
}
