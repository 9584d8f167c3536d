package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.returns.RefundView;
import io.throughline.domain.counter.BlindPreview;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.FraudRules;
import java.util.List;
import java.util.Optional;

/** What would become of goods without a receipt. */
@Schema(name = "BlindReturnPreview")
public record BlindPreviewView(
        @Schema(description = "The version of the policy that it follows: that of today")
        String policyVersion,

        boolean allowed,

        @Schema(description = "All that speaks against it, each with its rule")
        List<ObjectionView> objections,

        List<ValueView> lines,

        @Schema(description = "Given as a gift card; no tax is taken back")
        RefundView refund,

        @Schema(description = "The account whose gift card it is")
        String creditBy,

        @Schema(description = "Somebody else than the asker must approve it; until then the goods wait")
        boolean needsSecondPerson,

        @Schema(description = "Why, one sentence a reason") List<String> secondPersonBecause,

        ScoreView score,

        @Schema(description = "What follows from the score alone")
        FraudRules.Verdict byScore) {

    /** One thing that speaks against it. */
    @Schema(name = "BlindReturnObjection")
    public record ObjectionView(
            @Schema(description = "Of the request, counted from 0; absent: it is against the whole")
            Optional<Integer> line,

            @Schema(description = "Its place in the policy", example = "blind.limits.perCustomer")
            String rule,

            String why) {}

    /** How the value of a line comes about. */
    @Schema(name = "BlindReturnValue")
    public record ValueView(
            String sku,
            int quantity,
            String grade,
            @Schema(description = "What will become of it") Optional<Disposition> disposition,

            @Schema(description = "The lowest price of one unit at any channel in the time that the policy names")
            Optional<String> lowestPrice,

            @Schema(description = "How much of it is given, before what its condition keeps")
            int percent,

            String value,
            String rule) {}

    static BlindPreviewView of(BlindPreview preview) {
        return new BlindPreviewView(
                preview.policyVersion(),
                preview.allowed(),
                preview.objections().stream()
                        .map(one -> new ObjectionView(one.line(), one.rule(), one.why()))
                        .toList(),
                preview.values().stream().map(BlindPreviewView::value).toList(),
                RefundView.of(preview.refund()),
                preview.origin().creditBy().value(),
                preview.needsSecondPerson(),
                preview.origin().secondPerson(),
                ScoreView.of(preview.origin().score()),
                preview.byScore());
    }

    private static ValueView value(BlindPreview.Value value) {
        return new ValueView(
                value.sku().value(),
                value.quantity(),
                value.grade().name(),
                value.disposition(),
                value.lowest().map(price -> price.toDecimal().toPlainString()),
                value.percent(),
                value.value().toDecimal().toPlainString(),
                value.rule());
    }
}
