package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What somebody has found who has looked again at goods whose refund waits for a second person. */
@Schema(description = "What somebody has found who has looked again at goods whose refund waits for a second person")
public record RegradingSubmission(
        @ArraySchema(minItems = 1, maxItems = ReturnSubmission.MOST_LINES)
        List<Found> inspections) {

    @Schema(name = "RegradedUnits")
    public record Found(
            @Schema(description = "The number of the inspection whose units it is about", example = "17")
            long inspection,

            @Schema(description = "A grade of the return's policy", example = "OPENED")
            String grade) {}
}
