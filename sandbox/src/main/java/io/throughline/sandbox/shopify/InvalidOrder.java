package io.throughline.sandbox.shopify;

/** A body that cannot become an order, with the field that is wrong. */
final class InvalidOrder extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String field;

    InvalidOrder(int status, String field, String problem) {
        super(field + " " + problem);
        this.status = status;
        this.field = field;
    }

    int status() {
        return status;
    }

    String field() {
        return field;
    }
}
