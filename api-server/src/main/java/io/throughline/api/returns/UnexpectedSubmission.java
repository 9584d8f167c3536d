package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.Disposition;
import java.util.List;

/** What becomes of goods that came back although nobody had authorised them. */
@Schema(description = "What becomes of goods that came back although nobody had authorised them")
public record UnexpectedSubmission(
        @Schema(description = "Where they lie", example = "ST-HARBOR")
        String facility,

        @ArraySchema(minItems = 1, maxItems = ReturnSubmission.MOST_LINES)
        List<Units> lines) {

    @Schema(name = "PlacedUnits")
    public record Units(
            @Schema(description = "The order's line", example = "15100000000001")
            String lineId,

            @Schema(minimum = "1", maximum = "10000") int quantity,

            @Schema(description = "SEND_BACK: who has them at hand sends them, by a label of their own")
            Disposition disposition) {}
}
