package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** What a count led to. */
public record CountOutcome(String facility, String countId, List<CountedOutcome> lines) {
    /** What the count of one SKU led to. */
    public record CountedOutcome(
            String sku,

            @Schema(
                    description = "COVERED: a later count had told it already. KNOWN: this count was taken in before."
                            + " CONFLICT: it was, with another number or instant, which stands. HELD_BACK: it differs by more"
                            + " than the stock policy believes, and is booked when somebody has decided so.",
                    allowableValues = {"BOOKED", "COVERED", "KNOWN", "CONFLICT", "HELD_BACK"})
            String verdict,

            @Schema(description = "By how much the stock on hand has changed, or would have if it is held back")
            int change,

            @Schema(description = "The case in which somebody decides about a count that is held back")
            Optional<String> caseId) {}
}
