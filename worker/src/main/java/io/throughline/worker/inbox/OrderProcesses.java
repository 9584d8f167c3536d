package io.throughline.worker.inbox;

import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.OrderRules;

/** What the inbox asks of the running processes. */
interface OrderProcesses {
    /** What an order keeps that is heard of for the first time now. */
    OrderRules rulesOfToday();

    /**
     * Wakes the process of an order whose facts are open, or starts it when there is none: the facts decide that there shall be one,
     * whatever became of earlier runs.
     */
    void wakeOrStart(OrderView order, String about);

    /** Makes a retry that is waiting out its delay begin at once. The decision is stored: if this fails, the next slow retry reads it. */
    void hurry(String workflowId);
}
