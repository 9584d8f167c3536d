package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.fulfillment.FulfillmentMirror.Handover;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From which of an order's fulfillment orders a handover is told: the one that is ours, else one that has taken its lines over, else several at one
 * place among which somebody has split them.
 */
final class HandedOverItems {
    private HandedOverItems() {}

    /** Those that hold the lines together, at one place; none where they are not all there. */
    static List<ChannelWork> sources(List<ChannelWork> all, Handover handover) {
        List<ChannelWork> ownFirst = Stream.concat(
                        all.stream().filter(work -> work.id().equals(handover.channelWork())),
                        all.stream().filter(work -> !work.id().equals(handover.channelWork())))
                .filter(work -> !work.ended())
                .toList();
        Optional<ChannelWork> whole =
                ownFirst.stream().filter(work -> work.holds(handover.lines())).findFirst();
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        return ownFirst.stream()
                .filter(work -> !work.lineInput(handover.lines()).isEmpty())
                .findFirst()
                .map(first -> together(first, ownFirst, handover.lines()))
                .orElse(List.of());
    }

    private static List<ChannelWork> together(ChannelWork first, List<ChannelWork> all, List<LineQuantity> lines) {
        Map<String, Integer> left = ChannelWork.wanted(lines);
        List<ChannelWork> some = new ArrayList<>();
        for (ChannelWork work : all) {
            if (work.assignedLocation().equals(first.assignedLocation()) && take(work, left)) {
                some.add(work);
            }
        }
        return left.isEmpty() ? some : List.of();
    }

    /** Takes what there is off what is left to be found; false: it has nothing of that. */
    private static boolean take(ChannelWork work, Map<String, Integer> left) {
        boolean some = false;
        for (ChannelWork.Line line : work.lineItems().nodes()) {
            some |= takeOff(left, line.lineItem().number(), line.remainingQuantity());
        }
        return some;
    }

    private static boolean takeOff(Map<String, Integer> left, String line, int units) {
        int taken = Math.min(left.getOrDefault(line, 0), units);
        if (taken > 0) {
            left.merge(line, -taken, Integer::sum);
            left.remove(line, 0);
        }
        return taken > 0;
    }

    /** Each unit is named once, from the first of them that has it. */
    static Map<String, Object> input(List<ChannelWork> sources, Handover handover) {
        Map<String, Integer> left = ChannelWork.wanted(handover.lines());
        List<Map<String, Object>> parts = new ArrayList<>();
        for (ChannelWork source : sources) {
            parts.add(Map.of(
                    "fulfillmentOrderId", source.id(),
                    "fulfillmentOrderLineItems", source.lineInput(asLines(left, handover.lines()))));
            take(source, left);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("lineItemsByFulfillmentOrder", parts);
        input.put("notifyCustomer", false);
        handover.tracking()
                .ifPresent(tracking ->
                        input.put("trackingInfo", Map.of("company", tracking.carrier(), "number", tracking.number())));
        return input;
    }

    private static List<LineQuantity> asLines(Map<String, Integer> left, List<LineQuantity> lines) {
        Map<String, LineQuantity> known = new HashMap<>();
        lines.forEach(line -> known.putIfAbsent(line.lineId(), line));
        return left.entrySet().stream()
                .flatMap(entry -> Optional.ofNullable(known.get(entry.getKey())).stream()
                        .map(line -> new LineQuantity(line.lineId(), line.sku(), entry.getValue())))
                .toList();
    }

    /**
     * The lines have left, from the work item that is ours, or from one that took its lines over and carries our tracking number; with what the same
     * fulfillment took from others. A fulfillment service ships by itself: then its fulfillment is the handover.
     */
    static Optional<Receipt> found(List<ChannelWork> all, Handover handover) {
        return all.stream()
                .filter(work -> work.fulfillment().isPresent())
                .filter(work -> isOurs(work, handover))
                .filter(work -> handedOverWith(work, all, handover.lines()))
                .findFirst()
                .flatMap(work -> work.fulfillment().map(made -> receipt(made.id(), work.tracking())));
    }

    private static boolean isOurs(ChannelWork work, Handover handover) {
        return work.id().equals(handover.channelWork())
                || (handover.tracking().isPresent()
                        && work.tracking()
                                .map(Tracking::number)
                                .equals(handover.tracking().map(Tracking::number)));
    }

    private static boolean handedOverWith(ChannelWork ours, List<ChannelWork> all, List<LineQuantity> lines) {
        Optional<String> fulfillment = ours.fulfillment().map(ChannelWork.Fulfillment::id);
        Map<String, Integer> left = ChannelWork.wanted(lines);
        all.stream()
                .filter(work ->
                        work.fulfillment().map(ChannelWork.Fulfillment::id).equals(fulfillment))
                .flatMap(work -> work.lineItems().nodes().stream())
                .forEach(line ->
                        takeOff(left, line.lineItem().number(), line.totalQuantity() - line.remainingQuantity()));
        return left.isEmpty();
    }

    static Receipt receipt(String fulfillmentGid, Optional<Tracking> tracking) {
        return new Receipt(
                Gid.number(fulfillmentGid),
                tracking.map(known -> Map.of("carrier", known.carrier(), "tracking", known.number()))
                        .orElse(Map.of()));
    }
}
