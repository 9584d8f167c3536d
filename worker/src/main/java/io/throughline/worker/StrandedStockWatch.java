package io.throughline.worker;

import io.throughline.domain.inventory.StrandedStock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, again and again, for stock that is reserved for orders which have ended, so that none is kept from being sold for ever. Every worker does so; what
 * one has set right the others find in order.
 */
final class StrandedStockWatch extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(StrandedStockWatch.class);
    private static final int MOST_AT_ONCE = 100;

    /** An order that has just ended may be giving back what it has left. */
    private static final Duration ENDED_FOR = Duration.ofHours(1);

    private final StrandedStock stranded;

    StrandedStockWatch(StrandedStock stranded, Duration every) {
        super("stranded-stock", every);
        this.stranded = stranded;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        attempt("stranded stock can't be set right", this::setRight);
    }

    private void setRight() {
        int orders = stranded.setRight(ENDED_FOR, MOST_AT_ONCE);
        if (orders > 0) {
            LOG.warn("{} orders had ended and had stock reserved still: it is set right, as their traces tell", orders);
        }
    }
}
