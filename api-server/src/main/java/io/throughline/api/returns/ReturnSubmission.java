package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** What a customer wants to give back of an order. */
@Schema(description = "What a customer wants to give back of an order")
public record ReturnSubmission(
        @Schema(description = "Our name of the order", example = "O-7K2M9Q4XTA")
        String orderId,

        @Schema(description = "The store that takes the goods in; they come by mail if absent", example = "ST-HARBOR")
        Optional<String> store,

        @ArraySchema(minItems = 1, maxItems = MOST_LINES) List<Line> lines,

        @Schema(
                description = "A version of the policy that a preview shall try; that of the order's day if absent",
                example = "returns-1")
        Optional<String> policyVersion,

        @Schema(
                description =
                        "Give the money back before the goods have come, as far as the policy allows that; not for a"
                                + " preview")
        Optional<Boolean> refundBeforeGoods) {
    static final int MOST_LINES = 500;
    static final int MOST_UNITS = 10_000;

    /** Units of one order line that come back for one reason in one condition. */
    @Schema(
            name = "ReturnLine",
            description = "Units of one order line that come back for one reason in one condition. A line may be named"
                    + " several times")
    public record Line(
            @Schema(example = "1") String lineId,
            @Schema(minimum = "1", maximum = "10000") int quantity,
            ReturnReason reason,

            @Schema(
                    description =
                            "The condition of the units, by a grade of the policy; what the policy assumes if absent",
                    example = "OPENED")
            Optional<String> grade) {}
}
