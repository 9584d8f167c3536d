package io.throughline.workflows.inventory;

import org.jspecify.annotations.Nullable;

/** How far a look at what an ERP has on hand has come; a {@code cursor} of null is its end, or its beginning. */
public record ErpStockLook(@Nullable String cursor) {
    public static final ErpStockLook BEGIN = new ErpStockLook(null);

    public boolean over() {
        return cursor == null;
    }
}
