package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.SendBackReason;
import java.util.List;
import java.util.Optional;

/** What somebody has found of goods that came back, and decided about them. */
@Schema(description = "What somebody has found of goods that came back, and decided about them")
public record InspectionSubmission(
        @Schema(example = "ST-HARBOR") String facility,

        @ArraySchema(minItems = 1, maxItems = ReturnSubmission.MOST_LINES)
        List<Units> lines,

        @ArraySchema(
                maxItems = ReturnSubmission.MOST_PHOTOS,
                arraySchema =
                        @Schema(
                                description =
                                        "Where the photos of what was found are kept: their addresses, or names of the"
                                                + " store's own, that tell nothing of a person"),
                schema =
                        @Schema(maxLength = ReturnSubmission.LONGEST_REFERENCE, example = "photos/2026/11/26/7f3a.jpg"))
        Optional<List<String>> photos) {

    @Schema(name = "InspectedUnits")
    public record Units(
            @Schema(description = "The order's line", example = "15100000000001")
            String lineId,

            @Schema(minimum = "1", maximum = "10000") int quantity,

            @Schema(description = "A grade of the return's policy", example = "NEW")
            String grade,

            Disposition disposition,

            @Schema(
                    description =
                            "Why they are not taken: with SEND_BACK, and with nothing else. Nothing is paid for them, a label is"
                                    + " bought with which they go back to the customer, and the customer is told why")
            Optional<SendBackReason> reason) {}
}
