package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** Goods of a return that have come to a place. */
@Schema(description = "Goods of a return that have come to a place")
public record ReceiptSubmission(
        @Schema(example = "ST-HARBOR") String facility,
        @ArraySchema(maxItems = ReturnSubmission.MOST_LINES) List<Units> lines,

        @Schema(description = "true: what has not come is not waited for any more")
        Optional<Boolean> complete) {

    /** More than was authorised is taken in too, and becomes a case. */
    @Schema(name = "ReceivedUnits")
    public record Units(
            @Schema(description = "The order's line", example = "15100000000001")
            String lineId,

            @Schema(minimum = "1", maximum = "10000") int quantity) {}
}
