package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** What lies on a store's counter, looked at already, of which nobody knows the sale, and who has brought it. */
public record BlindRequest(FacilityId store, CustomerToken customer, List<Line> lines) {
    public BlindRequest {
        lines = List.copyOf(lines);
    }

    /** Units of a SKU in one condition; a serial number is that of a single unit. */
    public record Line(
            Sku sku, int quantity, ReturnReason reason, ConditionGrade grade, Optional<SerialNumber> serial) {
        public Line {
            if (quantity < 1 || (serial.isPresent() && quantity > 1)) {
                throw new IllegalArgumentException(
                        sku + ": quantity must be at least 1, and 1 where a serial number is told");
            }
        }
    }
}
