package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.failure.TroubledSystem;
import io.throughline.domain.fulfillment.FacilityId;

/** An outside system that shows stock, with a hand on it. It knows NW-MUG-RED and NW-CAP-NVY, of which it has some. */
public interface StockMirrorUnderTest extends TroubledSystem {
    StockMirror mirror();

    /** The same, when nobody listens at its address. */
    StockMirror unreachable();

    AccountId account();

    FacilityId facility();

    /** The next call that changes stock on hand meets this. */
    void tellingMeets(Trouble trouble);

    /** A customer takes a mug, and nobody is told. */
    void sellAMug();
}
