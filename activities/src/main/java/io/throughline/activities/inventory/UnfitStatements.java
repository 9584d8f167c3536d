package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.UnplacedThing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a system says and a rule of ours forbids is a case of its own and keeps nothing else waiting. What the database or the world refuses
 * is thrown: it will be tried again.
 */
final class UnfitStatements {
    private static final Logger LOG = LoggerFactory.getLogger(UnfitStatements.class);
    private static final String STEP = "stock.place";

    private final Cases cases;

    UnfitStatements(Cases cases) {
        this.cases = cases;
    }

    void passBy(AccountId account, StockSource statement, Runnable booking) {
        try {
            booking.run();
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException unfit) {
            LOG.error("{} of {} can't be taken in", statement.id(), account, Wordless.of(unfit));
            cases.open(
                    account,
                    new UnplacedThing(account, "statement " + statement.id()).toString(),
                    STEP,
                    FailureCode.STOCK_UNPLACED,
                    "what " + account + " states here breaks a rule (" + Wordless.words(unfit)
                            + "); the worker's log tells which");
        }
    }
}
