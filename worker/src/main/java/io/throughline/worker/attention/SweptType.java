package io.throughline.worker.attention;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Every type of process that a worker runs. Whose tasks fail again and again is shown of all of them; what differs is who notices that one has
 * ended otherwise than by itself.
 */
public enum SweptType {
    ORDER("OrderToCash", Ends.MISSED),
    REROUTE("FulfillmentReroute", Ends.MISSED),
    RETURN("Return", Ends.MISSED),
    COUNTER_RETURN("CounterReturn", Ends.MISSED),
    STORE_DAY("StoreDay", Ends.MISSED),
    STOCK_IMPORT("StockImport", Ends.MISSED),
    RECONCILIATION("Reconciliation", Ends.BEGUN_ANEW),
    INVENTORY("InventorySync", Ends.BEGUN_ANEW),
    STOCK_FEED("StockFeed", Ends.BEGUN_ANEW),
    ERP_STOCK("ErpStock", Ends.BEGUN_ANEW),
    CATALOG("CatalogSync", Ends.BEGUN_ANEW),
    PRODUCTS("ProductNews", Ends.BEGUN_ANEW),
    CUSTOMER("CustomerUpdate", Ends.BEGUN_ANEW),
    CASE_DECISION("CaseDecision", Ends.SEEN),
    CASE_QUEUE("CaseQueue", Ends.SEEN);

    /** Who notices an end that was none of its own. */
    enum Ends {
        /** Facts of its own are open until it comes to its end, and nobody else goes on with them. */
        MISSED,
        /** It is of an account: its rhythm, or the next news, begins another. What is switched off is ended on purpose. */
        BEGUN_ANEW,
        /** The person who began it waits for its answer, and what they look at or decide about stays in the queue. */
        SEEN
    }

    private final String typeName;
    private final Ends ends;

    SweptType(String typeName, Ends ends) {
        this.typeName = typeName;
        this.ends = ends;
    }

    public String typeName() {
        return typeName;
    }

    /** Types whose bad ends are looked for, as a list of a query of Temporal's visibility. */
    static String missed() {
        return Arrays.stream(values())
                .filter(type -> type.ends == Ends.MISSED)
                .map(type -> "'" + type.typeName + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
