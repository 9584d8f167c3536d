package io.throughline.domain.order;

/** Where an order began. */
public enum Channel {
    ONLINE,
    POINT_OF_SALE,
    MARKETPLACE,
    API
}
