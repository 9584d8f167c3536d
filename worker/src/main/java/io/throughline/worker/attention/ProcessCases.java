package io.throughline.worker.attention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.worker.inbox.InboxHandler;

/** The cases of processes that don't do as they should. A process has one at a time. */
final class ProcessCases {
    private final Cases cases;
    private final Inbox inbox;

    ProcessCases(Cases cases, Inbox inbox) {
        this.cases = cases;
        this.inbox = inbox;
    }

    Case show(AccountId account, String subject, String step, FailureCode code, String detail) {
        cases.current(subject, step)
                .filter(found -> found.code() != code)
                .ifPresent(found -> cases.close(found.id(), "it has become " + code));
        return cases.open(account, subject, step, code, detail);
    }

    /** Once for each case: the process that is begun reads the facts. What was decided begins one, too. */
    void begin(Case shown, AccountId account, String workflowId) {
        inbox.store(account, InboxHandler.BEGIN, shown.id().value(), workflowId, "{}");
    }
}
