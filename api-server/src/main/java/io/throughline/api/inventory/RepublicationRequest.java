package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** Of which SKU the ledger's number is to be shown again, and by whom. */
public record RepublicationRequest(
        @Schema(example = "NW-MUG-RED") String sku,

        @Schema(
                description = "The account that is to show it; left out, all that are told of the place",
                example = "northwind")
        Optional<String> account) {}
