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
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Action;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.counter.CounterReturnState;
import io.throughline.workflows.counter.CounterReturnSteps;
import java.time.Clock;
import java.time.Duration;
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
        return steps.retrying(step(id, "counter.look"), () -> state(find(id)));
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
                step(id, "counter.approve"),
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

    /** Whoever bears that the system does not give it has it given at the counter. */
    @Override
    public StepResult refund(CounterReturnId id) {
        Steps.Step step = asking(id, "till.refund");
        Payback payback = payback(find(id));
        Steps.Step whose = asking(id, "till.whose");
        StepResult clear = steps.take(whose, () -> isGiven(id), decision -> askWhose(id, whose, payback));
        if (clear.verdict() != StepResult.Verdict.DONE) {
            return clear;
        }
        StepResult result = steps.take(step, decision -> {
            if (steps.goneWithout(whose)) {
                payback.takeForItsOwn(find(id));
            }
            return payback.refund(find(id), decision, this::tellTwice);
        });
        if (result.verdict() == StepResult.Verdict.DONE) {
            find(id).parts().stream()
                    .filter(part -> part.isOpen(Way.SYSTEM))
                    .forEach(part -> payback.payOutInstead(id, part));
        }
        return result;
    }

    /** The till itself may have told meanwhile that it was for these goods. */
    private boolean isGiven(CounterReturnId id) {
        return find(id).parts().stream().noneMatch(part -> part.isOpen(Way.SYSTEM));
    }

    /**
     * Whoever bears a refund that somebody has made at the till says that it is this return's. That it is for other goods a known person says by a RETRY, for then ours
     * is given, too.
     */
    private Reply askWhose(CounterReturnId id, Steps.Step step, Payback payback) {
        return payback.unclear(find(id))
                .filter(question -> !steps.answered(step, question, Action.ACCEPT_DIFFERENCE)
                        && !steps.answeredByKnownPerson(step, question, Action.RETRY))
                .map(Reply.class::cast)
                .orElseGet(() -> Reply.done("nobody has given it yet, or somebody has said for what"));
    }

    /** Whoever bears that it has failed has it paid out at the counter: only that, whatever became of the other parts. */
    @Override
    public StepResult confirm(CounterReturnId id) {
        Payback payback = payback(find(id));
        StepResult result = steps.takeBy(asking(id, "till.confirm"), () -> false, decision -> payback.follow(find(id)));
        return result.verdict() == StepResult.Verdict.DONE && isOnItsWay(id)
                ? steps.take(asking(id, "till.pay-out"), decision -> payback.payOutFailed(find(id)))
                : result;
    }

    private boolean isOnItsWay(CounterReturnId id) {
        return find(id).stage() == Stage.ON_ITS_WAY;
    }

    /** Whoever bears that nobody reports it says that it was paid out. */
    @Override
    public StepResult reviewPayout(CounterReturnId id) {
        StepResult result = steps.take(
                step(id, "counter.payout"),
                () -> isPaidOut(id),
                decision -> isPaidOut(id)
                        ? Reply.done("it was reported")
                        : Reply.refused(
                                FailureCode.PAYOUT_UNREPORTED,
                                "nobody has reported that " + id + " was paid out at " + find(id).store()));
        if (result.verdict() == StepResult.Verdict.DONE) {
            find(id).parts().stream().filter(part -> part.isOpen(Way.COUNTER)).forEach(part -> bear(id, part));
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
        steps.retrying(step(id, "counter.close"), () -> {
            returns.close(id);
            return true;
        });
    }

    private CounterReturn find(CounterReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private Steps.Step asking(CounterReturnId id, String name) {
        CounterReturn returned = find(id);
        return step(id, name).asking(payback(returned).asked(returned));
    }

    private Steps.Step step(CounterReturnId id, String name) {
        return new Steps.Step(id, facilities.get(find(id).store()).workAccount(), name, RETURN);
    }
}
