package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.HeldGoods;

/** What has become of units that were held. */
@Schema(description = "What has become of units that were held")
public record HeldSubmission(
        @Schema(example = "NW-MUG-RED") String sku,
        @Schema(minimum = "1", maximum = "10000") int quantity,

        @Schema(
                description =
                        "MADE_GOOD: they are on the shelf again; TO_VENDOR and SCRAPPED: they have left, and what was scrapped"
                                + " is a cost again")
        HeldGoods.Outcome outcome) {}
