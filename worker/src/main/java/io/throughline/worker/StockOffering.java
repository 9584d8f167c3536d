package io.throughline.worker;

import io.throughline.domain.inventory.InventoryLedger;
import java.time.Duration;

/**
 * Offers stock, again and again, to whoever waits for it. What frees stock does so at once, but not all of it knows that it does: a policy
 * keeps back less from an instant on, and a count had already seen leave what is handed over now.
 */
final class StockOffering extends RepeatedWork {
    private final InventoryLedger ledger;

    StockOffering(InventoryLedger ledger, Duration every) {
        super("stock-offers", every);
        this.ledger = ledger;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        attempt("stock can't be offered", () -> ledger.waitedFor().forEach(ledger::offer));
    }
}
