package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;

/** So many units of one order line. */
public record LineQuantity(String lineId, Sku sku, int quantity) {
    public LineQuantity {
        if (quantity < 1) {
            throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
        }
    }
}
