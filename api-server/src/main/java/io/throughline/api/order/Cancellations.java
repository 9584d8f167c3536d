package io.throughline.api.order;

import io.throughline.api.access.Caller;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.order.OrderView;
import java.util.List;

/** Takes the wish that an order be cancelled, with its reason. */
public final class Cancellations {
    public static final int LONGEST_REASON = 500;

    private final Interventions interventions;
    private final OrderReading reading;

    public Cancellations(Interventions interventions, OrderReading reading) {
        this.interventions = interventions;
        this.reading = reading;
    }

    /** Gives the order as it is then. */
    public OrderView ask(OrderView order, String reason, Caller caller) {
        boolean asked = asked(order, kept(reason), caller);
        OrderView now = reading.view(order.id().value());
        if (!asked) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Order " + now.id() + " has ended, or its goods have left: it is " + now.status() + ".");
        }
        return now;
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

    private boolean asked(OrderView order, String reason, Caller caller) {
        try {
            return interventions.cancel(order.id(), caller.actor(), reason);
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, "Order " + order.id() + ": " + refused.getMessage() + ".");
        }
    }
}
