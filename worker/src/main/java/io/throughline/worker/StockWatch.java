package io.throughline.worker;

import io.temporal.client.WorkflowClient;
import io.throughline.activities.inventory.SilentChanges;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.domain.account.Account;
import io.throughline.domain.availability.Trust;
import io.throughline.domain.inventory.Publications;
import io.throughline.worker.inbox.InventorySyncs;
import java.time.Clock;
import java.time.Duration;

/**
 * Looks for changed stock and wakes the inventory sync of each account that is at rest and must be told of it. Every worker looks, and of
 * all of them one gets to wake; whoever is at work finds the news by itself, so a busy account costs no signals, and one that need not be
 * told costs none either. What else is offered because a facility was not heard of for long, or was again, is stored before anybody is woken.
 */
final class StockWatch extends RepeatedWork {
    private final StockMirrors mirrors;
    private final Publications publications;
    private final OfferedShares shares;
    private final SilentChanges silent;
    private final InventorySyncs syncs;
    private final Clock clock;

    StockWatch(
            StockMirrors mirrors,
            Publications publications,
            Trust trust,
            WorkflowClient workflows,
            Clock clock,
            Duration every) {
        super("stock-watch", every);
        this.mirrors = mirrors;
        this.publications = publications;
        this.shares = new OfferedShares(
                account -> trust.percents(account, mirrors.facilities(account), clock.instant()),
                publications::offer,
                clock);
        this.silent = new SilentChanges(mirrors, publications, clock);
        this.syncs = new InventorySyncs(workflows);
        this.clock = clock;
    }

    /** While the database or Temporal is away it waits for a later turn. */
    @Override
    void work() {
        mirrors.accounts()
                .forEach(
                        account -> attempt("the stock of " + account.id() + " can't be watched", () -> watch(account)));
    }

    private void watch(Account account) {
        shares.look(account.id());
        if (publications.claim(
                account.id(), mirrors.facilities(account.id()), mirrors.terms(account.id(), clock.instant()))) {
            attendOrGiveBack(account);
        }
    }

    private void attendOrGiveBack(Account account) {
        try {
            if (!silent.passBy(account.id())) {
                syncs.wake(account);
            }
        } catch (RuntimeException unreachable) {
            publications.atRest(account.id());
            throw unreachable;
        }
    }
}
