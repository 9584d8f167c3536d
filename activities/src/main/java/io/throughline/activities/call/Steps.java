package io.throughline.activities.call;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How every step of a process is taken: a case that waits is not touched, a decision is carried out, a refusal becomes a case, and a
 * failure becomes a retry with a delay, quick at first and slow later. When the quick phase is over the step opens a case itself and
 * tells the process once, so an outage costs the same few events however long it lasts.
 */
public final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final Duration QUICK_PHASE = Duration.ofMinutes(2);

    /** Beyond the longest lease of an effect: what another attempt holds is no stall while that one may still tell. */
    private static final Duration IN_FLIGHT_PHASE = Duration.ofMinutes(4);

    private static final Duration QUICKEST = Duration.ofMillis(500);
    private static final Duration SLOWEST_QUICK = Duration.ofSeconds(15);
    private static final Duration SLOW = Duration.ofMinutes(1);

    private final Cases cases;
    private final Orders orders;
    private final Doorbell doorbell;
    private final Clock clock;

    public Steps(Cases cases, Orders orders, Doorbell doorbell, Clock clock) {
        this.cases = cases;
        this.orders = orders;
        this.doorbell = doorbell;
        this.clock = clock;
    }

    /** Which step of which order; {@code about} tells the same step of several legs apart. */
    public record Step(OrderId order, AccountId account, String name, String about) {
        String caseKey() {
            return name + " " + about;
        }

        /** To answer a refused reroute with REROUTE means to try it again, and must be said each time. */
        boolean asksWhereTo() {
            return name.equals("facility.reroute");
        }
    }

    /**
     * Takes a step that a person may have to decide about. {@code work} gets the decision that it is to be taken with. A result can get
     * lost on its way to the process, so a question that was answered once is not asked again.
     */
    public StepResult take(Step step, Function<Optional<Decision>, Reply> work) {
        return translating(step, () -> {
            Optional<Case> current = cases.current(step.order().value(), step.caseKey());
            if (current.filter(Steps::waitsForPerson).isPresent()) {
                return StepResult.parked(
                        current.get().id().value(), current.get().code());
            }
            Optional<Decision> decision = current.flatMap(Case::decision);
            if (decision.isEmpty()) {
                return finish(step, current, work.apply(Optional.empty()));
            }
            return retries(decision.get())
                    ? finish(step, current, work.apply(decision))
                    : carryOut(step, current.get(), decision.get());
        });
    }

    /** Takes a step that nobody ever has to decide about; it may only fail and be tried again. */
    public <R> R retrying(Step step, Supplier<R> work) {
        return translating(step, () -> {
            R result = work.get();
            if (!Activity.getExecutionContext().getInfo().isLocal()) {
                relieve(step, "it works again");
            }
            return result;
        });
    }

    /** Closes the step's case, if there is one, because its cause has gone. */
    public void relieve(Step step, String why) {
        cases.current(step.order().value(), step.caseKey()).ifPresent(found -> cases.close(found.id(), why));
    }

    /** Closes whatever cases the order still has, except those that are still to be worked on. */
    public void relieveAll(OrderId order, String why) {
        cases.ofSubject(order.value()).stream()
                .filter(found ->
                        found.status() != CaseStatus.CLOSED && !found.code().outlivesOrder())
                .forEach(found -> cases.close(found.id(), why));
    }

    /** Opens, once and for all, a case that nobody waits for. */
    public void leaveBehind(Step step, FailureCode code, String detail) {
        boolean known = cases.ofSubject(step.order().value()).stream()
                .anyMatch(past -> past.step().equals(step.caseKey()));
        if (!known) {
            cases.open(step.account(), step.order().value(), step.caseKey(), code, detail);
        }
    }

    /** Whether this was ever asked about the order. */
    public boolean asked(OrderId order, FailureCode code) {
        return cases.ofSubject(order.value()).stream().anyMatch(past -> past.code() == code);
    }

    /** Whether somebody has decided, at whatever step, that the work which {@code about} names goes to somebody else. */
    public boolean reroutedBefore(OrderId order, String about) {
        return cases.ofSubject(order.value()).stream()
                .filter(past ->
                        past.status() == CaseStatus.CLOSED && past.step().endsWith(" " + about))
                .anyMatch(past -> past.decision()
                        .map(Decision::action)
                        .filter(Action.REROUTE::equals)
                        .isPresent());
    }

    private <R> R translating(Step step, Supplier<R> work) {
        try {
            return work.get();
        } catch (SystemFailure failure) {
            throw retry(step, failure.code(), failure.getMessage(), failure.retryAfter());
        } catch (RuntimeException bug) {
            LOG.error("step {} of {} failed in our own code", step.name(), step.order(), bug);
            throw retry(
                    step,
                    FailureCode.INTERNAL_ERROR,
                    bug.getClass().getSimpleName() + ": " + bug.getMessage(),
                    Optional.empty());
        }
    }

    private static boolean waitsForPerson(Case found) {
        return found.status() == CaseStatus.OPEN
                && (found.code().category() == FailureCategory.BUSINESS
                        || found.code().category() == FailureCategory.CALLER);
    }

    private StepResult finish(Step step, Optional<Case> current, Reply reply) {
        return switch (reply) {
            case Reply.Done done -> {
                current.ifPresent(found -> cases.close(found.id(), "the step is through"));
                yield StepResult.done();
            }
            case Reply.Refused(FailureCode code, String detail) -> {
                current.ifPresent(found -> cases.close(found.id(), "refused again: " + code));
                Optional<Case> answered = answered(step, code, detail);
                if (answered.isPresent()) {
                    yield carryOut(
                            step, answered.get(), answered.get().decision().orElseThrow());
                }
                Case opened = cases.open(step.account(), step.order().value(), step.caseKey(), code, detail);
                yield StepResult.parked(opened.id().value(), code);
            }
        };
    }

    private static boolean retries(Decision decision) {
        return switch (decision.action()) {
            case RETRY, AMEND_AND_RETRY, RELEASE_HOLD -> true;
            case CANCEL, ACCEPT_DIFFERENCE, REROUTE -> false;
        };
    }

    private StepResult carryOut(Step step, Case decided, Decision decision) {
        return switch (decision.action()) {
            case CANCEL -> cancel(step, decided, decision);
            case ACCEPT_DIFFERENCE -> closing(decided, "the difference was accepted", StepResult.done());
            case REROUTE -> closing(decided, "routed again", StepResult.reroute());
            case RETRY, AMEND_AND_RETRY, RELEASE_HOLD ->
                throw new IllegalArgumentException(decision.action() + " takes the step again");
        };
    }

    /** The closed case in which the very same question was answered for good. */
    private Optional<Case> answered(Step step, FailureCode code, String detail) {
        return cases.ofSubject(step.order().value()).stream()
                .filter(past ->
                        past.status() == CaseStatus.CLOSED && past.step().equals(step.caseKey()))
                .filter(past -> past.code() == code && past.detail().equals(detail))
                .filter(past ->
                        past.decision().filter(answer -> !retries(answer)).isPresent())
                .filter(past ->
                        !step.asksWhereTo() || past.decision().orElseThrow().action() != Action.REROUTE)
                .reduce((earlier, later) -> later);
    }

    /** Goods that have left can't be called back by ending the order: such a case stays open. */
    private StepResult cancel(Step step, Case decided, Decision decision) {
        boolean left = orders.view(step.order())
                .map(OrderView::fulfillmentOrders)
                .map(work -> work.stream().anyMatch(one -> one.status().handedOver()))
                .orElse(false);
        if (left) {
            cases.close(decided.id(), "not cancelled: goods have left");
            Case again = cases.open(
                    step.account(),
                    step.order().value(),
                    step.caseKey(),
                    decided.code(),
                    decided.detail() + " (goods have left: it can't be cancelled, decide otherwise)");
            return StepResult.parked(again.id().value(), again.code());
        }
        orders.requestCancel(
                step.order(),
                decision.actor(),
                decided.code() + ": " + decision.note().orElse("cancelled"));
        return closing(decided, "the order is being cancelled", StepResult.cancelled());
    }

    private StepResult closing(Case decided, String outcome, StepResult result) {
        cases.close(decided.id(), outcome);
        return result;
    }

    private ApplicationFailure retry(Step step, FailureCode code, String message, Optional<Duration> retryAfter) {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        Duration delay = retryAfter.orElseGet(() -> quickDelay(info.getAttempt()));
        if (!info.isLocal() && clock.instant().isAfter(firstTry(info).plus(quickPhase(code)))) {
            showStalled(step, code, message, info);
            delay = retryAfter.filter(wait -> wait.compareTo(SLOW) > 0).orElse(SLOW);
        }
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setType(code.name())
                .setMessage(step.name() + ": " + message)
                .setNextRetryDelay(delay)
                .build();
        // A marker carries the whole stack, and the history keeps every marker.
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    private void showStalled(Step step, FailureCode code, String message, ActivityInfo info) {
        boolean known = cases.current(step.order().value(), step.caseKey()).isPresent();
        if (!known) {
            Case opened = cases.open(step.account(), step.order().value(), step.caseKey(), code, message);
            doorbell.stalled(String.valueOf(info.getWorkflowId()), step.name(), step.about(), code, opened.id());
        }
    }

    private static Duration quickPhase(FailureCode code) {
        return code == FailureCode.EFFECT_IN_FLIGHT ? IN_FLIGHT_PHASE : QUICK_PHASE;
    }

    private static Instant firstTry(ActivityInfo info) {
        return Instant.ofEpochMilli(info.getScheduledTimestamp());
    }

    /** Doubling, with full jitter, so that orders that failed together don't come back together. */
    private static Duration quickDelay(int attempt) {
        long cap = Math.min(SLOWEST_QUICK.toMillis(), QUICKEST.toMillis() << Math.min(attempt, 10));
        return Duration.ofMillis(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
    }
}
