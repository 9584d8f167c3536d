package io.throughline.workflows.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a reading of an ERP's stock has come: it begins at {@code since}; a {@code cursor} of null is its end, or its beginning. */
public record ErpStockPass(
        @Nullable Instant since,
        @Nullable String cursor,
        @Nullable Instant upTo) {
    public static final ErpStockPass BEGIN = new ErpStockPass(null, null, null);

    public boolean over() {
        return cursor == null;
    }
}
