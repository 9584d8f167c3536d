package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** Goods of a till's sale that lie on a store's counter, looked at already. */
@Schema(
        name = "CounterReturnSubmission",
        description = "Goods of a till's sale that lie on a store's counter, looked at already")
public record CounterSubmission(
        @Schema(
                description =
                        "What is on the receipt: any id that finds the sale (the till system's order, payment or refund), or"
                                + " sale/{facility}/{the till's own id}",
                example = "sale/ST-HARBOR/7KpQz")
        String sale,

        @Schema(description = "The store that takes the goods back, whichever has sold them", example = "ST-DOWNTOWN")
        String store,

        @Schema(
                description =
                        "STORE_CREDIT: give credit in place of what was paid with, where the policy offers that; ORIGINAL"
                                + " if absent")
        Optional<RefundTo> refundTo,

        @ArraySchema(maxItems = MOST_LINES, arraySchema = @Schema(description = "At least one"))
        List<Line> lines) {
    static final int MOST_LINES = 500;

    /** Units of one line of the sale in one condition. */
    @Schema(name = "CounterReturnLine")
    public record Line(
            @Schema(description = "Which line of the sale, counted from 1", minimum = "1", example = "1")
            int line,

            @Schema(minimum = "1", maximum = "10000") int quantity,
            ReturnReason reason,

            @Schema(description = "By the policy, such as NEW or OPENED", example = "NEW")
            String grade,

            Disposition disposition,

            @Schema(
                    description =
                            "What the manufacturer has written on this one unit, where it has a number: what came back"
                                    + " since it was sold, with a receipt or without, does not come back again",
                    example = "SN-20417")
            Optional<String> serial) {}
}
