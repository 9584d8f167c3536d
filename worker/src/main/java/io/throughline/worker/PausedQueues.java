package io.throughline.worker;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.worker.inbox.Starts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets the steps of a task queue lie where they are while every account that it serves is paused: they cost nothing there, and are taken
 * up as soon as one of them is resumed. A queue of which one account goes on is worked on, and the steps of the others are held back one
 * by one.
 */
final class PausedQueues extends RepeatedWork {
    private final SystemControls controls;
    private final Map<String, Set<AccountId>> accountsOfQueues;
    private final Consumer<Set<String>> workers;

    /** {@code workers} is told the queues that are to be left alone. */
    PausedQueues(SystemControls controls, Accounts accounts, Consumer<Set<String>> workers, Duration every) {
        super("paused-queues", every);
        this.controls = controls;
        this.accountsOfQueues = accountsOfQueues(accounts.all());
        this.workers = workers;
    }

    /** The queue of the processes themselves is never left alone. */
    private static Map<String, Set<AccountId>> accountsOfQueues(List<Account> accounts) {
        return accounts.stream()
                .filter(account -> !account.isOff())
                .filter(account -> !account.system().taskQueue().equals(Starts.QUEUE))
                .collect(Collectors.groupingBy(
                        account -> account.system().taskQueue(), Collectors.mapping(Account::id, Collectors.toSet())));
    }

    /** While the database is away it stays as it was. */
    @Override
    void work() {
        attempt("whether systems are paused can't be read", this::follow);
    }

    private void follow() {
        Set<AccountId> paused = controls.all().stream()
                .filter(Control::paused)
                .map(Control::account)
                .collect(Collectors.toSet());
        Set<String> quiet = new HashSet<>();
        accountsOfQueues.forEach((queue, accounts) -> {
            if (paused.containsAll(accounts)) {
                quiet.add(queue);
            }
        });
        workers.accept(Set.copyOf(quiet));
    }
}
