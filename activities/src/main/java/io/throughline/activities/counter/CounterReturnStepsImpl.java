package io.throughline.activities.counter;

import io.throughline.activities.call.Steps;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Action;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.counter.CounterReturnState;
import io.throughline.workflows.counter.CounterReturnSteps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps of a return over a counter, over its facts and whoever gives its money back. */
public final class CounterReturnStepsImpl implements CounterReturnSteps {
    private static final String RETURN = "return";

    /** A store reports its payouts the same day. */
    private static final Duration REPORTED_WITHIN = Duration.ofHours(24);

    private final Steps steps;
    private final CounterReturns returns;
    private final Payback tills;
    private final Payback credit;
    private final Facilities facilities;
    private final Clock clock;

    /** {@code tills} give back what was paid at them, {@code credit} is given where no sale is known. */
    public CounterReturnStepsImpl(
            Steps steps, CounterReturns returns, Payback tills, Payback credit, Facilities facilities, Clock clock) {
        this.steps = steps;
        this.returns = returns;
        this.tills = tills;
        this.credit = credit;
        this.facilities = facilities;
        this.clock = clock;
    }

    @Override
    public CounterReturnState look(CounterReturnId id) {
        CounterReturn returned = find(id);
        return steps.retrying(step(returned, "counter.look"), () -> state(returned));
    }

    private static CounterReturnState state(CounterReturn returned) {
        return new CounterReturnState(
                returned.stage(),
                returned.owedSince().plus(REPORTED_WITHIN),
                returned.refund().total().shop().toString(),
                goods(returned),
                parts(returned));
    }

    private static String goods(CounterReturn returned) {
        return returned.lines().stream()
                        .map(line ->
                                line.quantity() + " × " + line.sku() + " " + line.grade() + ", " + line.disposition())
                        .collect(Collectors.joining("; "))
                + returned.sale().map(sale -> ", of " + sale).orElse(", without a receipt") + ", at "
                + returned.store();
    }

    private static String parts(CounterReturn returned) {
        String system = returned.unreceipted().isPresent() ? "shop" : "till's system";
        return returned.parts().stream()
                .map(part -> part.amount() + " " + part.gateway() + " by the "
                        + (part.way() == Way.SYSTEM ? system : "counter")
                        + part.given()
                                .map(given -> ", given as " + given.reference())
                                .orElse(", to be given"))
                .collect(Collectors.joining("; "));
    }

    @Override
    public StepResult approve(CounterReturnId id) {
        return steps.take(
                step(find(id), "counter.approve"),
                () -> isDecided(id),
                decision -> isDecided(id)
                        ? Reply.done("decided")
                        : Reply.refused(
                                FailureCode.REFUND_UNAPPROVED,
                                "the refund of " + id + " needs the approval of a second person" + because(find(id))));
    }

    private static String because(CounterReturn returned) {
        return returned.unreceipted()
                .map(blind -> ", for it has no receipt: " + String.join("; ", blind.secondPerson()))
                .orElse("");
    }

    private boolean isDecided(CounterReturnId id) {
        return find(id).stage() != Stage.UNAPPROVED;
    }

    private Payback payback(CounterReturn returned) {
        return switch (returned.origin()) {
            case Origin.OfSale sale -> tills;
            case Origin.Unreceipted blind -> credit;
        };
    }

    /** One part after the other, each with questions of its own. */
    @Override
    public StepResult refund(CounterReturnId id) {
        for (Part part : bySystem(find(id))) {
            StepResult result = refund(id, part);
            if (result.verdict() != StepResult.Verdict.DONE) {
                return result;
            }
        }
        return StepResult.done();
    }

    /** Also what was given meanwhile: a question about that is to be closed. */
    private static List<Part> bySystem(CounterReturn returned) {
        return returned.parts().stream()
                .filter(part -> part.way() == Way.SYSTEM)
                .toList();
    }

