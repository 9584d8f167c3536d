package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of an order that leaves by one method. {@code channelWork} is the channel's own work item for it (a Shopify fulfillment
 * order), if it has one; {@code facility} is set where the customer or the till has chosen it.
 */
public record Delivery(
        DeliveryMethod method, Optional<FacilityId> facility, Optional<String> channelWork, List<LineQuantity> lines) {
    public Delivery {
        lines = List.copyOf(lines);
    }

    Delivery naming(Map<Sku, Sku> products) {
        return new Delivery(
                method,
                facility,
                channelWork,
                lines.stream()
                        .map(line -> new LineQuantity(
                                line.lineId(), products.getOrDefault(line.sku(), line.sku()), line.quantity()))
                        .toList());
    }
}
