package io.throughline.domain.fulfillment;

/** The digests of the codes that customers were told, in PostgreSQL. */
public interface PickupCodes {
    /**
     * This code is just being told. Each that was told is good: where nobody knows whether a message has left, another one is made for the
     * next try.
     */
    void made(FulfillmentOrderId work, PickupCode code);
}
