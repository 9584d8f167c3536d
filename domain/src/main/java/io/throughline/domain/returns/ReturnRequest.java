package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;

/** What a customer wants to give back of an order. Units of one order line that differ in reason or condition are lines of their own. */
public record ReturnRequest(OrderId order, ReturnedTo to, List<Line> lines) {
    public ReturnRequest {
        lines = List.copyOf(lines);
    }

    ReturnRequest withLines(List<Line> others) {
        return new ReturnRequest(order, to, others);
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
