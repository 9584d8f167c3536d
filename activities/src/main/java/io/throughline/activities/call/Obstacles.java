package io.throughline.activities.call;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalException;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Relief;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a process of an account from its end becomes a retry, and after a few a case of its account, which is closed when the cause
 * has gone. What only a person can mend becomes a case at once and keeps nothing else from being done.
 */
public final class Obstacles {
    private static final Logger LOG = LoggerFactory.getLogger(Obstacles.class);
    private static final int QUIET_ATTEMPTS = 5;

    private final String process;
    private final Cases cases;

    /** The cases' subject is {@code <process>/<account>}. */
    public Obstacles(String process, Cases cases) {
        this.process = process;
        this.cases = cases;
    }

    /** What only a person can mend is passed by, and counts nothing. */
    public int overcomeOrPassBy(AccountId account, String step, IntSupplier work) {
        return overcome(account, step, work::getAsInt, Optional.of(0));
    }

    public <R> R overcome(AccountId account, String step, Supplier<R> work) {
        return overcome(account, step, work, Optional.empty());
    }

    private <R> R overcome(AccountId account, String step, Supplier<R> work, Optional<R> otherwise) {
        try {
            R result = work.get();
            close(account, step, Relief.WORKS_AGAIN, false);
            return result;
        } catch (SystemFailure failure) {
            if (failure.code() == FailureCode.SUBSCRIPTION_MISSING && otherwise.isPresent()) {
                show(account, step, failure);
                return otherwise.get();
            }
            throw failed(account, step, failure);
        } catch (TemporalException engines) {
            throw engines;
        } catch (RuntimeException bug) {
            LOG.error("step {} of {} failed in our own code", step, subject(account), Wordless.of(bug));
            throw failed(
                    account,
                    step,
                    SystemFailure.withoutEffect(FailureCode.INTERNAL_ERROR, Wordless.words(bug), Wordless.of(bug)));
        }
    }

    private ApplicationFailure failed(AccountId account, String step, SystemFailure failure) {
        if (!failure.code().wanted() && Activity.getExecutionContext().getInfo().getAttempt() > QUIET_ATTEMPTS) {
            show(account, step, failure);
        }
        return retry(failure);
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
        return process + "/" + account;
    }

    private static ApplicationFailure retry(SystemFailure failure) {
        ApplicationFailure.Builder again = ApplicationFailure.newBuilder()
                .setType(failure.code().name())
                .setMessage(String.valueOf(failure.getMessage()));
        failure.retryAfter().filter(Duration::isPositive).ifPresent(again::setNextRetryDelay);
        return again.build();
    }
}
