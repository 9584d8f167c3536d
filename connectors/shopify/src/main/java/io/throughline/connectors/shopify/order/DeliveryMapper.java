package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Reference;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One delivery per fulfillment order of the channel, and one of method NONE for what is never handed over. The deliveries never hold
 * more of a line than is still wanted.
 */
final class DeliveryMapper {
    private final Facilities facilities;

    DeliveryMapper(Facilities facilities) {
        this.facilities = facilities;
    }

    List<Delivery> deliveries(AccountId account, List<OrderLine> lines, List<OrderDocument.Work> work) {
        Map<String, OrderLine> byId = new LinkedHashMap<>();
        Map<String, Integer> open = new LinkedHashMap<>();
        for (OrderLine line : lines) {
            byId.put(line.id(), line);
            open.put(line.id(), line.quantity());
        }
        List<Delivery> deliveries = new ArrayList<>();
        List<LineQuantity> immaterial = new ArrayList<>();
        for (OrderDocument.Work item : work) {
            List<LineQuantity> held = held(item, byId, open);
            immaterial.addAll(only(held, part -> immaterial(byId, part)));
            List<LineQuantity> goods = only(held, part -> !immaterial(byId, part));
            if (!goods.isEmpty()) {
                deliveries.add(delivery(account, item, goods));
            }
        }
        List<LineQuantity> rest = rest(byId, open);
        immaterial.addAll(only(rest, part -> immaterial(byId, part)));
        if (!immaterial.isEmpty()) {
            deliveries.add(new Delivery(DeliveryMethod.NONE, Optional.empty(), Optional.empty(), immaterial));
        }
        List<LineQuantity> unplanned = only(rest, part -> !immaterial(byId, part));
        if (!unplanned.isEmpty()) {
            deliveries.add(new Delivery(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty(), unplanned));
        }
        return deliveries;
    }

    private Delivery delivery(AccountId account, OrderDocument.Work item, List<LineQuantity> lines) {
        DeliveryMethod method = method(item);
        boolean chosen = method == DeliveryMethod.PICKUP || method == DeliveryMethod.CARRIED_OUT;
        return new Delivery(
                method,
                chosen
                        ? item.assignedLocation().location().map(location -> facility(account, location))
                        : Optional.empty(),
                Optional.of(item.id()),
                lines);
    }

    /** A store that the customer chose but that nobody configured gets a name that no facility has, so that no other one is taken. */
    private FacilityId facility(AccountId account, Reference location) {
        return facilities
                .byLocation(account, location.number())
                .map(Facility::id)
                .orElseGet(() -> new FacilityId("LOCATION-" + location.number()));
    }

    private static DeliveryMethod method(OrderDocument.Work item) {
        return switch (item.deliveryMethod()
                .map(OrderDocument.Method::methodType)
                .orElse("SHIPPING")) {
            case "PICK_UP" -> DeliveryMethod.PICKUP;
            case "RETAIL" -> DeliveryMethod.CARRIED_OUT;
            case "NONE" -> DeliveryMethod.NONE;
            default -> DeliveryMethod.SHIPPING;
        };
    }

    /** What a fulfillment order holds: all of it while it is open, what it has handed over once it has ended. */
    private static List<LineQuantity> held(
            OrderDocument.Work item, Map<String, OrderLine> lines, Map<String, Integer> open) {
        List<LineQuantity> held = new ArrayList<>();
        for (OrderDocument.WorkLine part : item.lineItems().nodes()) {
            OrderLine line = lines.get(part.lineItem().number());
            if (line == null) {
                continue;
            }
            int units = Math.min(units(item, part), open.getOrDefault(line.id(), 0));
            if (units > 0) {
                held.add(new LineQuantity(line.id(), line.sku(), units));
                open.merge(line.id(), -units, Integer::sum);
            }
        }
        return held;
    }

    private static int units(OrderDocument.Work item, OrderDocument.WorkLine part) {
        return switch (item.status()) {
            case "CLOSED", "INCOMPLETE", "CANCELLED" -> part.totalQuantity() - part.remainingQuantity();
            default -> part.totalQuantity();
        };
    }

    private static List<LineQuantity> rest(Map<String, OrderLine> lines, Map<String, Integer> open) {
        return lines.values().stream()
                .filter(line -> open.getOrDefault(line.id(), 0) > 0)
                .map(line -> new LineQuantity(line.id(), line.sku(), open.getOrDefault(line.id(), 0)))
                .toList();
    }

    private static boolean immaterial(Map<String, OrderLine> lines, LineQuantity part) {
        OrderLine line = lines.get(part.lineId());
        return line != null && (line.giftCard() || !line.requiresShipping());
    }

    private static List<LineQuantity> only(List<LineQuantity> parts, Predicate<LineQuantity> wanted) {
        return parts.stream().filter(wanted).toList();
    }
}
