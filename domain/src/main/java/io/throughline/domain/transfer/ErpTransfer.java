package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * A transfer that an ERP keeps and says to be over: nothing of it moves any more, whatever has arrived. {@code movements} are all that has told the ledger of
 * its units on their way, by which they are known from those of other transfers between the same facilities.
 */
public record ErpTransfer(
        ErpTransferId id, FacilityId from, FacilityId to, List<Line> lines, List<StockSource> movements) {
    public ErpTransfer {
        lines = List.copyOf(lines);
        movements = List.copyOf(movements);
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
        return with(lines.stream().filter(line -> sold.test(line.sku())).toList());
    }

    /** The same with other lines. */
    public ErpTransfer with(List<Line> others) {
        return new ErpTransfer(id, from, to, others, movements);
    }

    /** The lines of which less or more has arrived than was sent. */
    public List<Line> differing() {
        return lines.stream().filter(line -> line.difference() != 0).toList();
    }
}
