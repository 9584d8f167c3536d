package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** What a carrier has to say of a parcel that will not reach its customer. */
@Schema(description = "What a carrier has to say of a parcel that will not reach its customer")
public record ParcelSubmission(
        Outcome outcome,

        @ArraySchema(
                minItems = 1,
                maxItems = ReturnSubmission.MOST_LINES,
                arraySchema =
                        @Schema(
                                description =
                                        "What lay in it; if absent, what its facility said, or all of its shipment"))
        Optional<List<Units>> lines) {

    /** REFUSED: nobody has taken it in, and it comes back. LOST: it never comes, neither there nor back. */
    @Schema(name = "ParcelOutcome")
    public enum Outcome {
        REFUSED,
        LOST
    }

    @Schema(name = "ParcelUnits")
    public record Units(
            @Schema(description = "The order's line", example = "15100000000001")
            String lineId,

            @Schema(minimum = "1", maximum = "10000") int quantity) {}
}
