package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.inventory.Republications.Outcome;
import java.util.List;

/** Which systems are to show the ledger's number again. What comes of it stands in the trace of the place. */
public record RepublicationOutcome(String facility, String sku, List<AccountOutcome> accounts) {
    /** One system. */
    public record AccountOutcome(
            String account,

            @Schema(
                    description = "ASKED_BEFORE: somebody has asked for it, and it is not done yet",
                    allowableValues = {"ASKED", "ASKED_BEFORE"})
            Outcome outcome) {}
}
