package io.throughline.domain.sale;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a sale at a till before it is booked: it was made at a store of ours, its parts and its money come to its total, and
 * each SKU is known.
 */
public final class TillSaleCheck {
    private final Catalog catalog;

    public TillSaleCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What is wrong and what to do about it; empty when the sale may be booked. */
    public Optional<String> wrongWith(TillSale sale) {
        if (sale.store().isEmpty()) {
            return Optional.of("no store is configured for the location " + sale.location()
                    + ": name it among its store's locations, then try again");
        }
        if (sale.lines().isEmpty()) {
            return Optional.of("it has no line: mend it at the till, then try again");
        }
        if (!sale.sumOfParts().equals(sale.total())) {
            return Optional.of("lines, charges and taxes come to " + sale.sumOfParts() + ", the till's total is "
                    + sale.total() + ": hand it in corrected under its own id");
        }
        if (!sale.tendered().equals(sale.total())) {
            return Optional.of("its payments come to " + sale.tendered() + ", the sale to " + sale.total()
                    + ": hand it in corrected under its own id");
        }
        List<String> unknown = unknown(sale).stream().map(Sku::value).toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("not in the catalogue: " + String.join(", ", unknown)
                        + ": add it there, or name its SKU at the till, then try again");
    }

    /** What of it the catalogue does not know. */
    public List<Sku> unknown(TillSale sale) {
        return sale.lines().stream()
                .map(StoreSale.Line::sku)
                .filter(sku -> !catalog.knows(sku))
                .distinct()
                .toList();
    }
}
