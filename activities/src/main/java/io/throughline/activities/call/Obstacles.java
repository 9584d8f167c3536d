package io.throughline.activities.call;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import java.util.function.IntSupplier;

/**
 * What keeps a step of an account from its end becomes a retry, and after a few a case of its account, which is closed when the cause has
 * gone. What only a person can mend becomes a case at once and keeps nothing else from being found.
 */
public final class Obstacles {
    private static final int QUIET_ATTEMPTS = 5;

    private final Cases cases;
    private final String process;

    /** {@code process} begins the names of the processes that the steps belong to; the account follows. */
    public Obstacles(Cases cases, String process) {
        this.cases = cases;
        this.process = process;
    }

    public int overcome(AccountId account, String step, IntSupplier work) {
        try {
            int result = work.getAsInt();
            close(account, step, "it works again", false);
            return result;
        } catch (SystemFailure failure) {
            if (failure.code() == FailureCode.SUBSCRIPTION_MISSING) {
                show(account, step, failure);
                return 0;
            }
            if (Activity.getExecutionContext().getInfo().getAttempt() > QUIET_ATTEMPTS) {
                show(account, step, failure);
            }
            throw retry(failure);
        }
    }

    private void show(AccountId account, String step, SystemFailure failure) {
        close(account, step, "tried again: " + failure.code(), true);
        cases.open(account, subject(account), step, failure.code(), String.valueOf(failure.getMessage()));
    }

    private void close(AccountId account, String step, String outcome, boolean onlyDecided) {
        cases.current(subject(account), step)
                .filter(found -> !onlyDecided || found.status() == CaseStatus.DECIDED)
                .ifPresent(found -> cases.close(found.id(), outcome));
    }

    private String subject(AccountId account) {
        return process + account;
    }

    private static ApplicationFailure retry(SystemFailure failure) {
        ApplicationFailure.Builder again = ApplicationFailure.newBuilder()
                .setType(failure.code().name())
                .setMessage(String.valueOf(failure.getMessage()));
        failure.retryAfter().ifPresent(again::setNextRetryDelay);
        return again.build();
    }
}