    /** Whoever bears that the system does not give it has it given at the counter. */
    private StepResult refund(CounterReturnId id, Part part) {
        CounterReturn returned = find(id);
        Payback payback = payback(returned);
        Steps.Step whole = asking(returned, "till.refund");
        Steps.Step whose = ofPart(asking(returned, "till.whose"), part).within(whole);
        StepResult clear = askWhose(id, part, whose, payback);
        if (clear.verdict() != StepResult.Verdict.DONE || !isToBeGiven(id, part)) {
            return clear;
        }
        StepResult result = steps.take(ofPart(whole, part).within(whole), decision -> {
            CounterReturn now = find(id);
            Reply reply = payback.refund(now, part, answers(whose), decision);
            if (reply instanceof Reply.Done(Receipt receipt)
                    && !returns.given(id, part.number(), payback.given(receipt))) {
                tellTwice(now, part);
            }
            return reply;
        });
        if (result.verdict() == StepResult.Verdict.DONE && isToBeGiven(id, part)) {
            payback.payOutInstead(id, part);
        }
        return result;
    }

    /** A decision lets the step pass by; another question may have come up since it was asked. */
    private StepResult askWhose(CounterReturnId id, Part part, Steps.Step step, Payback payback) {
        StepResult passed = askOnceWhose(id, part, step, payback);
        return passed.verdict() == StepResult.Verdict.DONE
                        && question(id, part, step, payback).isPresent()
                ? askOnceWhose(id, part, step, payback)
                : passed;
    }

    private StepResult askOnceWhose(CounterReturnId id, Part part, Steps.Step step, Payback payback) {
        return steps.take(
                step,
                () -> !isToBeGiven(id, part),
                decision -> question(id, part, step, payback)
                        .map(Reply.class::cast)
                        .orElseGet(() -> Reply.done("nobody has given it yet, or somebody has said for what")));
    }

    /**
     * Whoever bears a refund that somebody has made at the till says that it is this part's. That it is for other goods a known person says by a RETRY, for then ours
     * is given, too. What the till itself has told meanwhile is no question any more.
     */
    private Optional<Reply.Refused> question(CounterReturnId id, Part part, Steps.Step step, Payback payback) {
        CounterReturn returned = find(id);
        if (!isToBeGiven(returned, part) || payback.wasTried(returned, part)) {
            return Optional.empty();
        }
        List<Payback.Unclear> unclear = payback.unclear(returned, part);
        Payback.Answers answers = answers(step);
        return unclear.stream().anyMatch(answers::isOwn)
                ? Optional.empty()
                : unclear.stream()
                        .filter(refund -> !answers.isForOthers(refund))
                        .map(Payback.Unclear::question)
                        .findFirst();
    }

    private Payback.Answers answers(Steps.Step step) {
        return new Payback.Answers() {
            @Override
            public boolean isOwn(Payback.Unclear refund) {
                return steps.answered(step, refund.question(), Action.ACCEPT_DIFFERENCE);
            }

            @Override
            public boolean isForOthers(Payback.Unclear refund) {
                return steps.answeredByKnownPerson(step, refund.question(), Action.RETRY);
            }
        };
    }

    private boolean isToBeGiven(CounterReturnId id, Part part) {
        return isToBeGiven(find(id), part);
    }

    private static boolean isToBeGiven(CounterReturn returned, Part part) {
        return returned.open(Way.SYSTEM).anyMatch(open -> open.number() == part.number());
    }

    /** Whoever bears that it has failed has it paid out at the counter: only that, whatever became of the other parts. */
    @Override
    public StepResult confirm(CounterReturnId id) {
        CounterReturn returned = find(id);
        Steps.Step whole = asking(returned, "till.confirm");
        StepResult result = steps.takeBy(whole, () -> false, decision -> follow(find(id)));
        return result.verdict() == StepResult.Verdict.DONE && isOnItsWay(id)
                ? steps.take(asking(returned, "till.pay-out").within(whole), decision -> payOutFailed(find(id)))
                : result;
    }

