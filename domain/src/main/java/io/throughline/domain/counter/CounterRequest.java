package io.throughline.domain.counter;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import java.util.List;
import java.util.Optional;

/** What of a till's sale lies on a store's counter, looked at already, and to what its money is wanted. */
public record CounterRequest(SaleName sale, FacilityId store, RefundTo refundTo, List<Line> lines) {
    public CounterRequest {
        lines = List.copyOf(lines);
    }

    /** Units of one line of the sale, counted from 1, in one condition; a serial number is that of a single unit. */
    public record Line(
            int soldLine,
            int quantity,
            ReturnReason reason,
            ConditionGrade grade,
            Disposition disposition,
            Optional<SerialNumber> serial) {
        public Line {
            if (quantity < 1 || (serial.isPresent() && quantity > 1)) {
                throw new IllegalArgumentException(
                        "line " + soldLine + ": quantity must be at least 1, and 1 where a serial number is told");
            }
        }
    }

    ReturnRequest asOfOrder() {
        return new ReturnRequest(
                sale.asOrder(),
                new ReturnCause.ByChoice(),
                new ReturnedTo.InStore(store),
                refundTo,
                lines.stream()
                        .map(line -> new ReturnRequest.Line(
                                Integer.toString(line.soldLine()),
                                line.quantity(),
                                line.reason(),
                                Optional.of(line.grade())))
                        .toList());
    }
}
