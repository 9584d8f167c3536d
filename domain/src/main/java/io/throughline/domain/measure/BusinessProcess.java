package io.throughline.domain.measure;

import java.util.Locale;

/** Work that has to come to its end within the time that was promised for it. */
public enum BusinessProcess {
    /** A message that came in is handed to what it is about. What waits behind a dead letter waits for the dead letter's case. */
    MESSAGE_INTAKE,
    /** An order ends. */
    ORDERS,
    /** What must be in the books is in the ERP. */
    POSTING,
    /** What was given back to a customer is confirmed by the ERP. */
    REFUNDS,
    /** A return ends: its goods are here or given up, its money is given back and in the books. */
    RETURNS,
    /** A store's day is settled in the ERP, once it was closed. */
    STORE_DAYS,
    /** What has changed of stock is told to who shows it. */
    STOCK_PUBLICATION,
    /** What has happened is told to who has subscribed to it. */
    EVENT_DELIVERY;

    /** As metrics and files name it: {@code message_intake}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
