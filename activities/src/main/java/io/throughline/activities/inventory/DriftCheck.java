package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockDrift.Page;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * What is done where a system and the ledger have parted. Within the policy's tolerance the ledger follows the system that moves the stock,
 * as {@code following} says, and what others count is let be; beyond it somebody has to look. What that system tells of a place where
 * the ledger has not heard of any stock is its beginning there. A case closes when both agree again.
 */
final class DriftCheck {
    private static final String COMPARED = "stock-compared";

    private final StockBooks books;
    private final Cases cases;
    private final Watermarks watermarks;
    private final Duration every;
    private final BiFunction<Discrepancy, Instant, Movement> following;
    private final Clock clock;

    /**
     * {@code every} is how often is compared, at places that have been quiet for as long. {@code following} makes the movement by which the
     * ledger follows: where a system tells levels of its own, as a count; where its number is reckoned by what we have heard of others until then,
     * which may still grow, as an adjustment.
     */
    DriftCheck(
            StockBooks books,
            Cases cases,
            Watermarks watermarks,
            Duration every,
            BiFunction<Discrepancy, Instant, Movement> following,
            Clock clock) {
        this.books = books;
        this.cases = cases;
        this.watermarks = watermarks;
        this.every = every;
        this.following = following;
        this.clock = clock;
    }

    /** Whether the account has not been compared for as long as it should be. */
    boolean due(AccountId account) {
        return watermarks
                .completeUpTo(account, COMPARED)
                .filter(compared -> compared.isAfter(clock.instant().minus(every)))
                .isEmpty();
    }

    /** Closes the cases of places that agree again, and compares when it is time to; gives how many places are a person's to look at. */
    int compareWhenDue(AccountId account) {
        books.drift().settled(account).forEach(settled -> cases.close(settled, "both agree again"));
        if (!due(account)) {
            return 0;
        }
        Instant now = clock.instant();
        int forPeople = compare(account, now.minus(every), now);
        watermarks.advance(account, COMPARED, now);
        return forPeople;
    }

    private int compare(AccountId account, Instant quietSince, Instant now) {
        int forPeople = 0;
        Page page;
        do {
            page = books.drift().next(account, quietSince);
            for (Discrepancy found : page.begun()) {
                forPeople += settle(account, found, movedBy(found), now);
            }
            for (Discrepancy found : page.apart()) {
                forPeople += settle(account, found, false, now);
            }
            books.drift().passed(account, page);
        } while (!page.last());
        return forPeople;
    }

    /** {@code believed}: no word of anybody else is against it. Gives 1 when somebody has to look, else 0. */
    private int settle(AccountId account, Discrepancy found, boolean believed, Instant now) {
        int tolerance = books.policies().at(now).tolerance(found.facility(), found.sku());
        if (!believed && Math.abs((long) found.told() - found.ledger()) > tolerance) {
            show(account, found);
            return 1;
        }
        if (movedBy(found)) {
            books.ledger().record(following.apply(found, now));
        }
        return 0;
    }

    /** Whether it tells of stock that it moves itself. */
    private boolean movedBy(Discrepancy found) {
        return books.authorities()
                .of(found.facility(), found.measure())
                .system()
                .equals(found.system());
    }

    private void show(AccountId account, Discrepancy found) {
        String subject = new StockSubject(found.facility(), found.sku()).toString();
        String step = new DriftStep(account, found.measure()).toString();
        if (cases.current(subject, step).isEmpty()) {
            cases.open(
                    account,
                    subject,
                    step,
                    FailureCode.STOCK_DISCREPANCY,
                    found.system() + " tells of " + found.told() + ", the ledger of " + found.ledger() + " ("
                            + found.measure() + "). " + books.drift().story(found));
        }
    }
}
