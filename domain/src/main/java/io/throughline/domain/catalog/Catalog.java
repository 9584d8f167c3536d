package io.throughline.domain.catalog;

/** The products that Throughline may sell: a SKU that is not among them stops an order with a case. */
public interface Catalog {
    boolean knows(Sku sku);

    /** What is known to either; this one is asked first. */
    default Catalog or(Catalog other) {
        return sku -> knows(sku) || other.knows(sku);
    }
}
