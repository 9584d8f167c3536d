package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.List;
import java.util.function.Predicate;

/** A transfer that an ERP keeps and says to be over: nothing of it moves any more, whatever has arrived. */
public record ErpTransfer(ErpTransferId id, FacilityId from, FacilityId to, List<Line> lines) {
    public ErpTransfer {
        lines = List.copyOf(lines);
    }

    /** Units of one SKU. */
    public record Line(Sku sku, int sent, int arrived) {
        /** Positive: so many are missing; negative: so many came too much. */
        public int difference() {
            return sent - arrived;
        }
    }

    /** The same, of the products that are sold. */
    public ErpTransfer of(Predicate<Sku> sold) {
        return new ErpTransfer(
                id,
                from,
                to,
                lines.stream().filter(line -> sold.test(line.sku())).toList());
    }

    /** The lines of which less or more has arrived than was sent. */
    public List<Line> differing() {
        return lines.stream().filter(line -> line.difference() != 0).toList();
    }
}
