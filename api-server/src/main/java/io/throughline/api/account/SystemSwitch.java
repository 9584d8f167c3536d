package io.throughline.api.account;

import io.throughline.api.access.Caller;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Act;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Word;
import java.util.List;
import java.util.Optional;

/** Has outside systems asked not at all for a while, or only so often. */
public final class SystemSwitch {
    static final int LONGEST_REASON = 200;
    private static final int ACTS_SHOWN = 20;

    private final SystemControls controls;
    private final Accounts accounts;

    public SystemSwitch(SystemControls controls, Accounts accounts) {
        this.controls = controls;
        this.accounts = accounts;
    }

    /** Those that we ask something of, in the order of the configuration. */
    public List<Account> asked() {
        return accounts.all().stream()
                .filter(account -> account.system().isAsked())
                .toList();
    }

    public List<Control> said() {
        return controls.all();
    }

    public Control of(AccountId account) {
        return controls.of(account);
    }

    public List<Act> acts(AccountId account) {
        return controls.acts(account, ACTS_SHOWN);
    }

    /** The account of that name, or the problem that there is none of which anything is asked. */
    public AccountId find(String name) {
        return asked().stream()
                .map(Account::id)
                .filter(account -> account.value().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("account whose system is asked anything"));
    }

    public Control pause(AccountId account, String reason, Caller caller) {
        return controls.pause(account, word(reason, caller));
    }

    public Control resume(AccountId account, String reason, Caller caller) {
        return controls.resume(account, word(reason, caller));
    }

    public Control limit(AccountId account, Optional<Double> perSecond, String reason, Caller caller) {
        Word word = word(reason, caller);
        if (perSecond
                .filter(rate -> !(rate >= SystemControls.SLOWEST && rate <= SystemControls.FASTEST))
                .isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "perSecond is " + SystemControls.SLOWEST + " to " + (long) SystemControls.FASTEST
                            + ", or left out for no limit. To stop asking altogether, pause.");
        }
        return controls.limit(account, perSecond, word);
    }

    private static Word word(String reason, Caller caller) {
        Findings findings = new Findings();
        findings.visible("/reason", reason, LONGEST_REASON);
        findings.throwIfAny("What was said about the system");
        return new Word(caller.actor(), reason.strip());
    }
}
