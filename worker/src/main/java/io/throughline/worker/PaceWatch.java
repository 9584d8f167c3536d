package io.throughline.worker;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.SystemPaces;
import io.throughline.domain.account.SystemPaces.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells the console how often systems may be asked by the configuration of this process, and by what they themselves have told it. */
final class PaceWatch extends RepeatedWork {
    private final SystemPaces paces;
    private final List<Account> accounts;
    private final Map<String, QueueSettings> queues;
    private final Function<AccountId, Optional<CallBudget>> budgets;

    /** {@code accounts} are those that are asked anything; of a queue that this process does not work on, it tells nothing. */
    PaceWatch(
            SystemPaces paces,
            List<Account> accounts,
            Map<String, QueueSettings> queues,
            Function<AccountId, Optional<CallBudget>> budgets,
            Duration every) {
        super("pace-watch", every);
        this.paces = paces;
        this.accounts = accounts.stream()
                .filter(account -> queues.containsKey(account.system().taskQueue()))
                .toList();
        this.queues = Map.copyOf(queues);
        this.budgets = budgets;
    }

    @Override
    void work() {
        attempt(
                "how often systems may be asked can't be told",
                () -> paces.tell(accounts.stream().map(this::pace).toList()));
    }

    private Pace pace(Account account) {
        return new Pace(
                account.id(),
                Optional.ofNullable(queues.get(account.system().taskQueue()))
                        .map(QueueSettings::perSecond)
                        .filter(rate -> rate > 0),
                budgets.apply(account.id()));
    }
}
