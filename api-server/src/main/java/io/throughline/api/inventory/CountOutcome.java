package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a count led to. */
public record CountOutcome(String facility, String countId, List<CountedOutcome> lines) {
    /** What the count of one SKU led to. */
    public record CountedOutcome(
            String sku,

            @Schema(
                    description = "COVERED: a later count had told it already. KNOWN: this count was taken in before.",
                    allowableValues = {"BOOKED", "COVERED", "KNOWN"})
            String verdict,

            @Schema(description = "By how much the stock on hand has changed")
            int change) {}
}
