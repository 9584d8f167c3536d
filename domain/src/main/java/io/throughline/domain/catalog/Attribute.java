package io.throughline.domain.catalog;

/** What is told of a product. Each has one account whose word counts ({@link SystemOfRecord}). */
public enum Attribute {
    TITLE,
    BARCODE,
    WEIGHT_GRAMS,
    /** The harmonised system's code, by which customs know the product. */
    HS_CODE,
    /** ISO 3166-1 alpha-2. */
    ORIGIN_COUNTRY
}
