package io.throughline.activities.call;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.GivenBackStep;
import io.throughline.domain.intervention.Relief;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How every step of a process is taken: a case that waits is not touched, a decision is carried out, a refusal becomes a case, and a
 * failure becomes a retry ({@link RetryDelays}). A failure that lasts is shown ({@link Stalls}), so an outage costs the same few events
 * however long it goes on.
 */
public final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    /** Behind the words of a question that is asked again, because it is too late to end the order. */
    private static final String GOODS_HAVE_LEFT = " (goods have left: it can't be cancelled, decide otherwise)";

    private final Cases cases;
    private final Orders orders;
    private final Stalls stalls;
    private final SystemGate gate;
    private final Clock clock;
    private final Duration quickPhase;

    public Steps(Cases cases, Orders orders, Doorbell doorbell, Clock clock) {
        this(cases, orders, doorbell, SystemGate.open(), clock);
    }

    public Steps(Cases cases, Orders orders, Doorbell doorbell, SystemGate gate, Clock clock) {
        this(cases, orders, doorbell, gate, clock, RetryDelays.USUAL_QUICK_PHASE);
    }

    /** With how long a step that fails is tried quickly before it is shown. */
    public Steps(Cases cases, Orders orders, Doorbell doorbell, SystemGate gate, Clock clock, Duration quickPhase) {
        this.gate = gate;
        this.cases = cases;
        this.orders = orders;
        this.stalls = new Stalls(cases, doorbell);
        this.clock = clock;
        this.quickPhase = quickPhase;
    }

    /**
     * Which step of which order or store's day; {@code about} tells the same step of several legs apart. {@code account} is where the
     * subject belongs, {@code asked} the one whose system the step asks. {@code awaited} is what its process waits for.
     */
    public record Step(
            PostingSubject owner, AccountId account, AccountId asked, String name, String about, Awaited awaited) {
        /** A step as its process knows it, which shows it as stalled until that one is through. */
        public record Awaited(String name, String about) {}

        public Step(PostingSubject owner, AccountId account, AccountId asked, String name, String about) {
            this(owner, account, asked, name, about, new Awaited(name, about));
        }

        public Step(PostingSubject owner, AccountId account, String name, String about) {
            this(owner, account, account, name, about);
        }

        public Step asking(AccountId other) {
            return new Step(owner, account, other, name, about, awaited);
        }

        /** The process knows nothing of this one: it waits for the whole that this is a part of. */
        public Step within(Step whole) {
            return new Step(owner, account, asked, name, about, whole.awaited);
        }

        String subject() {
            return owner.value();
        }

        private OrderId order() {
            if (owner instanceof OrderId order) {
                return order;
            }
            throw new IllegalStateException(subject() + " is no order that could be cancelled");
        }

        String caseKey() {
            return name + " " + about;
        }

        /** To cancel what is still to come of an order gives that up, and leaves alone what has left. */
        boolean isAboutTheRest() {
            return name.equals("order.allocate-rest") || name.equals("order.promise") || name.equals("reroute.promise");
        }

        /** To answer a refused reroute with REROUTE means to try it again, and must be said each time. */
        boolean asksWhereTo() {
            return name.equals("facility.reroute") || name.equals("reroute.take-away");
        }
    }

    /**
     * Takes a step that a person may have to decide about. {@code work} gets the decision that it is to be taken with. A result can get
     * lost on its way to the process, so a question that was answered once is not asked again.
     */
    public StepResult take(Step step, Function<Optional<Decision>, Reply> work) {
        return take(step, () -> false, work);
    }

    /** The same for a step whose question may answer itself: where that has happened, nobody has to decide any more. */
    public StepResult take(Step step, BooleanSupplier settled, Function<Optional<Decision>, Reply> work) {
        Function<Optional<Decision>, Reply> told = decision -> orRefused(() -> work.apply(decision));
        return attempt(
                step,
                () -> standing(step),
                standing -> taken(
                        step,
                        standing,
                        told,
                        open -> settled.getAsBoolean()
                                ? finish(step, Optional.of(open), told.apply(Optional.empty()))
                                : parked(step, open)));
    }

    /**
     * The same for a step that is taken anew at all news of its subject, also while a person is being asked: {@code work} does no more than its facts
     * allow. What nobody has to decide any more closes by itself, with the reason that {@code why} gives; the same question stays the same case.
     */
    public StepResult takeAnew(Step step, Function<Case, String> why, Function<Optional<Decision>, Reply> work) {
        Function<Optional<Decision>, Reply> told = decision -> orRefused(() -> work.apply(decision));
        return attempt(
                step,
                () -> standing(step),
                standing -> taken(step, standing, told, open -> askAnew(step, open, why, told)));
    }

    private StepResult taken(
            Step step,
            Standing standing,
            Function<Optional<Decision>, Reply> told,
            Function<Case, StepResult> whileWaiting) {
        return switch (standing) {
            case Standing.Untroubled(Optional<Case> outage) -> finish(step, outage, askedOnce(step, told));
            case Standing.Waiting(Case open) -> whileWaiting.apply(open);
            case Standing.ToBeTried(Case decided, Decision decision) -> tryAgain(step, decided, decision, told);
            case Standing.Answered(Case decided, Decision decision) -> carryOut(step, decided, decision);
        };
    }

    private StepResult askAnew(
            Step step, Case open, Function<Case, String> why, Function<Optional<Decision>, Reply> told) {
        Reply reply = told.apply(Optional.empty());
        if (reply instanceof Reply.Refused(FailureCode code, String detail) && code == open.code()) {
            boolean sameWords = open.detail().equals(detail) || open.detail().equals(detail + GOODS_HAVE_LEFT);
            return parked(step, sameWords ? open : cases.restate(open.id(), detail));
        }
        String outcome = reply instanceof Reply.Refused(FailureCode code, String _)
                ? "another question by now: " + code
                : Relief.gone(why.apply(open));
        return cases.settle(open.id(), outcome)
                ? finish(step, Optional.empty(), reply)
                // A person was quicker: what they have decided counts.
                : taken(step, standing(step), told, again -> parked(step, again));
    }

    /** What came of a step's work: where nothing was refused, the process goes on by {@code result}. */
    public record Taken(Reply reply, StepResult result) {
        public Taken(Reply reply) {
            this(reply, StepResult.done());
        }
    }

    /** The same for a step that may answer more than that it is done. */
    public StepResult takeBy(Step step, BooleanSupplier settled, Function<Optional<Decision>, Taken> work) {
        return by(work, told -> take(step, settled, told));
    }

    /** As {@link #takeAnew}, for a step that may answer more than that it is done. */
    public StepResult takeAnewBy(Step step, Function<Case, String> why, Function<Optional<Decision>, Taken> work) {
        return by(work, told -> takeAnew(step, why, told));
    }

    private static StepResult by(
            Function<Optional<Decision>, Taken> work, Function<Function<Optional<Decision>, Reply>, StepResult> take) {
        AtomicReference<StepResult> outcome = new AtomicReference<>(StepResult.done());
        StepResult taken = take.apply(decision -> {
            Taken came = work.apply(decision);
            outcome.set(came.result());
            return came.reply();
        });
        return taken.verdict() == StepResult.Verdict.DONE ? outcome.get() : taken;
    }

    /** What only a person can mend is not tried for minutes first, in whatever form it is told. */
    public static Reply orRefused(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (SystemFailure failure) {
            if (failure.code().category() == FailureCategory.BUSINESS) {
                return Reply.refused(failure.code(), failure.getMessage());
            }
            throw failure;
        }
    }

    /** Takes a step that nobody ever has to decide about; it may only fail and be tried again. */
    public <R> R retrying(Step step, Supplier<R> work) {
        // A local attempt is the first one: there is no case yet, and it is spared the question.
        boolean local = Activity.getExecutionContext().getInfo().isLocal();
        return attempt(step, () -> local ? Standing.UNTROUBLED : standing(step), standing -> {
            R result = work.get();
            if (!local) {
                relieve(step, Relief.WORKS_AGAIN);
            }
            return result;
        });
    }

    /** Closes the step's case, if there is one, because its cause has gone. */
    public void relieve(Step step, String why) {
        cases.current(step.subject(), step.caseKey()).ifPresent(found -> cases.close(found.id(), why));
    }

    /** Closes whatever cases the order still has, except those that a person has still to work on, and what was decided without any process. */
    public void relieveAll(OrderId order, String why) {
        cases.ofSubject(order.value()).stream()
                .filter(found -> found.status() != CaseStatus.CLOSED)
                .filter(found -> isOfItsProcess(found) || !found.code().outlivesOrder())
                .forEach(found -> cases.close(found.id(), why));
    }

    private static boolean isOfItsProcess(Case found) {
        return found.status() == CaseStatus.DECIDED
                && found.code() != FailureCode.RETURN_NOT_TAKEN
                && GivenBackStep.of(found.step()).isEmpty();
    }

    /** Opens, once and for all, a case that nobody waits for. */
    public void leaveBehind(Step step, FailureCode code, String detail) {
        if (pastCases(step).findAny().isEmpty()) {
            cases.open(step.account(), step.subject(), step.caseKey(), code, detail);
        }
    }

    /** Whether a case of the order was ever opened at such a step. */
    public boolean wasToldAt(OrderId order, Predicate<String> step) {
        return cases.ofSubject(order.value()).stream().map(Case::step).anyMatch(step);
    }

    /** Whether this was ever asked about the order. */
    public boolean asked(OrderId order, FailureCode code) {
        return askedAt(order, code, _ -> true);
    }

    /** Whether this was ever asked about the order at such a step. */
    public boolean askedAt(OrderId order, FailureCode code, Predicate<String> step) {
        return cases.ofSubject(order.value()).stream().anyMatch(past -> past.code() == code && step.test(past.step()));
    }

    /** Whether somebody has answered exactly this question with {@code action}, whatever else was asked at the step since. */
    public boolean answered(Step step, Reply.Refused question, Action action) {
        String asked = question.detail();
        return answered(
                step, question.code(), words -> words.equals(asked) || words.equals(asked + GOODS_HAVE_LEFT), action);
    }

    /** The same of a question that may be asked in other words by now. */
    public boolean answered(Step step, FailureCode code, Predicate<String> words, Action action) {
        return pastCases(step)
                .filter(past -> past.code() == code && words.test(past.detail()))
                .anyMatch(past -> isDecided(past, action));
    }

    /** The same of a known person: neither a rule of the policy has answered it, nor an actor whom nobody has verified. */
    public boolean answeredByKnownPerson(Step step, Reply.Refused question, Action action) {
        return pastCases(step)
                .filter(past -> past.code() == question.code() && past.detail().equals(question.detail()))
                .flatMap(past -> past.decision().stream())
                .anyMatch(decision -> decision.action() == action && decision.madeByKnownPerson());
    }

    /** Whether somebody has decided that the order goes on without this step. */
    public boolean goneWithout(Step step) {
        return pastCases(step).anyMatch(past -> isDecided(past, Action.ACCEPT_DIFFERENCE));
    }

    private Stream<Case> pastCases(Step step) {
        return cases.ofSubject(step.subject()).stream()
                .filter(past -> past.step().equals(step.caseKey()));
    }

    private static boolean isDecided(Case past, Action action) {
        return past.decision().map(Decision::action).filter(action::equals).isPresent();
    }

    /** Whether somebody has decided, at whatever step, that the work which {@code about} names goes to somebody else. */
    public boolean reroutedBefore(OrderId order, String about) {
        return cases.ofSubject(order.value()).stream()
                .filter(past ->
                        past.status() == CaseStatus.CLOSED && past.step().endsWith(" " + about))
                .anyMatch(past -> isDecided(past, Action.REROUTE));
    }

    private <R> R attempt(Step step, Supplier<Standing> before, Function<Standing, R> work) {
        Standing standing = Standing.UNTROUBLED;
        try {
            standing = before.get();
            return work.apply(standing);
        } catch (SystemFailure failure) {
            throw retry(step, standing, failure.code(), failure.getMessage(), failure.retryAfter());
        } catch (RuntimeException bug) {
            LOG.error("step {} of {} failed in our own code", step.name(), step.subject(), Wordless.of(bug));
            throw retry(step, standing, FailureCode.INTERNAL_ERROR, Wordless.words(bug), Optional.empty());
        }
    }

    private Standing standing(Step step) {
        return Standing.of(cases.current(step.subject(), step.caseKey()));
    }

    private static StepResult parked(Step step, Case open) {
        return open.code().refusedOutside()
                ? StepResult.refused(open.id().value(), open.code(), step.asked())
                : StepResult.parked(open.id().value(), open.code());
    }

    private StepResult tryAgain(Step step, Case decided, Decision decision, Function<Optional<Decision>, Reply> work) {
        Optional<Decision.Misfit> misfit = decision.misfit();
        if (misfit.isPresent()) {
            String detail = decided.detail() + " (nobody can act upon the amendment: " + misfit.get() + ")";
            return parked(step, cases.reopen(decided.id(), decision, decided.code(), detail));
        }
        Reply reply = work.apply(Optional.of(withEarlierAmendments(step, decision)));
        return triedByOurselves(decided, decision, reply)
                .map(detail -> parked(step, cases.reopen(decided.id(), decision, decided.code(), detail)))
                .orElseGet(() -> finish(step, Optional.of(decided), reply));
    }

    /** What nobody has asked us to try, and is refused as before, stays the case that it was, with its clock. Gives the words of the refusal. */
    private static Optional<String> triedByOurselves(Case decided, Decision decision, Reply reply) {
        return reply instanceof Reply.Refused(FailureCode code, String detail)
                        && code == decided.code()
                        && decision.actor().equals(Decision.OURSELVES)
                ? Optional.of(detail)
                : Optional.empty();
    }

    /**
     * Takes it as it is; where that is refused for what was amended in another document of the same subject already, it is amended in the same
     * way, and nobody has to say it again.
     */
    private Reply askedOnce(Step step, Function<Optional<Decision>, Reply> work) {
        Reply reply = work.apply(Optional.empty());
        if (!(reply instanceof Reply.Refused(FailureCode code, String _))
                || !code.amendable().contains(Amendable.STAND_INS)) {
            return reply;
        }
        return standIns(step).map(decision -> work.apply(Optional.of(decision))).orElse(reply);
    }

    /** What was amended in any document of the subject and holds for all of them. */
    private Optional<Decision> standIns(Step step) {
        return together(decisions(cases.ofSubject(step.subject()).stream())
                .flatMap(decision -> decision.forOtherDocuments().stream()));
    }

    /**
     * What was moved to another day at this step before, and was refused for another reason since, stays there; so does what stands in for
     * what, also where that was said of another document.
     */
    private Decision withEarlierAmendments(Step step, Decision decision) {
        Decision own = together(decisions(pastCases(step))).orElse(decision);
        return standIns(step).map(own::after).orElse(own);
    }

    private static Stream<Decision> decisions(Stream<Case> past) {
        return past.flatMap(one -> one.decision().stream());
    }

    private static Optional<Decision> together(Stream<Decision> decisions) {
        return decisions.reduce((earlier, later) -> later.after(earlier));
    }

    private StepResult finish(Step step, Optional<Case> current, Reply reply) {
        return switch (reply) {
            case Reply.Done done -> {
                current.ifPresent(found -> cases.close(found.id(), Relief.THROUGH));
                yield StepResult.done();
            }
            case Reply.Refused(FailureCode code, String detail) -> {
                current.ifPresent(found -> cases.close(found.id(), "refused again: " + code));
                Optional<Case> answered = answered(step, code, detail);
                if (answered.isPresent()) {
                    yield carryOut(
                            step, answered.get(), answered.get().decision().orElseThrow());
                }
                yield parked(step, cases.open(step.account(), step.subject(), step.caseKey(), code, detail));
            }
        };
    }

    private StepResult carryOut(Step step, Case decided, Decision decision) {
        return switch (decision.action()) {
            case CANCEL -> cancel(step, decided, decision);
            case ACCEPT_DIFFERENCE -> closing(decided, "the difference was accepted", StepResult.done());
            case REROUTE -> closing(decided, "routed again", StepResult.reroute());
            case RETRY, AMEND_AND_RETRY, RELEASE_HOLD ->
                throw new IllegalArgumentException(decision.action() + " takes the step again");
            case PUBLISH_AGAIN, BOOK_AS_RETURN ->
                throw new IllegalArgumentException(decision.action() + " is about what a system tells, and no step");
        };
    }

    /** The closed case in which the very same question was answered for good. */
    private Optional<Case> answered(Step step, FailureCode code, String detail) {
        return pastCases(step)
                .filter(past -> past.status() == CaseStatus.CLOSED)
                .filter(past -> past.code() == code && past.detail().equals(detail))
                .filter(past -> past.decision()
                        .filter(answer -> !Standing.triesAgain(answer))
                        .isPresent())
                .filter(past ->
                        !step.asksWhereTo() || past.decision().orElseThrow().action() != Action.REROUTE)
                .filter(past -> !isDeclined(step, past.decision().orElseThrow()))
                .reduce((earlier, later) -> later);
    }

    /** To end the order was the answer, and could not be had: whoever has decided so has to decide otherwise. */
    private boolean isDeclined(Step step, Decision decision) {
        return decision.action() == Action.CANCEL
                && step.owner() instanceof OrderId order
                && orders.view(order)
                        .flatMap(OrderView::cancelDeclinedAt)
                        .filter(declined -> !declined.isBefore(decision.at()))
                        .isPresent();
    }

    /** Goods that have left can't be called back by ending the order: such a case stays open. */
    private StepResult cancel(Step step, Case decided, Decision decision) {
        boolean left = !step.isAboutTheRest()
                && orders.view(step.order()).map(OrderView::fulfillmentOrders).stream()
                        .flatMap(List::stream)
                        .anyMatch(one -> one.status().handedOver());
        if (left) {
            cases.close(decided.id(), "not cancelled: goods have left");
            Case again = cases.open(
                    step.account(), step.subject(), step.caseKey(), decided.code(), decided.detail() + GOODS_HAVE_LEFT);
            return parked(step, again);
        }
        orders.requestCancel(step.order(), decision.actor(), decided.code().name());
        return closing(decided, "the order is being cancelled", StepResult.cancelled());
    }

    private StepResult closing(Case decided, String outcome, StepResult result) {
        cases.close(decided.id(), outcome);
        return result;
    }

    private ApplicationFailure retry(
            Step step, Standing before, FailureCode code, String message, Optional<Duration> retryAfter) {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        // A local attempt is followed by a queued one, which is where the clock begins to run.
        boolean lasts = !info.isLocal()
                && !code.wanted()
                && RetryDelays.lasts(code, Duration.between(failingSince(step, info), clock.instant()), quickPhase);
        if (lasts) {
            stalls.show(step, before, code, message, String.valueOf(info.getWorkflowId()));
        }
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setType(code.name())
                .setMessage(step.name() + ": " + message)
                .setNextRetryDelay(
                        lasts ? RetryDelays.slow(retryAfter) : RetryDelays.quick(info.getAttempt(), retryAfter))
                .build();
        // A marker carries the whole stack, and the history keeps every marker.
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /** What waited for the end of a pause has not failed meanwhile. */
    private Instant failingSince(Step step, ActivityInfo info) {
        Instant firstTry = Instant.ofEpochMilli(info.getScheduledTimestamp());
        return gate.resumedAt(step.asked()).filter(firstTry::isBefore).orElse(firstTry);
    }
}
