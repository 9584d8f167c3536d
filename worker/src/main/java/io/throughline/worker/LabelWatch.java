package io.throughline.worker;

import io.throughline.activities.fulfillment.LateLabels;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import java.time.Duration;

/** Asks carriers that were passed over in their silence whether they have sold a label after all. Every worker does so; it may be done twice. */
final class LabelWatch extends RepeatedWork {
    private final Accounts accounts;
    private final LateLabels labels;

    LabelWatch(Accounts accounts, LateLabels labels, Duration every) {
        super("label-watch", every);
        this.accounts = accounts;
        this.labels = labels;
    }

    @Override
    void work() {
        accounts.all().stream()
                .filter(account -> account.system() == OutsideSystem.CARRIER && account.isLive())
                .map(Account::id)
                .forEach(id -> attempt(id + " can't be asked for late labels", () -> labels.look(id)));
    }
}
