package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Reference;
import io.throughline.domain.fulfillment.ChannelItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where an order's fulfillment orders lie that still have something to be done. A status of tomorrow counts as open. */
final class ItemMapper {
    private static final Set<String> ENDED = Set.of("CLOSED", "CANCELLED", "INCOMPLETE");

    private ItemMapper() {}

    static List<ChannelItem> items(List<OrderDocument.Work> work) {
        return work.stream()
                .filter(item -> !ENDED.contains(item.status()))
                .map(item -> new ChannelItem(
                        item.id(), item.assignedLocation().location().map(Reference::number), open(item)))
                .filter(item -> !item.open().isEmpty())
                .toList();
    }

    private static Map<String, Integer> open(OrderDocument.Work item) {
        Map<String, Integer> open = new LinkedHashMap<>();
        item.lineItems().nodes().stream()
                .filter(line -> line.remainingQuantity() > 0)
                .forEach(line -> open.merge(line.lineItem().number(), line.remainingQuantity(), Integer::sum));
        return open;
    }
}
