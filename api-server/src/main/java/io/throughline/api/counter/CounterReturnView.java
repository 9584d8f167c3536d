package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.returns.RefundView;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One return over a counter, as it stands: also the slip that the customer gets. */
@Schema(name = "CounterReturn")
public record CounterReturnView(
        String returnId,
        String workflowId,

        @Schema(description = "What was sold: sale/{facility}/{the till's own id}; absent where nobody knows")
        Optional<String> sale,

        @Schema(description = "Where nobody knows the sale: by what it was judged")
        Optional<BlindView> blind,

        @Schema(description = "The store that took the goods back, in whose day it is booked")
        String store,

        @Schema(description = "How far the money is") CounterReturn.Stage money,

        @Schema(description = "The same in one word, to be shown to whoever has brought the goods")
        CustomerStatus customerStatus,

        RefundTo refundTo,
        String policyVersion,
        String askedBy,
        Instant takenAt,
        boolean needsSecondPerson,
        Optional<String> approvedBy,
        List<Line> lines,
        RefundView refund,
        List<CounterPreviewView.PartView> parts,
        Optional<Instant> closedAt) {
    @Schema(name = "CounterReturnedLine")
    public record Line(
            @Schema(description = "Of the sale, counted from 1; absent where nobody knows the sale")
            Optional<Integer> line,

            String sku,
            String title,
            int quantity,
            ReturnReason reason,
            String grade,
            Disposition disposition,
            Optional<String> serial) {
        static Line of(CounterReturn.Line line) {
            return new Line(
                    Optional.of(line.soldLine()).filter(sold -> sold != Origin.NO_LINE),
                    line.sku().value(),
                    line.title(),
                    line.quantity(),
                    line.reason(),
                    line.grade().name(),
                    line.disposition(),
                    line.serial().map(SerialNumber::value));
        }
    }

    /** What spoke for and against taking goods without a receipt. */
    @Schema(name = "BlindReturn")
    public record BlindView(
            @Schema(description = "The account that gives the credit")
            String creditBy,

            ScoreView score,

            @Schema(description = "Why somebody else has to approve it, one sentence a reason")
            List<String> secondPersonBecause) {
        static BlindView of(Origin.Unreceipted blind) {
            return new BlindView(blind.creditBy().value(), ScoreView.of(blind.score()), blind.secondPerson());
        }
    }

    /** Several of them. */
    @Schema(name = "CounterReturnList")
    public record CounterReturnList(List<CounterReturnView> returns) {}

    static CounterReturnView of(CounterReturn returned) {
        return new CounterReturnView(
                returned.id().value(),
                returned.id().workflowId(),
                returned.sale().map(SaleName::link),
                returned.unreceipted().map(BlindView::of),
                returned.store().value(),
                returned.stage(),
                returned.customerStatus(),
                returned.refundTo(),
                returned.policyVersion(),
                returned.askedBy(),
                returned.takenAt(),
                returned.needsSecondPerson(),
                returned.approvedBy(),
                returned.lines().stream().map(Line::of).toList(),
                RefundView.of(returned.refund()),
                returned.parts().stream().map(CounterPreviewView.PartView::of).toList(),
                returned.closedAt());
    }
}
