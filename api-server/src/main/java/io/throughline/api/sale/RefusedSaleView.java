package io.throughline.api.sale;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.sale.RefusedSale;

/** A sale that could not be booked, for whoever mends it. */
@Schema(name = "RefusedSale")
public record RefusedSaleView(
        String facility,
        String saleId,

        @Schema(description = "0 where none could be read") long version,

        @Schema(description = "What is wrong with it") String reason,

        @Schema(description = "Whether RETRY can book it as it is, once what it waits for has come")
        boolean mayBeRetried,

        @Schema(description = "What the till has told: a text that is JSON")
        String told) {
    static RefusedSaleView of(RefusedSale refused) {
        return new RefusedSaleView(
                refused.id().facility().value(),
                refused.id().sale(),
                refused.version(),
                refused.reason(),
                refused.sale().isPresent(),
                refused.told());
    }
}
