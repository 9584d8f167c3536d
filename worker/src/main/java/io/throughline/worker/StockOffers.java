package io.throughline.worker;

import io.throughline.domain.inventory.InventoryLedger;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers stock, again and again, to whoever waits for it. What frees stock does so at once, but not all of it knows that it does: a policy
 * keeps back less from an instant on, and a count had already seen leave what is handed over now.
 */
final class StockOffers extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(StockOffers.class);

    private final InventoryLedger ledger;

    StockOffers(InventoryLedger ledger, Duration every) {
        super("stock-offers", every);
        this.ledger = ledger;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        try {
            ledger.waitedFor().forEach(ledger::offer);
        } catch (RuntimeException unreachable) {
            LOG.warn("stock can't be offered just now: {}", unreachable.toString());
        }
    }
}
