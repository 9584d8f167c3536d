package io.throughline.domain.fulfillment;

/** How goods reach the customer. */
public enum DeliveryMethod {
    SHIPPING,
    PICKUP,
    /** Taken away at the till: handed over before we heard of it. */
    CARRIED_OUT,
    /** Nothing to hand over, such as a gift card that is sent by mail. */
    NONE
}
