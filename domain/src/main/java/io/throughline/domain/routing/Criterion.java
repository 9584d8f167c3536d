package io.throughline.domain.routing;

/** What one plan may be better in than another. Of each, less is better; what comes first in a rule's objective decides first. */
public enum Criterion {
    /** Facilities that take part, and so parcels. */
    SPLITS,
    /** Facilities in another country than the customer's. */
    ABROAD,
    /** Kilometres from each facility to the customer, added up; nothing where it is not known where the customer lives. */
    DISTANCE,
    /** Stores that take part, rather than warehouses. */
    STORES,
    /** What the parcels cost, by the policy's shipping table. */
    COST,
    /** Work that the facilities have open already, added up. */
    LOAD,
    /** Hours until the last parcel has left, by cut-off and closing. */
    DELAY,
    /** Hours by which the last parcel leaves after the instant that its marketplace was promised; nothing where none was promised anything. */
    LATENESS,
    /** Whole weeks by which the freshest stock that may be taken falls short of {@link StockTurnover#MOST_WEEKS}: what has lain longest goes first. */
    STOCK_AGE,
    /** Whole weeks by which the scarcest stock that may be taken falls short of {@link StockTurnover#MOST_WEEKS}: who has most to spare goes first. */
    WEEKS_OF_SUPPLY;

    /** Whether it is by how long stock has lain, or how fast it goes. */
    boolean mindsTurnover() {
        return this == STOCK_AGE || this == WEEKS_OF_SUPPLY;
    }
}
