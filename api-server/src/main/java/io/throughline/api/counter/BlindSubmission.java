package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** Goods without a receipt that lie on a store's counter, looked at already. */
@Schema(
        name = "BlindReturnSubmission",
        description = "Goods without a receipt that lie on a store's counter, looked at already")
public record BlindSubmission(
        @Schema(description = "The store that takes the goods", example = "ST-HARBOR")
        String store,

        @Schema(
                description =
                        "By what whoever brings them is known again: a customer's id here (K-…), or a hash or card"
                                + " number of your own, 8 to 100 of A-Z, a-z, 0-9 and _ : = . -; no name, address or"
                                + " phone's number. It is never shown",
                example = "K-7K2M9Q4XTA")
        String customer,

        @ArraySchema(maxItems = MOST_LINES, arraySchema = @Schema(description = "At least one"))
        List<Line> lines) {
    static final int MOST_LINES = 50;

    /** Units of one SKU in one condition. */
    @Schema(name = "BlindReturnLine")
    public record Line(
            @Schema(example = "NW-MUG-RED") String sku,

            @Schema(minimum = "1", maximum = "10000") int quantity,
            ReturnReason reason,

            @Schema(
                    description = "By the policy, such as NEW or OPENED. What becomes of it follows from it",
                    example = "NEW")
            String grade,

            @Schema(
                    description =
                            "What the manufacturer has written on this one unit, 3 to 40 of letters, digits and . / _"
                                    + " -: it comes back once without a receipt",
                    example = "SN-20417")
            Optional<String> serial) {}
}
