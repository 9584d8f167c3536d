package io.throughline.api.sale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.problem.Problem.FieldError;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Sales that a till hands over at once. Each is read by itself, so that a bad one keeps no good one from being taken. */
public record SalesBatch(
        @ArraySchema(
                minItems = 1,
                maxItems = SalesBatch.MOST_SALES,
                schema = @Schema(implementation = SaleSubmission.class))
        List<JsonNode> sales) {
    static final int MOST_SALES = 500;

    /** The answers, in the order of the sales. */
    @Schema(name = "SalesBatchAnswer")
    public record Answer(int accepted, int known, int corrected, int refused, List<SaleAnswer> sales) {
        static Answer of(List<SaleAnswer> sales) {
            return new Answer(
                    count(sales, Outcome.ACCEPTED),
                    count(sales, Outcome.KNOWN),
                    count(sales, Outcome.CORRECTED),
                    count(sales, Outcome.REFUSED),
                    sales);
        }

        private static int count(List<SaleAnswer> sales, Outcome outcome) {
            return Math.toIntExact(
                    sales.stream().filter(sale -> sale.outcome() == outcome).count());
        }
    }

    @Schema(
            name = "SaleAnswer",
            description =
                    "What became of one sale. One that is refused has happened all the same: it is kept under its id, with a"
                            + " case that is closed when it is sent again, mended, under the same id")
    public record SaleAnswer(
            @Schema(description = "Absent when it could not be read")
            Optional<String> saleId,

            Outcome outcome,

            @Schema(description = "The business date with which the sale is posted")
            Optional<LocalDate> postedWith,

            @Schema(description = "Whether the day on which it was sold had been posted before")
            boolean late,

            @Schema(description = "What to do about a sale that was refused or came to nothing")
            Optional<String> detail,

            @Schema(
                    description =
                            "The case that stands for a sale that was refused; absent where it has no id that could be read, or was"
                                    + " settled before",
                    example = "C-1042")
            Optional<String> caseId,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}

    /** KNOWN: the same, or a later version, was told before. */
    public enum Outcome {
        ACCEPTED,
        KNOWN,
        CORRECTED,
        REFUSED
    }
}
