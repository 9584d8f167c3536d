package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What would become of a return. */
@Schema(name = "ReturnPreview")
public record ReturnPreviewView(
        String orderId,

        @Schema(description = "The version of the policy that it follows")
        String policyVersion,

        List<LineVerdict> lines,

        @Schema(description = "What speaks against the request as a whole")
        Optional<String> objection,

        @Schema(description = "To what the refund goes") RefundTo refundTo,

        @Schema(
                description = "The rule of the policy that says so, where it is not as it was asked for",
                example = "storeCredit.only.late-apparel")
        Optional<String> refundToRule,

        @Schema(description = "For the lines that are allowed")
        RefundView refund,

        @Schema(description = "Somebody else than the asker must approve the refund")
        boolean needsSecondPerson,

        @Schema(description = "The money may be given before the goods have come")
        boolean mayComeBeforeGoods,

        @Schema(description = "The goods may stay with the customer")
        boolean mayComeWithoutGoods,

        @Schema(description = "What is to be taken in exchange, and what of it is to be paid or given back")
        Optional<ExchangeView> exchange) {

    /** Whether a line is taken back, in the order of the request. */
    @Schema(name = "ReturnVerdict")
    public record LineVerdict(
            String lineId,
            int quantity,
            boolean allowed,

            @Schema(description = "The rule of the policy that says so", example = "windows.everything")
            String rule,

            @Schema(description = "Until when the goods must come back")
            Optional<Instant> until,

            @Schema(description = "Why it is not taken back")
            Optional<Refusal> refusal,

            @Schema(description = "The same for a person") Optional<String> why) {
        static LineVerdict of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Allowed allowed ->
                    new LineVerdict(
                            allowed.line().lineId(),
                            allowed.line().quantity(),
                            true,
                            allowed.rule(),
                            Optional.of(allowed.until()),
                            Optional.empty(),
                            Optional.empty());
                case Verdict.Refused refused ->
                    new LineVerdict(
                            refused.line().lineId(),
                            refused.line().quantity(),
                            false,
                            refused.rule(),
                            Optional.empty(),
                            Optional.of(refused.reason()),
                            Optional.of(refused.why()));
            };
        }
    }

    static ReturnPreviewView of(ReturnPreview preview, Optional<ExchangeView> exchange) {
        return new ReturnPreviewView(
                preview.order().value(),
                preview.policyVersion(),
                preview.verdicts().stream().map(LineVerdict::of).toList(),
                preview.objection(),
                preview.refundTo(),
                preview.refundToRule(),
                RefundView.of(preview.refund()),
                preview.needsSecondPerson(),
                preview.mayComeBeforeGoods(),
                preview.mayComeWithoutGoods(),
                exchange);
    }
}