    /** Every part is looked at, also where another has failed. */
    private Steps.Taken follow(CounterReturn returned) {
        boolean through = true;
        Optional<Reply> failure = Optional.empty();
        for (Part part : returned.parts()) {
            Optional<Standing> standing = standing(returned, part);
            if (standing.isPresent()) {
                switch (standing.get()) {
                    case THROUGH -> returns.confirmed(returned.id(), part.number());
                    case PENDING -> through = false;
                    case FAILED -> failure = failure.or(() -> Optional.of(missing(returned, part)));
                }
            }
        }
        return failure.map(Steps.Taken::new)
                .orElse(
                        through
                                ? new Steps.Taken(Reply.done("it was given"))
                                : new Steps.Taken(Reply.done("it is on its way"), StepResult.waiting()));
    }

    private Reply missing(CounterReturn returned, Part part) {
        Given given = part.given().orElseThrow();
        return Reply.refused(FailureCode.REFUND_MISSING, payback(returned).failed(returned, given));
    }

    /** What has failed is given by the store; what is still on its way, or got through, is not. */
    private Reply payOutFailed(CounterReturn returned) {
        returned.parts().stream()
                .filter(part ->
                        standing(returned, part).filter(Standing.FAILED::equals).isPresent())
                .forEach(part -> payback(returned).payOutInstead(returned.id(), part));
        return Reply.done("the store gives what has failed");
    }

    /** Empty: no system has given it, or it was seen before that it got through. */
    private Optional<Standing> standing(CounterReturn returned, Part part) {
        return part.given()
                .filter(given -> part.way() == Way.SYSTEM && !part.confirmed())
                .map(given -> payback(returned).standing(returned, part, given));
    }

    private boolean isOnItsWay(CounterReturnId id) {
        return find(id).stage() == Stage.ON_ITS_WAY;
    }

    /** Whoever bears that nobody reports it says that it was paid out. */
    @Override
    public StepResult reviewPayout(CounterReturnId id) {
        StepResult result = steps.take(
                step(find(id), "counter.payout"),
                () -> isPaidOut(id),
                decision -> isPaidOut(id)
                        ? Reply.done("it was reported")
                        : Reply.refused(
                                FailureCode.PAYOUT_UNREPORTED,
                                "nobody has reported that " + id + " was paid out at " + find(id).store()));
        if (result.verdict() == StepResult.Verdict.DONE) {
            find(id).open(Way.COUNTER).forEach(part -> bear(id, part));
        }
        return result;
    }

    private void bear(CounterReturnId id, Part part) {
        returns.given(id, part.number(), new Given("unreported", true, "a decided case", clock.instant()));
        returns.confirmed(id, part.number());
    }

    private boolean isPaidOut(CounterReturnId id) {
        return find(id).stage() != Stage.TO_PAY_OUT;
    }

    /** Somebody has given it at the till while we did. */
    private void tellTwice(CounterReturn returned, Part part) {
        steps.leaveBehind(
                new Steps.Step(
                        returned.id(),
                        facilities.get(returned.store()).workAccount(),
                        "counter.twice",
                        Integer.toString(part.number())),
                FailureCode.REFUNDED_TWICE,
                part.amount() + " of " + returned.id() + " went back at the till and by " + returned.reference(part));
    }

    @Override
    public void close(CounterReturnId id) {
        steps.retrying(step(find(id), "counter.close"), () -> {
            returns.close(id);
            return true;
        });
    }

    private CounterReturn find(CounterReturnId id) {
        return returns.find(id).orElseThrow();
    }

    /** What is asked of the first part was asked of the whole return before. */
    private static Steps.Step ofPart(Steps.Step step, Part part) {
        return part.number() == 1
                ? step
                : new Steps.Step(step.owner(), step.account(), step.asked(), step.name(), "part " + part.number());
    }

    private Steps.Step asking(CounterReturn returned, String name) {
        return step(returned, name).asking(payback(returned).asked(returned));
    }

    private Steps.Step step(CounterReturn returned, String name) {
        return new Steps.Step(returned.id(), facilities.get(returned.store()).workAccount(), name, RETURN);
    }
}
