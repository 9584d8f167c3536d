package io.throughline.api.console.order;

import io.throughline.domain.account.OutsideSystem;

/** Where a step of an order's line was done. */
enum Lane {
    CHANNEL("Channel"),
    THROUGHLINE("Throughline"),
    STOCK("Stock"),
    FACILITIES("Facilities"),
    ERP("ERP"),
    CUSTOMER("Customer");

    private final String label;

    Lane(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Lane of(OutsideSystem system) {
        return switch (system) {
            case SHOPIFY, MARKETPLACE, REST -> CHANNEL;
            case SQUARE, CARRIER, WMS -> FACILITIES;
            case TRYTON -> ERP;
            case MESSAGING -> CUSTOMER;
        };
    }
}
