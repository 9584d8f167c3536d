package io.throughline.domain.routing.trial;

import io.throughline.domain.order.OrderId;
import java.util.List;

/**
 * What would have become of recorded orders by two policies, side by side. {@code moved} orders are done by others, of which some are told.
 * {@code whole}: these are all orders of the window.
 */
public record TrialReport(
        Window window,
        boolean whole,
        String active,
        TrialFigures before,
        String candidate,
        TrialFigures after,
        int moved,
        List<Move> moves) {
    public TrialReport {
        moves = List.copyOf(moves);
    }

    /** Who did it, who would, and why. */
    public record Move(OrderId order, String from, String to, String why) {}
}
