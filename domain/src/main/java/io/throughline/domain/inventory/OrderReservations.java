package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.OrderId;
import java.util.List;

/** What stock an order has or had, for people to read. */
public interface OrderReservations {
    /** In the order in which they were made; one that moved to another place is shown where it is now. */
    List<Reserved> of(OrderId order);

    /** Units of a line. {@code facility} is the virtual one for as long as they have no place; {@code state} is the ledger's word. */
    record Reserved(String lineId, Sku sku, String facility, int quantity, String state) {}
}
