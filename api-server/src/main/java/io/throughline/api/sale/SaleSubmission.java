package io.throughline.api.sale;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.sale.StoreSale;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sale as a till tells it. Amounts are decimal strings in {@code currency} with no more decimals than it has; they include the taxes if
 * and only if {@code taxesIncluded}. Returned goods are lines of negative quantity, with negative totals, taxes and tenders.
 */
@Schema(
        description = "A sale of a till. Returned goods are lines of negative quantity, with negative totals, taxes and"
                + " tenders. A higher version corrects a lower one; one without lines and tenders says that the"
                + " sale did not happen.")
public record SaleSubmission(
        @Schema(
                description = "The till's own id of the sale, unique in its store for ever",
                example = "R1-000042",
                pattern = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
        String saleId,

        @Schema(description = "1 if absent; a correction has a higher one", minimum = "1")
        Optional<Long> version,

        @Schema(example = "R1") String register,
        Instant soldAt,
        @Schema(example = "USD", pattern = "[A-Z]{3}") String currency,
        boolean taxesIncluded,
        List<Line> lines,

        @Schema(
                description =
                        "What was charged beside the goods, or given back of that: service charges, tips and what a total"
                                + " in cash was rounded by")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Charge> charges,

        @Schema(description = "They come to the total of the sale, its taxes included")
        List<Tender> tenders) {

    @Schema(
            name = "SaleLine",
            description = "total = quantity × unitPrice − discount, or + discount for returned goods")
    public record Line(
            @Schema(example = "NW-TEE-BLK-M") String sku,

            @Schema(description = "-10000 to 10000 and not 0; negative: returned")
            int quantity,

            @Schema(example = "25.00") String unitPrice,

            @Schema(description = "Taken off, never negative", example = "0.00")
            Optional<String> discount,

            @Schema(example = "50.00") String total,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Tax> taxes) {}

    @Schema(name = "SaleCharge", description = "Its total includes its taxes if the sale's amounts do")
    public record Charge(
            StoreSale.Charge.Kind kind,

            @Schema(description = "What the invoice says; a word for its kind if absent", example = "Service charge")
            Optional<String> title,

            @Schema(description = "Negative: given back, or rounded down", example = "5.00")
            String total,

            @Schema(description = "Of service charges only") @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Tax> taxes) {}

    @Schema(name = "SaleTax")
    public record Tax(
            String title,

            @Schema(description = "A fraction", example = "0.0625")
            String rate,

            @Schema(example = "3.13") String amount) {}

    @Schema(name = "SaleTender")
    public record Tender(
            @Schema(
                    description = "The gateway by which the books know it",
                    example = "cash",
                    pattern = "[a-z0-9_-]{1,50}")
            String kind,

            @Schema(description = "Negative: given back", example = "53.13")
            String amount) {}
}
