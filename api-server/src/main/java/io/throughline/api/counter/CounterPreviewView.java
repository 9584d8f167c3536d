package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.returns.RefundView;
import io.throughline.domain.counter.CounterPreview;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What would become of goods on a counter. */
@Schema(name = "CounterReturnPreview")
public record CounterPreviewView(
        String sale,

        @Schema(description = "The version of the policy that it follows: that of the sale's day")
        String policyVersion,

        List<LineVerdict> lines,

        @Schema(description = "What speaks against the request as a whole")
        Optional<String> objection,

        RefundTo refundTo,

        @Schema(description = "The rule that says so, where it is not as it was asked for")
        Optional<String> refundToRule,

        @Schema(description = "For the lines that are allowed")
        RefundView refund,

        @Schema(description = "Somebody else than the asker must approve the refund; until then the goods wait")
        boolean needsSecondPerson,

        List<PartView> parts) {

    /** Whether a line is taken back, in the order of the request. */
    @Schema(name = "CounterReturnVerdict")
    public record LineVerdict(
            @Schema(description = "Of the sale, counted from 1")
            int line,

            int quantity,
            boolean allowed,

            @Schema(description = "The rule of the policy that says so", example = "windows.everything")
            String rule,

            Optional<Instant> until,
            Optional<Refusal> refusal,
            Optional<String> why) {
        static LineVerdict of(Verdict verdict) {
            int line = Integer.parseInt(verdict.line().lineId());
            int quantity = verdict.line().quantity();
            return switch (verdict) {
                case Verdict.Allowed allowed ->
                    new LineVerdict(
                            line,
                            quantity,
                            true,
                            allowed.rule(),
                            Optional.of(allowed.until()),
                            Optional.empty(),
                            Optional.empty());
                case Verdict.Refused refused ->
                    new LineVerdict(
                            line,
                            quantity,
                            false,
                            refused.rule(),
                            Optional.empty(),
                            Optional.of(refused.reason()),
                            Optional.of(refused.why()));
            };
        }
    }

    /** A part of the money, and who gives it. */
    @Schema(name = "CounterReturnPart")
    public record PartView(
            @Schema(description = "The tender of the sale, counted from 1, or store-credit")
            String payment,

            @Schema(description = "What the books know the money as")
            String gateway,

            String amount,

            @Schema(description = "SYSTEM: the till's system is asked. COUNTER: the store pays it out and reports that")
            CounterReturn.Way way,

            @Schema(description = "The refund's name in the till's system, or what the store reported")
            Optional<String> reference,

            @Schema(description = "Somebody has given it at the till by itself; it was not given again")
            boolean givenAtTill,

            Optional<Instant> givenAt,
            @Schema(description = "It got through") boolean confirmed) {
        static PartView of(CounterReturn.Part part) {
            return new PartView(
                    part.payment(),
                    part.gateway(),
                    part.amount().toDecimal().toPlainString(),
                    part.way(),
                    part.given().map(CounterReturn.Given::reference),
                    part.given().filter(given -> !given.ours()).isPresent(),
                    part.given().map(CounterReturn.Given::at),
                    part.confirmed());
        }
    }

    static CounterPreviewView of(String sale, CounterPreview preview) {
        return new CounterPreviewView(
                sale,
                preview.policyVersion(),
                preview.verdicts().stream().map(LineVerdict::of).toList(),
                preview.objection(),
                preview.refundTo(),
                preview.refundToRule(),
                RefundView.of(preview.refund()),
                preview.needsSecondPerson(),
                preview.parts().stream().map(PartView::of).toList());
    }
}
