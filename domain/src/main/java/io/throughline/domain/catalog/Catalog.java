package io.throughline.domain.catalog;

/** The products that Throughline may sell: a SKU that is not among them stops an order with a case. */
public interface Catalog {
    boolean knows(Sku sku);
}
