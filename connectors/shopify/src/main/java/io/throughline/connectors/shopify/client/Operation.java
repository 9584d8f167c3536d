package io.throughline.connectors.shopify.client;

/**
 * What is asked of the Admin API, each one file below {@code graphql/}, with the fragments that it spreads, each a file of its name
 * below {@code graphql/fragments/}. {@code expectedCost} is assumed until Shopify has told the real one. Background work leaves a part of the bucket to the calls that orders wait for.
 */
public enum Operation {
    ORDER_READ("order_read", 150, Urgency.ORDER),
    ORDER_LINE_ITEMS_PAGE("order_line_items_page", 100, Urgency.ORDER),
    ORDER_WORK_PAGE("order_work_page", 100, Urgency.ORDER),
    ORDER_TRANSACTIONS("order_transactions", 200, Urgency.ORDER),
    ORDERS_SINCE("orders_since", 50, Urgency.BACKGROUND),
    DISPUTE_READ("dispute_read", 2, Urgency.ORDER),
    DISPUTES_SINCE("disputes_since", 100, Urgency.BACKGROUND),
    ORDER_CANCELLATION_STATE("order_cancellation_state", 1, Urgency.ORDER),
    ORDER_CANCEL("order_cancel", 10, Urgency.ORDER),
    JOB_READ("job_read", 1, Urgency.ORDER),
    ORDER_PAYMENT_STATE("order_payment_state", 100, Urgency.ORDER),
    ORDER_CAPTURE("order_capture", 10, Urgency.ORDER),
    SUGGESTED_REFUND("suggested_refund", 20, Urgency.ORDER),
    ORDER_REFUNDS("order_refunds", 100, Urgency.ORDER),
    REFUND_SHELVES("refund_shelves", 100, Urgency.ORDER),
    REFUND_CREATE("refund_create", 20, Urgency.ORDER),
    RETURN_READ("return_read", 60, Urgency.ORDER),
    RETURN_APPROVE_REQUEST("return_approve_request", 12, Urgency.ORDER),
    RETURN_DECLINE_REQUEST("return_decline_request", 12, Urgency.ORDER),
    RETURNS_SINCE("returns_since", 100, Urgency.BACKGROUND),
    GIFT_CARD_CREATE("gift_card_create", 11, Urgency.ORDER),
    GIFT_CARDS_BY_CODE("gift_cards_by_code", 7, Urgency.ORDER),
    GIFT_CARD_READ("gift_card_read", 1, Urgency.ORDER),
    FULFILLMENT_ORDER_READ("fulfillment_order_read", 50, Urgency.ORDER),
    FULFILLMENT_ORDER_LINES_PAGE("fulfillment_order_lines_page", 50, Urgency.ORDER),
    FULFILLMENT_ORDERS_BY_ORDER("fulfillment_orders_by_order", 150, Urgency.ORDER),
    FULFILLMENT_ORDERS_SINCE("fulfillment_orders_since", 50, Urgency.BACKGROUND),
    FULFILLMENT_ORDER_MOVE("fulfillment_order_move", 10, Urgency.ORDER),
    FULFILLMENT_ORDER_SPLIT("fulfillment_order_split", 10, Urgency.ORDER),
    FULFILLMENT_ORDER_SUBMIT_REQUEST("fulfillment_order_submit_request", 10, Urgency.ORDER),
    FULFILLMENT_ORDER_SUBMIT_CANCELLATION("fulfillment_order_submit_cancellation", 10, Urgency.ORDER),
    FULFILLMENT_ORDER_CANCEL("fulfillment_order_cancel", 10, Urgency.ORDER),
    FULFILLMENT_CREATE("fulfillment_create", 10, Urgency.ORDER),
    FULFILLMENT_ORDERS_PREPARED_FOR_PICKUP("fulfillment_orders_prepared_for_pickup", 10, Urgency.ORDER),
    INVENTORY_ITEMS_AT("inventory_items_at", 200, Urgency.BACKGROUND),
    INVENTORY_SET_QUANTITIES("inventory_set_quantities", 15, Urgency.BACKGROUND),
    INVENTORY_MOVE_QUANTITIES("inventory_move_quantities", 15, Urgency.BACKGROUND),
    INVENTORY_LEVELS_SINCE("inventory_levels_since", 300, Urgency.BACKGROUND),
    BULK_OPERATIONS_SINCE("bulk_operations_since", 50, Urgency.BACKGROUND),
    BULK_RUN_QUERY("bulk_run_query", 10, Urgency.BACKGROUND),
    BULK_READ("bulk_read", 1, Urgency.BACKGROUND),
    PRODUCT_READ("product_read", 60, Urgency.BACKGROUND),
    SHOP_CURRENCY("shop_currency", 1, Urgency.BACKGROUND),
    CUSTOMER_READ("customer_read", 3, Urgency.BACKGROUND),
    CUSTOMERS_SINCE("customers_since", 50, Urgency.BACKGROUND),
    WEBHOOK_SUBSCRIPTIONS_LIST("webhook_subscriptions_list", 100, Urgency.BACKGROUND),
    WEBHOOK_SUBSCRIPTION_CREATE("webhook_subscription_create", 10, Urgency.BACKGROUND),
    WEBHOOK_SUBSCRIPTION_UPDATE("webhook_subscription_update", 10, Urgency.BACKGROUND);

    private final String file;
    private final String document;
    private final boolean mutation;
    private final double expectedCost;
    private final Urgency urgency;

    Operation(String file, double expectedCost, Urgency urgency) {
        this.file = file;
        this.document = OperationFiles.document(file);
        this.mutation = document.lines().anyMatch(line -> line.startsWith("mutation "));
        this.expectedCost = expectedCost;
        this.urgency = urgency;
    }

    /** The file's name without its ending. */
    public String file() {
        return file;
    }

    public String document() {
        return document;
    }

    /** Whether a call may change the shop, so that a lost reply leaves its outcome unknown. */
    public boolean changes() {
        return mutation;
    }

    double expectedCost() {
        return expectedCost;
    }

    Urgency urgency() {
        return urgency;
    }

    /** Who waits for the answer. */
    enum Urgency {
        ORDER,
        BACKGROUND
    }
}
