package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;

/**
 * What is to be given back of an order, why, and to what its money is wanted. Units of one order line that differ in reason or condition are lines of their own; an
 * appeasement has none.
 */
public record ReturnRequest(OrderId order, ReturnCause cause, ReturnedTo to, RefundTo refundTo, List<Line> lines) {
    public ReturnRequest {
        lines = List.copyOf(lines);
    }

    /** Whose money goes back to the tenders that paid. */
    public ReturnRequest(OrderId order, ReturnCause cause, ReturnedTo to, List<Line> lines) {
        this(order, cause, to, RefundTo.ORIGINAL, lines);
    }

    /** Of goods that a customer does not want any more. */
    public ReturnRequest(OrderId order, ReturnedTo to, List<Line> lines) {
        this(order, new ReturnCause.ByChoice(), to, lines);
    }

    ReturnRequest withLines(List<Line> others) {
        return new ReturnRequest(order, cause, to, refundTo, others);
    }

    ReturnRequest refundedTo(RefundTo other) {
        return new ReturnRequest(order, cause, to, other, lines);
    }

    /** {@code grade} is empty until somebody has looked at the goods. */
    public record Line(String lineId, int quantity, ReturnReason reason, Optional<ConditionGrade> grade) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
            }
        }
    }
}
