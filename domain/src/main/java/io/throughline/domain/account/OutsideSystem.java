package io.throughline.domain.account;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of system that Throughline talks to; each has a task queue, a rate limit and slots of its own. */
public enum OutsideSystem {
    SHOPIFY("shopify"),
    SQUARE("pos"),
    TRYTON("erp"),
    MESSAGING("messaging"),
    /** Sells labels for parcels, and tells where they are. */
    CARRIER("carrier"),
    /** Sells our goods, hands its orders over by our REST API, and is told what becomes of them. */
    MARKETPLACE("marketplace"),
    /** A warehouse management system, which hands its stock over as files. */
    WMS("orders"),
    /** Our own REST clients: orders that nobody but Throughline keeps. */
    REST("orders");

    private final String taskQueue;

    OutsideSystem(String taskQueue) {
        this.taskQueue = taskQueue;
    }

    public String taskQueue() {
        return taskQueue;
    }

    /** Whether we ask something of it; from the others we only hear. */
    public boolean isAsked() {
        return this != WMS && this != REST;
    }

    public static Set<OutsideSystem> asked() {
        return Arrays.stream(values()).filter(OutsideSystem::isAsked).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether its own orders are what the stores' tills have sold, which begin no process. */
    public boolean sellsAtTills() {
        return this == SQUARE;
    }

    /** Whether it shows our stock to those who buy there, as it is told. */
    public boolean showsStock() {
        return this == SHOPIFY || this == SQUARE;
    }
}
