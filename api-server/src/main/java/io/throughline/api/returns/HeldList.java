package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.HeldGoods;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a facility keeps back, the oldest first. */
@Schema(description = "What a facility keeps back, the oldest first")
public record HeldList(String facility, List<Units> held) {

    @Schema(name = "HeldUnits")
    public record Units(
            String sku,
            int quantity,

            @Schema(description = "Why a return has them held; absent where no return does")
            Optional<Disposition> disposition,

            @Schema(description = "The return that brought them", example = "O-7K2M9Q4XTA-R1")
            Optional<String> source,

            Optional<Instant> since) {
        static Units of(HeldGoods.Held held) {
            return new Units(held.sku().value(), held.units(), held.disposition(), held.source(), held.since());
        }
    }
}
