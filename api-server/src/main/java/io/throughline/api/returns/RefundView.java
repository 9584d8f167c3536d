package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import java.util.List;
import java.util.Optional;

/** A refund and how it comes about. */
@Schema(name = "Refund", description = "The amounts of the entries come to the total, and so do those of the tenders")
public record RefundView(
        @Schema(description = "The shop's currency, which amounts are in")
        String currency,

        String total,

        @Schema(description = "The currency that the customer was shown")
        String presentmentCurrency,

        @Schema(description = "At the rates of the payments")
        String presentmentTotal,

        List<Entry> entries,

        @Schema(description = "What is given back of each tax, by the taxes of the sale")
        List<Tax> taxes,

        List<ToTender> tenders) {

    /** One step. */
    @Schema(name = "RefundEntry", description = "One step of a refund, below zero where something is kept")
    public record Entry(
            @Schema(
                    description =
                            "GOODS or GOODWILL; SHIPPING, DUTIES, TIP or ROUNDING; CONDITION, RESTOCKING_FEE, LABEL_FEE, GOODWILL (kept of what was given before), LIMIT or CASH_ROUNDING",
                    example = "GOODS")
            String kind,

            Optional<String> lineId,
            Optional<String> sku,
            Optional<Integer> quantity,
            @Schema(description = "Before discounts") Optional<String> price,
            Optional<String> discount,

            @Schema(description = "The rule of the policy by which something is kept")
            Optional<String> rule,

            String explanation,
            @Schema(description = "With taxes") String amount,
            List<Tax> taxes) {
        static Entry of(RefundEntry entry) {
            return switch (entry) {
                case RefundEntry.Goods goods ->
                    new Entry(
                            "GOODS",
                            Optional.of(goods.lineId()),
                            Optional.of(goods.sku().value()),
                            Optional.of(goods.quantity()),
                            Optional.of(text(goods.price())),
                            Optional.of(text(goods.discount())),
                            Optional.empty(),
                            goods.words(),
                            text(goods.amount()),
                            Tax.of(goods.taxes()));
                case RefundEntry.Charge charge ->
                    step(charge.kind().name(), Optional.empty(), Optional.empty(), charge);
                case RefundEntry.Goodwill given -> step("GOODWILL", Optional.empty(), Optional.empty(), given);
                case RefundEntry.Deduction deduction ->
                    step(deduction.cause().name(), deduction.lineId(), Optional.of(deduction.rule()), deduction);
            };
        }

        private static Entry step(String kind, Optional<String> lineId, Optional<String> rule, RefundEntry entry) {
            return new Entry(
                    kind,
                    lineId,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    rule,
                    entry.words(),
                    text(entry.amount()),
                    Tax.of(entry.taxes()));
        }
    }

    @Schema(name = "RefundTax")
    public record Tax(String title, String rate, String amount) {
        static List<Tax> of(List<TaxLine> taxes) {
            return taxes.stream()
                    .map(tax -> new Tax(tax.title(), tax.rate().toPlainString(), text(tax.amount())))
                    .toList();
        }
    }

    /** {@code payment} is the channel's id of the tender that has paid, or {@code store-credit} where it goes back to none of them. */
    @Schema(name = "RefundToTender")
    public record ToTender(String payment, String gateway, String amount, String presentmentAmount) {
        static ToTender of(Refund.ToTender tender) {
            return new ToTender(
                    tender.payment(),
                    tender.gateway(),
                    text(tender.amount().shop()),
                    text(tender.amount().presentment()));
        }
    }

    public static RefundView of(Refund refund) {
        return new RefundView(
                refund.currency().code(),
                text(refund.total().shop()),
                refund.presentmentCurrency().code(),
                text(refund.total().presentment()),
                refund.entries().stream().map(Entry::of).toList(),
                Tax.of(refund.taxes()),
                refund.tenders().stream().map(ToTender::of).toList());
    }

    private static String text(Money amount) {
        return amount.toDecimal().toPlainString();
    }
}
