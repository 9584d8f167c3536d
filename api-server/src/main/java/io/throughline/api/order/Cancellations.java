package io.throughline.api.order;

import io.throughline.api.access.Caller;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.CancellationPlanner;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.PlanOutdated;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Takes the wish that an order be cancelled, with its reason; and tells before what would come of it. */
public final class Cancellations {
    public static final int LONGEST_REASON = 500;

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

    private final Interventions interventions;
    private final OrderReading reading;
    private final CancellationPlanner planner;

    /** {@code askable} are the channels that cancel when they are asked. */
    public Cancellations(Interventions interventions, OrderReading reading, Set<AccountId> askable) {
        this.interventions = interventions;
        this.reading = reading;
        this.planner = new CancellationPlanner(askable);
    }

    /** What would come of it just now. */
    public ChangePlanView preview(OrderView order, Caller caller) {
        ChangePlan plan = refusing(
                        order.id(), () -> interventions.planCancellation(order.id(), caller.actor(), planner))
                .orElseThrow(() -> tooLate(reading.view(order.id().value())));
        return reading.plan(plan);
    }

    /** Exactly what a preview has shown, or the problem that tells what has changed since. Gives the order as it is then. */
    public OrderView askAsPlanned(OrderView order, String plan, String reason, Caller caller) {
        String token = token(plan);
        String kept = kept(reason);
        return answer(
                order,
                refusing(
                        order.id(),
                        () -> interventions.cancelAsPlanned(order.id(), token, caller.actor(), kept, planner)));
    }

    /** Gives the order as it is then. */
    OrderView ask(OrderView order, String reason, Caller caller) {
        String kept = kept(reason);
        return answer(order, refusing(order.id(), () -> interventions.cancel(order.id(), caller.actor(), kept)));
    }

    private OrderView answer(OrderView order, boolean asked) {
        OrderView now = reading.view(order.id().value());
        if (!asked) {
            throw tooLate(now);
        }
        return now;
    }

    private static ProblemException tooLate(OrderView now) {
        return new ProblemException(
                ProblemType.CONFLICT,
                "Order " + now.id() + " has ended, or its goods have left: it is " + now.status() + ".");
    }

    /** A reason as it is kept, or the problem that it can't be. */
    public static String kept(String reason) {
        String kept = reason.strip();
        if (kept.isEmpty() || kept.length() > LONGEST_REASON) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The reason can't be kept.",
                    List.of(new FieldError("/reason", "1 to " + LONGEST_REASON + " characters")));
        }
        return kept;
    }

    /** A plan's token, or the problem that it is none. */
    static String token(String plan) {
        if (!TOKEN.matcher(plan).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The plan is none that a preview has given.",
                    List.of(new FieldError("/plan", "the plan of a preview, 64 hexadecimal digits")));
        }
        return plan;
    }

    /** What is refused of a wish, or would come out otherwise than planned, is a conflict. */
    static <T> T refusing(OrderId order, Supplier<T> wish) {
        try {
            return wish.get();
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, "Order " + order + ": " + refused.getMessage() + ".");
        } catch (PlanOutdated outdated) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Order " + order + " has changed since its plan was made: " + outdated.getMessage()
                            + ". Ask for another preview.");
        }
    }
}
