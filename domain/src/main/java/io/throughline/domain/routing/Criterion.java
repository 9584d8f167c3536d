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
    DELAY
}
