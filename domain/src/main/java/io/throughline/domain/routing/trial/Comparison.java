package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.trial.TrialReport.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings together what becomes of each order in both worlds, in whichever it is settled first. */
final class Comparison {
    static final int MOST_MOVES = 200;

    private final PolicyTrial.Question question;
    private final Whereabouts whereabouts;
    private final Tally before;
    private final Tally after;
    private final Map<OrderId, Pair> open = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private int moved;

    Comparison(Whereabouts whereabouts, PolicyTrial.Question question, Yardstick yardstick) {
        this.whereabouts = whereabouts;
        this.question = question;
        this.before = new Tally(yardstick);
        this.after = new Tally(yardstick);
    }

    private static final class Pair {
        private final Order order;
        private @Nullable TrialOutcome before;
        private @Nullable TrialOutcome after;

        private Pair(Order order) {
            this.order = order;
        }
    }

    void begins(Order order) {
        open.put(order.id(), new Pair(order));
    }

    void before(OrderId id, TrialOutcome outcome) {
        Pair pair = pair(id);
        pair.before = outcome;
        compare(pair);
    }

    void after(OrderId id, TrialOutcome outcome) {
        Pair pair = pair(id);
        pair.after = outcome;
        compare(pair);
    }

    private Pair pair(OrderId id) {
        Pair pair = open.get(id);
        if (pair == null) {
            throw new IllegalStateException(id + " was settled before it began");
        }
        return pair;
    }

    private void compare(Pair pair) {
        TrialOutcome one = pair.before;
        TrialOutcome other = pair.after;
        if (one == null || other == null) {
            return;
        }
        open.remove(pair.order.id());
        before.add(pair.order, near(pair.order), one);
        after.add(pair.order, near(pair.order), other);
        if (!one.words().equals(other.words())) {
            moved++;
            if (moves.size() < MOST_MOVES) {
                moves.add(new Move(pair.order.id(), one.words(), other.words(), why(one, other)));
            }
        }
    }

    /** Distances are those that the candidate knows. */
    private Optional<GeoPoint> near(Order order) {
        return whereabouts.of(order, question.candidate());
    }

    /** What the candidate says of the first facility that loses the order; else how it came to its choice. */
    private static String why(TrialOutcome before, TrialOutcome after) {
        List<FacilityId> lost = before instanceof TrialOutcome.Placed placed ? placed.facilities() : List.of();
        return lost.stream()
                .filter(facility -> !(after instanceof TrialOutcome.Placed now
                        && now.facilities().contains(facility)))
                .flatMap(facility -> after.considered().stream().filter(line -> line.contains(" " + facility + " ")))
                .findFirst()
                .orElseGet(after::reason);
    }

    TrialReport report(boolean whole) {
        return new TrialReport(
                question.window(),
                whole,
                question.active().version(),
                before.figures(),
                question.candidate().version(),
                after.figures(),
                moved,
                moves);
    }
}
