package io.throughline.connectors.shopify.client;

/** What bulk operations are asked to run, each one file below {@code graphql/bulk/}. */
public enum BulkQuery {
    PRODUCT_VARIANTS("product_variants");

    private final String text;

    BulkQuery(String file) {
        this.text = OperationFiles.bulkQuery(file);
    }

    public String text() {
        return text;
    }
}
