package io.throughline.domain.returns;

/** How far the goods of a return have come. */
public enum GoodsStatus {
    AUTHORISED,
    /** Their carrier has scanned the parcel. */
    IN_TRANSIT,
    /** Their carrier has handed the parcel over to us, and nobody has told what lies in it. */
    DELIVERED,
    PARTLY_RECEIVED,
    /** All that are to come are there. */
    RECEIVED,
    /** And somebody has said in which condition they are and what becomes of them. */
    INSPECTED,
    /** They are lost, or stay with the customer: nobody waits for them. */
    NOT_TO_COME,
    REFUSED
}
