package io.throughline.domain.catalog;

/** What is told of a product. Each has one account whose word counts ({@link SystemOfRecord}). */
public enum Attribute {
    TITLE,
    /** Whose product it is, as people know it: at Shopify, the vendor. */
    BRAND,
    BARCODE,
    WEIGHT_GRAMS,
    /** The harmonised system's code, by which customs know the product. */
    HS_CODE,
    /** ISO 3166-1 alpha-2. */
    ORIGIN_COUNTRY
}
